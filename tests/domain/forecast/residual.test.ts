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

test('what fell back a little, and is above the count that its pace is measured from, is a rebound all the same', () => {
  const rose = [reading('2025-03-10', 100), reading('2025-04-18', 150)]
  expect(running([...rose, reading('2025-05-29', 145)]).course).toEqual({
    state: 'rebound',
    by: 45,
    since: '2025-03-10',
  })
  expect(running([...rose, reading('2025-05-29', 99)]).course.state).toBe('burning')
  const long = [reading('2025-03-01', 200), reading('2025-03-10', 100), ...rose.slice(1)]
  expect(running([...long, reading('2025-05-29', 145)]).course.state).toBe('burning')
})

test('a leak suspends the forecast until it is gone again, or counts are lower four weeks later', () => {
  const leak = [reading('2025-04-01', 40), reading('2025-05-01', 55, { reason: 'inflow' })]
  expect(forecast([...leak, reading('2025-05-20', 55)])).toMatchObject({
    kind: 'unknown',
    reason: { code: 'leak', since: '2025-05-01', by: 15 },
  })
  expect(forecast([...leak, reading('2025-05-20', 54)]).kind).toBe('unknown')
  expect(forecast([...leak, reading('2025-05-20', 54), reading('2025-05-29', 53)]).kind).toBe('running')
  expect(forecast([...leak, reading('2025-05-20', 40)]).kind).toBe('running')
  expect(forecast([...leak, reading('2025-05-30', 30, { reason: 'recount' })]).kind).toBe('unknown')
  expect(forecast([reading(TODAY, 5, { reason: 'inflow' })])).toMatchObject({ reason: { by: null } })
})

test('a leak that is known only as a lower bound, and one followed by a lower bound, suspend the forecast all the same', () => {
  const many = (count: number, day: string, reason: 'inflow' | null = null) =>
    reading(day, count, { qualifier: 'at_least', reason })
  const leak = [reading('2025-03-01', 90), many(200, '2025-04-01', 'inflow')]
  expect(forecast(leak)).toMatchObject({ reason: { code: 'leak', by: 110, isAtLeast: true } })
  expect(forecast([...leak, reading(TODAY, 150)]).kind).toBe('running')
  expect(forecast([...leak, many(150, TODAY)])).toMatchObject({ reason: { by: 60, isAtLeast: true } })
  for (const count of [50, 0])
    expect(forecast([...leak, many(count, TODAY)])).toMatchObject({ reason: { code: 'leak', by: null } })
  const unsure = [reading('2025-03-01', 90), many(50, '2025-04-01', 'inflow')]
  expect(forecast(unsure)).toMatchObject({ reason: { code: 'leak', by: null } })
})

test('a lower bound before a leak hides neither its size nor its end', () => {
  const hidden = [
    reading('2025-03-01', 90),
    reading('2025-03-15', 80, { qualifier: 'at_least' }),
    reading('2025-05-20', 200, { reason: 'inflow' }),
  ]
  expect(forecast(hidden)).toMatchObject({ reason: { code: 'leak', by: 110, isAtLeast: false } })
  expect(forecast([...hidden, reading(TODAY, 90)]).kind).toBe('running')
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
