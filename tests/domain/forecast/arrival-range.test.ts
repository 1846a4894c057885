import { expect, test } from 'vitest'
import { arrivalRange, grainOf, reckonedOn } from '../../../src/domain/forecast/arrival-range.ts'
import { jointStatements } from '../../../src/domain/forecast/joint.ts'
import { lawOf, monthly, reading, running, TODAY } from './cast.ts'

const said = (...laws: ReturnType<typeof lawOf>[]) => {
  const parts = laws.map((law, index) => ({ id: String(index), law }))
  const both = jointStatements(parts, TODAY, null)
  return { both, range: arrivalRange(both, parts), reckoned: reckonedOn(both, parts) }
}

test('each end of the chances has its own dates: the hopeful one is never the later', () => {
  const { both, range } = said(lawOf(monthly(160, 140, 120)), lawOf(monthly(90, 80, 70)))
  if (range.kind !== 'dates') throw new Error(range.kind)
  expect(range.p50).toEqual({
    from: '2026-02-10',
    to: both.independent.arrival.kind === 'dates' && both.independent.arrival.p50,
  })
  expect(range.p50.from < range.p50.to && range.p85.from < range.p85.to).toBe(true)
})

test('over a lower bound, or where the cautious end is not in sight, dates are the earliest', () => {
  const bound = lawOf([reading(TODAY, 3000, { qualifier: 'at_least' })])
  expect(said(bound).range.kind).toBe('not_before')
  const many = said(...Array.from({ length: 9 }, () => lawOf([reading(TODAY, 968)])))
  expect(many.both.independent.arrival.kind).toBe('not_in_sight')
  expect(many.range).toEqual({ ...many.both.dependent.arrival, kind: 'not_before' })
})

test('a day is reckoned with only where two years are likelier to do than not, and never over a lower bound', () => {
  const few = [reading('2025-03-01', 5), reading('2025-04-15', 2), reading(TODAY, 1)]
  expect(said(lawOf(few)).reckoned).toBe('2026-06-13')
  expect(said(lawOf([reading(TODAY, 968)])).reckoned).toBeNull()
  expect(said({ ...lawOf(few), open: 'above' }).reckoned).toBeNull()
})

test('one reading, a bound, a declared standstill or an old count are good for a month, not for a day', () => {
  expect(grainOf([running(monthly(90, 80, 70))])).toBe('day')
  expect(grainOf([running([reading(TODAY, 90)])])).toBe('month')
  expect(grainOf([running(monthly(90, 90), { declaredPerMonth: 0 })])).toBe('month')
  expect(
    grainOf([running(monthly(90, 80, 70)), running([reading('2024-01-01', 9), reading('2024-02-01', 8)])]),
  ).toBe('month')
})
