import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import {
  dateRecord,
  groupKept,
  isWorthKeeping,
  judgeChances,
  type KeptForecast,
  reliability,
  verdictOf,
} from '../../../src/domain/forecast/record.ts'
import { wideningFrom } from '../../../src/domain/forecast/widening.ts'

const MADE: KeptForecast = {
  residual: 'loans',
  owner: 'lin',
  method: 'burn-down 2',
  madeOn: '2025-01-01',
  withinTwoYears: 0.6,
  p50: '2025-07-01',
  p85: '2026-03-01',
  target: { day: '2025-12-31', chance: 0.4 },
}
const CAME = new Map([['loans', [{ from: '2025-09-15', until: null }]]])

test('a forecast is kept when something that people see has changed, once a day at most', () => {
  const next = { ...MADE, madeOn: '2025-01-02' }
  expect(isWorthKeeping(null, MADE)).toBe(true)
  expect(isWorthKeeping(MADE, next)).toBe(false)
  expect(isWorthKeeping(MADE, { ...next, withinTwoYears: 0.602 })).toBe(false)
  expect(isWorthKeeping(MADE, { ...next, p85: '2026-03-02' })).toBe(true)
  expect(isWorthKeeping(MADE, { ...next, target: null })).toBe(true)
  expect(isWorthKeeping(MADE, { ...MADE, p50: '2025-08-01' })).toBe(false)
})

test('of the dates given, those behind us are judged', () => {
  expect(dateRecord([MADE], CAME, '2025-10-01', 'p50')).toEqual({
    given: 1,
    judged: 1,
    held: 0,
    expected: 0.3,
  })
  expect(dateRecord([MADE], CAME, '2025-10-01', 'p85')).toEqual({ given: 1, judged: 0, held: 0, expected: 0 })
  expect(dateRecord([MADE], CAME, '2026-10-01', 'p85')).toMatchObject({ judged: 1, held: 1 })
  expect(dateRecord([MADE], new Map(), '2026-10-01', 'p85')).toMatchObject({ judged: 1, held: 0 })
})

test('a date that held stays held when the residual comes back later, and fails where it was back on that day', () => {
  const back = (until: string) => new Map([['loans', [{ from: '2025-02-01', until }]]])
  expect(dateRecord([MADE], back('2026-08-01'), '2026-10-01', 'p85')).toMatchObject({ judged: 1, held: 1 })
  expect(dateRecord([MADE], back('2026-03-01'), '2026-10-01', 'p85')).toMatchObject({ judged: 1, held: 0 })
})

test('every chance that was given is judged on its day', () => {
  const judged = judgeChances([MADE, { ...MADE, residual: 'cards', target: null }], CAME, '2027-01-01')
  expect(judged.map(({ residual, said, came }) => `${residual} ${said.toFixed(2)} ${came}`)).toEqual([
    'loans 0.30 no',
    'loans 0.51 yes',
    'loans 0.60 yes',
    'loans 0.40 yes',
    'cards 0.30 no',
    'cards 0.51 no',
    'cards 0.60 no',
  ])
  expect(judgeChances([{ ...MADE, target: { day: '2024-12-01', chance: 0 } }], CAME, '2025-01-02')).toEqual(
    [],
  )
})

test('the reliability bars set what was said beside what came', () => {
  const judged = [0.1, 0.15, 0.9, 1].map((said, index) => ({
    residual: 'x',
    said,
    came: index === 1 ? ('no' as const) : ('yes' as const),
  }))
  const bins = reliability(judged)
  expect(bins).toHaveLength(5)
  expect(bins[0]).toEqual({ from: 0, to: 0.2, judged: 2, said: 0.125, came: 0.5 })
  expect(bins[1]).toMatchObject({ judged: 0, said: 0, came: 0 })
  expect(bins[4]).toEqual({ from: 0.8, to: 1, judged: 2, said: 0.95, came: 1 })
})

test('the record is kept per method and per owner', () => {
  const kept = [MADE, { ...MADE, owner: null }, { ...MADE, method: 'burn-down 3' }]
  expect([...groupKept(kept, 'owner')].map(([owner, all]) => [owner, all.length])).toEqual([
    ['lin', 2],
    ['', 1],
  ])
  expect([...groupKept(kept, 'method').keys()]).toEqual(['burn-down 2', 'burn-down 3'])
})

const outcomes = (said: number, share: number, residuals: number) =>
  Array.from({ length: residuals }, (_, index) => ({
    residual: addDays('2025-01-01', index),
    said,
    came: index < share * residuals ? ('yes' as const) : ('no' as const),
  }))

test('below twenty residuals nothing is widened', () => {
  expect(wideningFrom(outcomes(0.9, 0, 19))).toEqual({ kind: 'too_few', factor: 1, residuals: 19 })
})

test('a record that holds leaves the method as fitted, a poor one widens the spread', () => {
  expect(wideningFrom(outcomes(0.9, 0.9, 40))).toEqual({ kind: 'holds', factor: 1, residuals: 40 })
  const poor = wideningFrom(outcomes(0.9, 0.7, 40))
  expect(poor.kind).toBe('widened')
  expect(poor.factor).toBeGreaterThan(2)
  expect(wideningFrom(outcomes(1, 0.5, 40)).factor).toBe(2.5)
})

test('a residual that was forecast every day counts once', () => {
  const daily = Array.from({ length: 500 }, () => ({ residual: 'loud', said: 0.9, came: 'no' as const }))
  expect(wideningFrom([...outcomes(0.9, 0.95, 40), ...daily]).kind).toBe('holds')
})

test('a record says whether it is good: far more held than should have is cautious, far fewer hopeful', () => {
  const record = { given: 200, judged: 140, expected: 30 }
  expect(verdictOf({ ...record, held: 60 })).toBe('cautious')
  expect(verdictOf({ ...record, held: 10 })).toBe('hopeful')
  expect(verdictOf({ ...record, held: 35 })).toBe('as_said')
  expect(verdictOf({ ...record, judged: 19, held: 19 })).toBe('too_few')
})
