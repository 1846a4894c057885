import { expect, test } from 'vitest'
import { arrivalOf, daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import { chanceToReach, countAfter, daysToReach } from '../../../src/domain/forecast/law.ts'
import { forecast, lawOf, monthly, reading, running, TODAY } from './cast.ts'

const FIFTY_FOUR = ['2025-03-01', '2025-04-01', '2025-05-01', TODAY].map(day => reading(day, 54))
const FIVE = [reading('2025-03-01', 5), reading('2025-04-15', 2), reading(TODAY, 1)]

test.each([
  ['968, once', [reading(TODAY, 968)], 'one_reading', [0.04, 0.09, 0.19, 0.34], [321, 587], [119, 862, 965]],
  ['54 for 90 days', FIFTY_FOUR, 'stalled', [0.02, 0.06, 0.14, 0.29], [366, 609], [24, 51, 54]],
  [
    '160 to 120',
    monthly(160, 151, 140, 129, 120),
    'burning',
    [0.05, 0.11, 0.23, 0.38],
    [299, 574],
    [16, 108, 120],
  ],
  [
    '1000 to 300',
    monthly(1000, 800, 640, 450, 300),
    'burning',
    [0.15, 0.25, 0.37, 0.51],
    [190, 499],
    [0, 231, 299],
  ],
  [
    'up again to 180',
    monthly(200, 150, 120, 180),
    'rebound',
    [0.03, 0.08, 0.18, 0.33],
    [341, 597],
    [51, 167, 183],
  ],
  ['5, 2, 1', FIVE, 'burning', [0.37, 0.5, 0.64, 0.76], [96, 376], [0, 1, 1]],
])('worked example: %s', (_, readings, state, chances, dates, counts) => {
  const { course, law } = running(readings)
  const arrival = arrivalOf(law)
  expect(course.state).toBe(state)
  const close = [90, 180, 365, 730].map((days, index) => Math.abs(arrival.chance(days) - chances[index]!))
  expect(Math.max(...close)).toBeLessThan(0.006)
  const days = [0.5, 0.85].map(prob =>
    Math.abs(daysWithinTwoYears(arrival, prob) - dates[prob === 0.5 ? 0 : 1]!),
  )
  expect(Math.max(...days)).toBeLessThan(0.6)
  expect([0.1, 0.5, 0.9].map(prob => Math.round(countAfter(law, 90, prob)))).toEqual(counts)
})

test('never counted is no forecast, whatever rate was declared', () => {
  expect(forecast([], { declaredPerMonth: 10 })).toEqual({
    kind: 'unknown',
    asOf: TODAY,
    reason: { code: 'never_counted' },
    last: null,
  })
})

test('readings after the day are not known on it', () => {
  expect(forecast([reading('2025-06-02', 5)]).kind).toBe('unknown')
  expect(lawOf([reading('2025-05-01', 9), reading('2025-06-02', 5)]).count).toBe(9)
})

test('before draining there is no drain date, and the last count is known all the same', () => {
  const early = forecast([reading(TODAY, 8)], { status: 'cutover_pending' })
  expect(early).toMatchObject({
    kind: 'unknown',
    reason: { code: 'not_draining', status: 'cutover_pending' },
  })
  expect(early.last?.count).toBe(8)
})

test('of two readings on one day the last entry counts', () => {
  expect(lawOf([reading(TODAY, 70), reading(TODAY, 60)])).toEqual(lawOf([reading(TODAY, 60)]))
})

test('zero is done, and asks for a second zero two weeks later', () => {
  const once = forecast([reading('2025-05-01', 4), reading('2025-05-20', 0)])
  expect(once).toMatchObject({ kind: 'done', since: '2025-05-20', confirmation: 'ask_again' })
  const twice = forecast([reading('2025-05-01', 0), reading('2025-05-15', 0)])
  expect(twice).toMatchObject({ kind: 'done', since: '2025-05-01', confirmation: 'confirmed' })
  if (twice.kind !== 'done') throw new Error('not done')
  expect([
    chanceToReach(twice.law, 0, 0),
    daysToReach(twice.law, 0, 0.9),
    countAfter(twice.law, 90, 0.9),
  ]).toEqual([1, 0, 0])
})

test('zero and then up again is a rebound', () => {
  expect(running([reading('2025-04-01', 9), reading('2025-05-01', 0), reading(TODAY, 5)]).course).toEqual({
    state: 'rebound',
    by: 5,
    since: '2025-05-01',
  })
})

test('a leak suspends the forecast until a count is below it', () => {
  const leak = [reading('2025-04-01', 40), reading('2025-05-01', 55, { reason: 'inflow' })]
  expect(forecast([...leak, reading('2025-05-20', 55)])).toMatchObject({
    kind: 'unknown',
    reason: { code: 'leak', since: '2025-05-01', by: 15 },
  })
  expect(forecast([...leak, reading('2025-05-20', 54)]).kind).toBe('running')
  expect(forecast([...leak, reading('2025-05-20', 30, { reason: 'recount' })]).kind).toBe('unknown')
  expect(forecast([reading(TODAY, 5, { reason: 'inflow' })])).toMatchObject({ reason: { by: null } })
})

test('a recount is neither progress nor a rise: the ratio of earlier speed survives', () => {
  const before = [reading('2025-03-01', 80), reading('2025-04-01', 54)]
  const up = [...before, reading('2025-05-01', 540, { reason: 'recount' }), reading(TODAY, 540)]
  const same = [...before, reading('2025-05-01', 54), reading(TODAY, 54)]
  expect(running(up).course.state).toBe('burning')
  expect(running(up).speed).toBeCloseTo(running(same).speed, 9)
  expect(running(up).law.rise).toBeLessThan(0.06)
  expect(running([reading(TODAY, 540, { reason: 'recount' })]).course.state).toBe('one_reading')
})

test('"at least 3000" is a lower bound: open at the top, never a rise, never a fall', () => {
  const bound = (count: number, day = TODAY) => reading(day, count, { qualifier: 'at_least' })
  const { course, law } = running([bound(2000, '2025-04-01'), bound(2900, '2025-05-01'), bound(3000)])
  expect(course.state).toBe('lower_bound')
  expect(law).toEqual(lawOf([bound(3000)]))
  expect(countAfter(law, 90, 0.9)).toBe(Infinity)
  expect(countAfter(law, 90, 0.5)).toBeLessThan(3000)
  expect(running([bound(3000, '2025-05-01'), reading(TODAY, 3300)]).course.state).toBe('one_reading')
  expect(running([bound(3000, '2025-05-01'), reading(TODAY, 2900)]).speed).toBe(
    running([reading(TODAY, 2900)]).speed,
  )
  expect(forecast([bound(0)])).toMatchObject({ reason: { code: 'nothing_but_a_bound' } })
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
