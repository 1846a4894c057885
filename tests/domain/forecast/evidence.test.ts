import { expect, test } from 'vitest'
import { chanceToReach, countAfter, daysToReach } from '../../../src/domain/forecast/law.ts'
import { forecast, lawOf, monthly, reading, running, TODAY } from './cast.ts'

test('"at least 3000" is a lower bound: open at the top, never a rise, never a fall', () => {
  const bound = (count: number, day = TODAY) => reading(day, count, { qualifier: 'at_least' })
  const { course, law } = running([bound(2000, '2025-04-01'), bound(2900, '2025-05-01'), bound(3000)])
  expect(course.state).toBe('lower_bound')
  expect(law).toEqual(lawOf([bound(3000, '2025-04-01'), bound(3000)]))
  expect(countAfter(law, 90, 0.9)).toBe(Infinity)
  expect(countAfter(law, 90, 0.5)).toBeLessThan(3000)
  expect(running([bound(3000, '2025-05-01'), reading(TODAY, 3300)]).course.state).toBe('one_reading')
  expect(running([bound(3000, '2025-05-01'), reading(TODAY, 2900)]).speed).toBe(
    running([reading(TODAY, 2900)]).speed,
  )
  expect(forecast([bound(0)])).toMatchObject({ reason: { code: 'nothing_but_a_bound' } })
})

test('counting "at least" again after years is no fresh start: the chance hardly moves', () => {
  const bound = (count: number, day = TODAY) => reading(day, count, { qualifier: 'at_least' })
  const chance = (...readings: ReturnType<typeof bound>[]) => chanceToReach(lawOf(readings), 0, 730)
  const old = chance(bound(3000, '2022-06-01'))
  expect(chance(bound(3000, '2022-06-01'), bound(3000))).toBeCloseTo(old, 9)
})

test('a lower bound after a higher one is no fall, unless it was counted anew', () => {
  const bound = (count: number, day = TODAY, more = {}) =>
    reading(day, count, { qualifier: 'at_least', ...more })
  const chance = (...readings: ReturnType<typeof bound>[]) => chanceToReach(lawOf(readings), 0, 730)
  const higher = [bound(3500, '2022-06-01'), bound(3500)]
  const lower = [bound(3500, '2022-06-01'), bound(15)]
  expect(chance(...lower)).toBeCloseTo(chance(...higher), 9)
  expect(lawOf(lower)).toMatchObject({ count: 15, open: 'above' })
  expect(daysToReach(lawOf(lower), 0, 0.5)).toBeCloseTo(daysToReach(lawOf(higher), 0, 0.5), 6)
  const recounted = [bound(3500, '2022-06-01'), bound(15, TODAY, { reason: 'recount' })]
  expect(chance(...recounted)).toBeGreaterThan(chance(...higher))
  const counted = reading('2022-06-01', 950)
  const rise = bound(3500, '2025-04-01')
  expect(chance(counted, rise, bound(15))).toBeCloseTo(chance(counted, rise), 9)
})

test('"at least" after a count hides neither what was counted nor the silence: knowing less is no better', () => {
  const bound = (count: number) => reading(TODAY, count, { qualifier: 'at_least' })
  const silent = [reading('2022-06-01', 950), reading('2025-04-01', 950)]
  const chance = (...more: ReturnType<typeof bound>[]) => chanceToReach(lawOf([...silent, ...more]), 0, 730)
  expect(chance(bound(900))).toBeCloseTo(chance(), 9)
  expect(chance(bound(1000))).toBeLessThan(chance())
  expect(chance(bound(1000))).toBe(chance(reading(TODAY, 1000)))
  expect(lawOf([...silent, bound(900)])).toMatchObject({ count: 900, open: 'above' })
  const recounted = reading(TODAY, 900, { qualifier: 'at_least', reason: 'recount' })
  expect(lawOf([...silent, recounted])).toEqual(lawOf([bound(900)]))
})

test('"about" is an interval: small changes are neither progress nor a rise, and about 0 is not done', () => {
  const about = (count: number, day: string) => reading(day, count, { qualifier: 'about' })
  const wobble = running([about(100, '2025-04-01'), about(104, '2025-05-01'), about(100, TODAY)])
  expect(wobble.course.state).toBe('burning')
  expect(wobble.law.rise).toBeCloseTo(0.61 / 12, 9)
  const flat = running([reading('2025-04-01', 100), reading('2025-05-01', 100), reading(TODAY, 100)])
  expect(wobble.speed).toBe(flat.speed)
  expect(running([about(0, TODAY)]).law.count).toBe(1)
})

