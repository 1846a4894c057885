import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import type { CountReading } from '../../../src/domain/forecast/history.ts'
import { leftOfLeak, openLeak } from '../../../src/domain/forecast/leaks.ts'
import { withLeaks } from '../../../src/domain/readings.ts'
import { lastRise, risesOf } from '../../../src/domain/rises.ts'
import { reading } from './cast.ts'

const BEGIN = '2025-05-01'

type Step = Partial<CountReading> & { count: number }

/** A day apart unless said, with every rise marked. */
function course(steps: readonly Step[], apart = 1): readonly CountReading[] {
  const readings = steps.map(({ count, ...more }, index) =>
    reading(addDays(BEGIN, index * apart), count, more),
  )
  return withLeaks(readings, { risenOn: lastRise(readings)?.day ?? null, intake: { since: null } })
}

const counts = (...all: number[]) => course(all.map(count => ({ count })))
const on = (index: number) => addDays(BEGIN, index)

test.each([
  ['undone by one', [600, 900, 901, 900], { since: on(1), by: 300, isRepeated: false }],
  ['undone by far', [60, 130, 150, 129], { since: on(1), by: 69, isRepeated: false }],
  ['and again', [60, 130, 150, 129, 140, 145], { since: on(1), by: 85, isRepeated: true }],
  ['worked off but for the second', [60, 130, 50, 55], { since: on(3), by: 5, isRepeated: false }],
])('a smaller leak after a big one: %s', (_, course, leak) => {
  expect(openLeak(counts(...course))).toMatchObject(leak)
})

test('its size is what is still there of it, and grows with what comes in later', () => {
  expect(openLeak(counts(331, 412, 377))).toMatchObject({ since: on(1), by: 46, isRepeated: false })
  expect(openLeak(counts(331, 412, 377, 400))).toMatchObject({ since: on(1), by: 69, isRepeated: true })
  expect(openLeak(counts(331, 412, 420, 377))).toMatchObject({ since: on(1), by: 46 })
})

test('back where the first rose from, all are over', () => {
  expect(openLeak(counts(60, 130, 150, 60))).toBeNull()
  expect(openLeak(counts(60, 130, 150, 0))).toBeNull()
})

test('lower counts close a leak four weeks after the last rise, and not while others come in', () => {
  const monthly = (...all: number[]) =>
    openLeak(
      course(
        all.map(count => ({ count })),
        30,
      ),
    )
  expect(monthly(60, 130, 129)).toBeNull()
  expect(monthly(600, 900, 901, 900)).toMatchObject({ since: addDays(BEGIN, 30), by: 300 })
  expect(monthly(600, 900, 901, 899)).toBeNull()
  expect(monthly(60, 130, 100, 120)).toMatchObject({ by: 20, isRepeated: false })
})

test('of a leak that only time has ended, what is still there of it stays known', () => {
  const monthly = (...all: number[]) =>
    course(
      all.map(count => ({ count })),
      30,
    )
  const [first, second] = [addDays(BEGIN, 30), addDays(BEGIN, 90)]
  expect(leftOfLeak(monthly(60, 130, 129), first)).toMatchObject({ since: first, by: 69 })
  expect(leftOfLeak(monthly(60, 130, 129, 140, 139), second)).toMatchObject({ since: second, by: 10 })
  for (const gone of [
    [60, 130, 60],
    [60, 130, 0],
    [60, 50, 40],
  ])
    expect(leftOfLeak(monthly(...gone), first)).toBeNull()
})

test('after a recount, or at a lower bound below, nobody can say how much of several leaks is there', () => {
  const again = [{ count: 60 }, { count: 130 }, { count: 150 }]
  const last = (step: Step) => openLeak(course([...again, step]))
  expect(last({ count: 140, reason: 'recount' })).toMatchObject({ by: null, isRepeated: true })
  expect(last({ count: 50, qualifier: 'at_least' })).toMatchObject({ by: null, isRepeated: true })
  expect(last({ count: 200, qualifier: 'at_least' })).toMatchObject({ by: 140, isAtLeast: true })
})

test('between counts of which one is only about right nobody can say more than about how much', () => {
  const from = (qualifier: Step['qualifier'], last: Step) =>
    openLeak(course([{ count: 54, qualifier }, last]))
  expect(from('exact', { count: 75 })).toMatchObject({ by: 21, isAbout: false })
  expect(from('exact', { count: 75, qualifier: 'about' })).toMatchObject({ by: 21, isAbout: true })
  expect(from('about', { count: 75 })).toMatchObject({ by: 21, isAbout: true, isAtLeast: false })
  expect(from('about', { count: 75, qualifier: 'at_least' })).toMatchObject({
    isAbout: true,
    isAtLeast: true,
  })
})

test('what came in before the intake was closed is no leak', () => {
  const typed = [reading('2025-03-01', 60), reading('2025-03-02', 90, { reason: 'inflow' })]
  const marked = withLeaks([...typed, reading('2025-05-02', 95)], {
    risenOn: '2025-05-02',
    intake: { since: '2025-04-01' },
  })
  expect(openLeak(marked)).toMatchObject({ since: '2025-05-02', by: 5, isRepeated: false })
})

const steps = fc.array(
  fc.record({
    count: fc.nat(9),
    qualifier: fc.constantFrom('exact', 'exact', 'about', 'at_least'),
    reason: fc.constantFrom(null, null, null, null, 'recount'),
  }),
  { minLength: 1, maxLength: 14 },
)

test('whatever is counted, each rise is a leak until a count is back where it rose from', () => {
  fc.assert(
    fc.property(steps, drawn => {
      const readings = course(drawn as Step[])
      const from = risesOf(readings.map(one => (one.reason === 'inflow' ? { ...one, reason: null } : one)))
      const open = readings.filter((_, index) => {
        const level = from[index]
        const isBack = (one: CountReading) =>
          one.qualifier !== 'at_least' && one.reason !== 'recount' && one.count <= level!.count
        return level && !readings.slice(index + 1).some(isBack)
      })
      const last = readings.at(-1)!
      const isEmpty = last.count === 0 && last.qualifier === 'exact'
      const expected = isEmpty || !open[0] ? null : { since: open[0].day, isRepeated: open.length > 1 }
      const leak = openLeak(readings)
      expect(leak && { since: leak.since, isRepeated: leak.isRepeated }).toEqual(expected)
      expect(leak?.by ?? 1).toBeGreaterThan(0)
    }),
  )
})
