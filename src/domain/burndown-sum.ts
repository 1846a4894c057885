import {
  type BurndownReading,
  type BurndownSeries,
  type Course,
  courseOf,
  levelOn,
} from './burndown-level.ts'
import { type Day, dayFromNumber, dayNumber } from './calendar.ts'

/**
 * What several series come to together, up to a day: a reading for each day on which any of them was counted or ended,
 * with what each of them is at on that day by its own burn-down. Only what was counted that day makes it "about"; a lower
 * bound makes a lower bound as long as it holds, of about so many where both are so. One that was not counted yet adds
 * nothing.
 */
export function sumOfSeries(series: readonly BurndownSeries[], to: Day): BurndownReading[] {
  const courses = series.map(one => courseOf(one, to)).filter(({ readings }) => readings.length > 0)
  const days = new Set(courses.flatMap(({ readings }) => readings.map(({ at }) => at)))
  for (const { end } of courses) if (Number.isFinite(end)) days.add(end)
  const now = dayNumber(to)
  return [...days].sort((one, other) => one - other).map(at => sumOn(courses, at, now))
}

function sumOn(courses: readonly Course[], at: number, now: number): BurndownReading {
  let count = 0
  let isPartly = false
  const qualifiers = new Set<BurndownReading['qualifier']>()
  for (const course of courses) {
    const level = levelOn(course, at, now)
    if (level.kind === 'absent') continue
    count += level.count
    if (level.kind === 'read' || level.qualifier === 'at_least') qualifiers.add(level.qualifier)
    if (level.kind !== 'read') isPartly = true
  }
  const day = dayFromNumber(at)
  const isAbout = qualifiers.has('about')
  if (qualifiers.has('at_least')) return { day, count, qualifier: 'at_least', isPartly, isAbout }
  if (isAbout) return { day, count, qualifier: 'about' }
  return { day, count, qualifier: 'exact', isPartly }
}
