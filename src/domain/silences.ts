import type { Silence } from './burndown-level.ts'
import { type Day, daysBetween } from './calendar.ts'

/** A count is too old to stand for the present after so many days, or after two of its own cadences. */
export const SILENT_AFTER = 30

/** What changed on one day in a sum over several residuals: how many of them are counted, and how many counts came. */
export type RoundDay = { day: Day; counted: number; readings: number }

/**
 * Whether the sums alone prove that nothing in them was silent for too long: on a full round everything that has ever
 * been counted is counted again, and such rounds follow one another within 30 days. `days` are in order.
 */
export function areRoundsDense(days: readonly RoundDay[]): boolean {
  let counted = 0
  let round: Day | null = null
  for (const { day, ...moved } of days) {
    counted += moved.counted
    if (round !== null && daysBetween(round, day) > SILENT_AFTER) return false
    if (moved.readings >= counted) round = day
  }
  return true
}

/** Overlapping silences as one; one that lasts swallows all after it. */
export function mergeSilences(silences: readonly Silence[]): Silence[] {
  const merged: Silence[] = []
  for (const silence of silences.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1)
    if (!last || (last.until !== null && last.until <= silence.from)) merged.push({ ...silence })
    else if (last.until !== null && (silence.until === null || silence.until > last.until))
      last.until = silence.until
  }
  return merged
}
