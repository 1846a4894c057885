import { type Day, dayFromNumber, daysBetween } from '../calendar.ts'
import { DECLARED_RATE_READINGS, REBOUND, STALE_DAYS, STALLED } from './constants.ts'
import type { CountReading, History } from './history.ts'
import { observedFrom } from './pace.ts'

/** How a residual with a forecast is going. */
export type Course =
  /** The usual run-off of such residuals, nothing of this one's own. */
  | { state: 'one_reading' }
  /** "At least": every chance is at most what is said. */
  | { state: 'lower_bound' }
  | { state: 'burning' }
  | { state: 'stalled'; since: Day; days: number; degree: 'stalled' | 'hard' | 'declared' }
  | { state: 'rebound'; by: number; since: Day }

/** Somebody who declared 0 a month said that nothing moves; as any declared rate, until readings outweigh it. `today` is a day number. */
export function courseOf(history: History, declaredPerMonth: number | null, today: number): Course {
  const { last, days } = history
  if (last.qualifier === 'at_least') return { state: 'lower_bound' }
  if (declaredPerMonth === 0 && days.length <= DECLARED_RATE_READINGS) {
    return { state: 'stalled', since: last.day, days: 0, degree: 'declared' }
  }
  if (days.length === 1) return { state: 'one_reading' }
  return stallOf(history) ?? reboundOf(history, today) ?? { state: 'burning' }
}

/** A reading older than a month and than twice the usual gap is stale. */
export function staleSince(history: History, asOf: Day): Day | null {
  const { days } = history
  const gaps = new Int32Array(days.length - 1)
  for (let index = 0; index < gaps.length; index++) gaps[index] = days[index + 1]! - days[index]!
  const usual = gaps.length > 1 ? gaps.sort()[gaps.length >> 1]! : 0
  const allowed = Math.max(STALE_DAYS, 2 * usual)
  return daysBetween(history.last.day, asOf) > allowed ? history.last.day : null
}

/** How often the count rose since the baseline was last corrected. */
export function risesIn({ counts, widths, start }: History): number {
  let rises = 0
  for (let index = start + 1; index < counts.length; index++) {
    const allowed = counts[index - 1]! * (1 + widths[index - 1]! + widths[index]!)
    if (counts[index]! > allowed) rises++
  }
  return rises
}

function stallOf({ days, counts, start }: History): Course | null {
  const end = counts.length - 1
  let first = end
  while (first > start && counts[first - 1] === counts[end]) first--
  const equalDays = days[end]! - days[first]!
  if (end - first + 1 < STALLED.readings || equalDays < STALLED.days) return null
  const degree = equalDays < STALLED.hardDays ? 'stalled' : 'hard'
  return { state: 'stalled', since: dayFromNumber(days[first]!), days: equalDays, degree }
}

/**
 * Against the lowest count of the last two months, the reading before the last always among them, and the one that the pace
 * is measured from, so that nothing is said to burn down at a pace upwards.
 */
function reboundOf({ days, counts, widths, start }: History, today: number): Course | null {
  const end = counts.length - 1
  const from = observedFrom(days, start, today)
  let lowest = from >= 0 && counts[from]! < counts[end]! ? from : end
  for (let index = end - 1; index >= start; index--) {
    if (index < end - 1 && days[end]! - days[index]! > REBOUND.days) break
    if (counts[index]! < counts[lowest]!) lowest = index
  }
  const by = counts[end]! - counts[lowest]!
  const noise = counts[lowest]! * (REBOUND.share + widths[lowest]! + widths[end]!)
  if (by < REBOUND.items || by < noise) return null
  return { state: 'rebound', by, since: dayFromNumber(days[lowest]!) }
}

/** First day of the zeros that the readings end with. */
export function zeroSince(known: readonly CountReading[]): Day {
  let first = known.length - 1
  while (first > 0 && known[first - 1]!.count === 0) first--
  return known[first]!.day
}
