import {
  type BurndownReading,
  type BurndownSeries,
  type Course,
  courseOf,
  isSilentZero,
  type Level,
  levelOn,
} from './burndown-level.ts'
import { type Day, dayFromNumber, dayNumber } from './calendar.ts'

/** What several series come to together, and since when there is nothing left of any of them to count. */
export type SeriesSum = { readings: BurndownReading[]; endedOn: Day | null }

/**
 * What several series come to together, up to a day: a reading for each day on which any of them was counted or ended,
 * with what each of them is at on that day by its own burn-down. What was not counted for too long by then keeps its place
 * in that, and is left out of what is `known`. Only what was counted that day makes it "about"; a lower
 * bound makes a lower bound as long as it holds, of about so many where both are so. One that was not counted yet adds
 * nothing, and one that has ended nothing any more; where all have, the sum ends with the last of them and is no zero.
 */
export function sumOfSeries(series: readonly BurndownSeries[], to: Day): SeriesSum {
  const courses = series.map(one => courseOf(one, to)).filter(({ readings }) => readings.length > 0)
  const readOn = new Set(courses.flatMap(({ readings }) => readings.map(({ at }) => at)))
  const now = dayNumber(to)
  const goneOn = courses.map(goneFrom).filter(at => at <= now)
  const end = Math.max(...courses.map(course => course.end))
  const days = [...new Set([...readOn, ...goneOn])].filter(at => at < end || readOn.has(at))
  return {
    readings: days.sort((one, other) => one - other).map(at => sumOn(courses, at, now)),
    endedOn: courses.length > 0 && Number.isFinite(end) ? dayFromNumber(end) : null,
  }
}

/** The first day of which nothing is left: what was counted on the very day of the end was there that day. */
function goneFrom({ readings, end }: Course): number {
  return readings.at(-1)!.at === end ? end + 1 : end
}

function sumOn(courses: readonly Course[], at: number, now: number): BurndownReading {
  const day = dayFromNumber(at)
  const levels = courses.map(course => levelOn(course, at, now)).filter(level => level.kind !== 'absent')
  const whole = { day, ...addUp(levels) }
  const heard = levels.filter(level => level.kind !== 'silent' || isSilentZero(level))
  const unknown = levels.length - heard.length
  if (unknown === 0) return whole
  const { count, qualifier, isPartly = false, isAbout = qualifier === 'about' } = addUp(heard)
  return { ...whole, known: { count, qualifier: 'at_least', isPartly, isAbout, unknown } }
}

function addUp(levels: readonly Exclude<Level, { kind: 'absent' }>[]): Omit<BurndownReading, 'day'> {
  let count = 0
  let isPartly = false
  const qualifiers = new Set<BurndownReading['qualifier']>()
  for (const level of levels) {
    count += level.count
    if (level.kind === 'read' || level.qualifier === 'at_least') qualifiers.add(level.qualifier)
    if (level.kind !== 'read') isPartly = true
  }
  const isAbout = qualifiers.has('about')
  if (qualifiers.has('at_least')) return { count, qualifier: 'at_least', isPartly, isAbout }
  if (isAbout) return { count, qualifier: 'about' }
  return { count, qualifier: 'exact', isPartly }
}
