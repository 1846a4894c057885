import {
  type BurndownReading,
  type BurndownSeries,
  type Course,
  courseOf,
  isSilentZero,
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
function goneFrom({ readings, end, isThereAtEnd }: Course): number {
  return isThereAtEnd || readings.at(-1)!.at === end ? end + 1 : end
}

/**
 * What goes on one day, unless it ended before: when any of it was counted on that day, all of it is part of that day, so
 * that the last total is what was left and not what somebody happened to count last.
 */
export function endTogether(series: readonly BurndownSeries[], day: Day | null): BurndownSeries[] {
  if (day === null) return [...series]
  const isCounted = series.some(
    ({ endedOn, readings }) => !endedOn && readings.some(reading => reading.day === day),
  )
  return series.map(one => (one.endedOn ? one : { ...one, endedOn: day, isThereAtEnd: isCounted }))
}

type Sum = { count: number; isPartly: boolean; isAbout: boolean; isBound: boolean }

function sumOn(courses: readonly Course[], at: number, now: number): BurndownReading {
  const heard: Sum = { count: 0, isPartly: false, isAbout: false, isBound: false }
  const silent = { count: 0, parts: 0, isBound: false }
  for (const course of courses) {
    const level = levelOn(course, at, now)
    if (level.kind === 'absent') continue
    const isBound = level.qualifier === 'at_least'
    if (level.kind === 'silent' && !isSilentZero(level)) {
      silent.count += level.count
      silent.parts += 1
      silent.isBound ||= isBound
      continue
    }
    heard.count += level.count
    heard.isBound ||= isBound
    heard.isAbout ||= level.kind === 'read' && level.qualifier === 'about'
    heard.isPartly ||= level.kind !== 'read'
  }
  const counted = countedOn(courses, at)
  const day = { day: dayFromNumber(at), ...(counted && { countedOn: counted }) }
  if (silent.parts === 0) return { ...day, ...readingOf(heard) }
  const isBound = heard.isBound || silent.isBound
  const whole = readingOf({ ...heard, count: heard.count + silent.count, isPartly: true, isBound })
  const { count, isPartly, isAbout } = heard
  return {
    ...day,
    ...whole,
    known: { count, qualifier: 'at_least', isPartly, isAbout, unknown: silent.parts },
  }
}

/** Where nothing was counted on a day: when any of what is there was counted last. */
function countedOn(courses: readonly Course[], at: number): Day | null {
  const lasts = courses
    .filter(course => levelOn(course, at, at).kind !== 'absent')
    .map(({ readings }) => readings.findLast(reading => reading.at <= at)!.at)
  const last = Math.max(...lasts)
  return lasts.length > 0 && last < at ? dayFromNumber(last) : null
}

function readingOf({ count, isPartly, isAbout, isBound }: Sum): Omit<BurndownReading, 'day'> {
  if (isBound) return { count, qualifier: 'at_least', isPartly, isAbout }
  if (isAbout) return { count, qualifier: 'about' }
  return { count, qualifier: 'exact', isPartly }
}
