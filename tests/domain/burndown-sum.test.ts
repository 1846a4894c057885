import fc from 'fast-check'
import { expect, test } from 'vitest'
import { courseOf, levelOn } from '../../src/domain/burndown-level.ts'
import { sumOfSeries } from '../../src/domain/burndown-sum.ts'
import { addDays, dayNumber } from '../../src/domain/calendar.ts'

const START = '2026-01-01'
const END = '2026-03-31'
const NOW = dayNumber(END)

/** Counted at least every twenty days, so nothing of it is ever silent. */
const anySeries = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(1000)), { minLength: 1, maxLength: 8 })
  .map(steps => {
    let day = START
    const readings = steps.map(([days, count]) => {
      day = addDays(day, days)
      return { day, count, qualifier: 'exact' as const }
    })
    return { key: 'any', label: 'any', readings }
  })
const anyEnd = fc.option(fc.integer({ min: 0, max: 80 }).map(days => addDays(START, days)))

test('on every day a sum is at what its parts are at by their own burn-downs', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anySeries, anyEnd), { maxLength: 5 }), some => {
      const parts = some.map(([one, endedOn]) => ({ ...one, endedOn }))
      const courses = parts.map(part => courseOf(part, END))
      for (const { day, count } of sumOfSeries(parts, END).readings) {
        const levels = courses.map(course => levelOn(course, dayNumber(day), NOW))
        const sum = levels.reduce((all, level) => all + (level.kind === 'absent' ? 0 : level.count), 0)
        expect(count).toBeCloseTo(sum)
      }
    }),
  )
})

test('only what was counted that day makes a sum about; a lower bound makes it one as long as it holds', () => {
  const part = (...readings: [string, number, 'exact' | 'about' | 'at_least'][]) => ({
    key: 'part',
    label: 'part',
    readings: readings.map(([day, count, qualifier]) => ({ day, count, qualifier })),
  })
  const exact = part(['2026-03-01', 400, 'exact'], ['2026-03-11', 400, 'exact'], ['2026-03-21', 400, 'exact'])
  const about = part(['2026-03-01', 70, 'about'], ['2026-03-21', 50, 'about'])
  expect(sumOfSeries([exact, about], END).readings).toEqual([
    { day: '2026-03-01', count: 470, qualifier: 'about' },
    { day: '2026-03-11', count: 460, qualifier: 'exact', isPartly: true },
    { day: '2026-03-21', count: 450, qualifier: 'about' },
  ])
  const bound = part(['2026-03-01', 50, 'at_least'])
  expect(sumOfSeries([exact, about, bound], END).readings.map(({ isAbout }) => isAbout)).toEqual([
    true,
    false,
    true,
  ])
  expect(sumOfSeries([exact, bound], END).readings.map(({ qualifier }) => qualifier)).toEqual([
    'at_least',
    'at_least',
    'at_least',
  ])
})

test('what has ended adds nothing from that day on', () => {
  const part = {
    key: 'part',
    label: 'part',
    readings: [{ day: START, count: 3, qualifier: 'exact' as const }],
  }
  expect(sumOfSeries([part, { ...part, endedOn: '2026-01-20' }], END).readings).toMatchObject([
    { day: START, count: 6 },
    { day: '2026-01-20', count: 3, isPartly: true },
  ])
})

test('counted on the day of its end or before, it is gone after that day, and a sum of which all has ended is no zero', () => {
  const part = (...days: string[]) => ({
    key: 'part',
    label: 'part',
    readings: days.map(day => ({ day, count: 7, qualifier: 'exact' as const })),
  })
  const gone = (endedOn: string) => ({ ...part('2026-01-10'), endedOn })
  const counts = (endedOn: string) =>
    sumOfSeries([part(START, '2026-01-15'), gone(endedOn)], END).readings.map(({ day, count }) => [
      day,
      count,
    ])
  expect(counts('2026-01-12')).toContainEqual(['2026-01-12', 7])
  expect(counts('2026-01-10')).toEqual([
    [START, 7],
    ['2026-01-10', 14],
    ['2026-01-11', 7],
    ['2026-01-15', 7],
  ])
  expect(sumOfSeries([gone('2026-01-12'), gone('2026-01-10')], END)).toMatchObject({
    readings: [
      { day: '2026-01-10', count: 14 },
      { day: '2026-01-11', count: 7 },
    ],
    endedOn: '2026-01-12',
  })
})
