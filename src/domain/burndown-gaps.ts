import type { Course, Silence } from './burndown-level.ts'
import { type Day, dayFromNumber } from './calendar.ts'

/** The spans of silence between readings and after the last; `until` is null for one that still lasts. */
export function gapsOf(course: Course, now: number): { from: Day; until: Day | null }[] {
  return course.readings.flatMap((reading, index) => {
    const next = course.readings[index + 1]
    const until = next?.at ?? Math.min(now, course.end)
    if (until - reading.at <= course.patience) return []
    return [{ from: reading.day, until: next || course.end <= now ? dayFromNumber(until) : null }]
  })
}

/**
 * The silences of a part that are over and reach into the window; one that lasts is told with the last count, and one
 * in which nothing else was counted either is a gap of the whole.
 */
export function halfGapsOf(
  { silences }: Course,
  window: { from: number; to: number },
  gaps: readonly Silence[],
): { from: Day; until: Day }[] {
  return silences
    .filter(({ from, until }) => from < window.to && until > window.from && until <= window.to)
    .map(({ from, until }) => ({ from: dayFromNumber(from), until: dayFromNumber(until) }))
    .filter(half => !gaps.some(gap => gap.from <= half.from && (!gap.until || half.until <= gap.until)))
}