test('a declared rate counts until more than two readings outweigh it', () => {
  const once = [reading(TODAY, 100)]
  expect(running(once, { declaredPerMonth: 10 }).speed).toBeCloseTo((0.06 + 0.2) / 90, 9)
  const three = monthly(110, 105, 100)
  expect(running(three, { declaredPerMonth: 10 })).toEqual(running(three))
})

test('54 counted once with "no change" is stalled by declaration, and slower than one that nobody spoke about', () => {
  const once = [reading(TODAY, 54)]
  const stalled = running(once, { declaredPerMonth: 0 })
  expect(stalled.course).toEqual({ state: 'stalled', since: TODAY, days: 0, degree: 'declared' })
  expect(chanceToReach(stalled.law, 0, 730)).toBeLessThan(chanceToReach(lawOf(once), 0, 730))
  const old = [reading('2022-06-01', 54)]
  expect(chanceToReach(running(old, { declaredPerMonth: 0 }).law, 0, 730)).toBeLessThan(
    chanceToReach(lawOf(old), 0, 730),
  )
  expect(running(monthly(54, 50, 45), { declaredPerMonth: 0 }).course.state).toBe('burning')
})

test('silence is no progress, and an old reading is stale', () => {
  const falling = [reading('2025-01-01', 100), reading('2025-02-01', 50)]
  expect(running(falling, {}, '2025-02-01').staleSince).toBeNull()
  const silent = running(falling)
  expect(silent.staleSince).toBe('2025-02-01')
  expect(silent.speed).toBeLessThan(running(falling, {}, '2025-03-01').speed)
  expect(silent.law.count).toBe(50)
})

test('three equal readings over a month are a stall, hard from two months on', () => {
  const equal = (...days: string[]) => running(days.map(day => reading(day, 9))).course
  expect(equal('2025-04-25', '2025-05-10', TODAY)).toEqual({
    state: 'stalled',
    since: '2025-04-25',
    days: 37,
    degree: 'stalled',
  })
  expect(equal('2025-03-25', '2025-05-10', TODAY)).toMatchObject({ degree: 'hard' })
  expect(equal('2025-05-10', '2025-05-20', TODAY).state).toBe('burning')
  expect(equal('2025-03-10', TODAY).state).toBe('burning')
})

test.each([
  ['by one item', [100, 50, 51]],
  ['by less than 2 %', [2000, 1000, 1015]],
])('a rise %s is no rebound', (_, counts) => expect(running(monthly(...counts)).course.state).toBe('burning'))

test('a rise that readings have left behind for two months is no rebound any more', () => {
  expect(running(monthly(200, 120, 180, 178, 176, 174, 172)).course.state).toBe('burning')
})

test.each([
  ['one billion', monthly(1_000_000_000, 900_000_000)],
  ['rising all the time', monthly(1, 10, 100, 1000)],
  ['gaps of years', [reading('1999-01-01', 80), reading('2012-01-01', 60), reading('2024-01-01', 40)]],
  ['a century ago', [reading('1900-01-01', 3)]],
  ['one item', monthly(1, 1, 1, 1, 1, 1)],
])('%s has a sound answer', (_, readings) => {
  const law = lawOf(readings)
  const numbers = [
    chanceToReach(law, 0, 730),
    daysToReach(law, 0, 0.05),
    countAfter(law, 180, 0.05),
    countAfter(law, 180, 0.95),
  ]
  expect(numbers.every(number => Number.isFinite(number) && number >= 0)).toBe(true)
  expect(chanceToReach(law, 0, 730)).toBeGreaterThan(0)
  expect(chanceToReach(law, 0, 730)).toBeLessThan(1)
})

test('a poor record of the installation widens the spread', () => {
  const readings = monthly(1000, 800, 640)
  expect(lawOf(readings, { widening: 1.5 }).spread).toBeCloseTo(1.5 * lawOf(readings).spread, 9)
  expect(lawOf(readings, { widening: 0.5 }).spread).toBe(lawOf(readings).spread)
})
