import { expect, test } from 'vitest'
import { neededPace, observedPace } from '../../../src/domain/forecast/pace.ts'
import { sayChance, statementsOf } from '../../../src/domain/forecast/statements.ts'
import { lawOf, monthly, reading, TODAY } from './cast.ts'

test('the three statements about 300 left of 1000', () => {
  const said = statementsOf(lawOf(monthly(1000, 800, 640, 450, 300)), TODAY, '2025-11-28')
  expect(said).toMatchObject({
    byTarget: { day: '2025-11-28', said: { kind: 'about', percent: 25 } },
    within: { said: { kind: 'about', percent: 51 } },
    arrival: { kind: 'dates', p50: '2025-12-08', p85: '2026-10-14' },
  })
})

test('a target in the past has no chance, and nobody is told 0 %', () => {
  const said = statementsOf(lawOf([reading(TODAY, 9)]), TODAY, '2025-01-01').byTarget
  expect(said).toEqual({ day: '2025-01-01', chance: 0, said: { kind: 'below', percent: 5 } })
})

test.each([
  [0, 'below', 5],
  [0.0499, 'below', 5],
  [0.05, 'about', 5],
  [0.514, 'about', 51],
  [0.95, 'about', 95],
  [1, 'above', 95],
])('a chance of %d is said as %s %d %%', (chance, kind, percent) => {
  expect(sayChance(chance)).toEqual({ kind, percent })
})

test('what is hardly ever gone within two years is not in sight', () => {
  const law = { ...lawOf([reading(TODAY, 900)]), shift: 4 }
  expect(statementsOf(law, TODAY, null)).toMatchObject({ byTarget: null, arrival: { kind: 'not_in_sight' } })
})

test('the needed pace for a target', () => {
  expect(neededPace(90, 0, TODAY, '2025-08-30')).toEqual({ kind: 'pace', perMonth: 30 })
  expect(neededPace(90, 30, TODAY, '2025-08-30')).toEqual({ kind: 'pace', perMonth: 20 })
  expect(neededPace(90, 0, TODAY, TODAY)).toEqual({ kind: 'past' })
  expect(neededPace(0, 0, TODAY, '2025-01-01')).toEqual({ kind: 'there' })
})

test('the observed pace names the span that was measured', () => {
  const counts = [reading('2025-01-01', 900), reading('2025-03-03', 190), reading(TODAY, 100)]
  expect(observedPace(counts, TODAY)).toEqual({ from: '2025-03-03', to: TODAY, closed: 90, perMonth: 30 })
  const silent = observedPace([reading('2022-06-01', 968), reading(TODAY, 930)], TODAY)
  expect(silent).toMatchObject({ from: '2022-06-01', perMonth: expect.closeTo(1.04, 2) })
})

test('a span of less than a month has no rate, and a lower bound or a recount no part in one', () => {
  const fortnight = [
    reading('2025-01-01', 3000, { qualifier: 'at_least' }),
    reading('2025-05-19', 4000),
    reading(TODAY, 2900),
  ]
  expect(observedPace(fortnight, TODAY)).toEqual({
    from: '2025-05-19',
    to: TODAY,
    closed: 1100,
    perMonth: null,
  })
  const recounted = [
    reading('2025-03-03', 900),
    reading('2025-04-01', 500, { reason: 'recount' }),
    reading(TODAY, 439),
  ]
  expect(observedPace(recounted, TODAY)).toMatchObject({ from: '2025-04-01', closed: 61, perMonth: 30 })
})

test.each([
  ['one reading', [reading(TODAY, 5)]],
  ['nothing', []],
  ['a lower bound', [reading('2025-03-01', 9), reading(TODAY, 5, { qualifier: 'at_least' })]],
  ['only readings older than 90 days', [reading('2024-01-01', 9), reading('2024-02-01', 5)]],
  ['a recount today', [reading('2025-03-01', 9), reading(TODAY, 5, { reason: 'recount' })]],
])('there is no observed pace from %s', (_, readings) => {
  expect(observedPace(readings, TODAY)).toBeNull()
})
