import { type Day, dayNumber } from '../calendar.ts'
import type { ChangeReason, Qualifier } from '../vocabulary.ts'
import { ABOUT_SHARE } from './constants.ts'

/** A dated count as people enter it. Of two on one day the later in the list counts. */
export type CountReading = {
  day: Day
  count: number
  qualifier: Qualifier
  /** Why it differs from the one before; null when nobody said. */
  reason: ChangeReason | null
}

/** What the forecast may learn from: ascending days, counts comparable with the last one. */
export type History = {
  days: number[]
  counts: number[]
  /** Half width of each count on the log scale: 0 when it is exact. */
  widths: number[]
  /** Index of the last recount (0 without): own pace and rises are judged only from there. */
  start: number
  /** May be a lower bound below the last of `counts`. */
  last: CountReading
}

/** The readings that a day knows, one per day, in order. */
export function readingsKnownOn(readings: readonly CountReading[], asOf: Day): CountReading[] {
  const isInOrder = readings.every((reading, index) => index === 0 || readings[index - 1]!.day < reading.day)
  if (isInOrder) return readings.slice(0, 1 + readings.findLastIndex(reading => reading.day <= asOf))
  const byDay = new Map<Day, CountReading>()
  for (const reading of readings) if (reading.day <= asOf) byDay.set(reading.day, reading)
  return [...byDay.values()].sort((one, other) => (one.day < other.day ? -1 : 1))
}

/**
 * Null when nothing was counted. A lower bound says nothing about speed and is left out; as the last reading it hides neither
 * what was counted before it nor how long ago that was, and above it is a rise for certain. Only where nothing was counted, or a
 * recount took that back, bounds stand alone.
 * A recount scales what came before to the new baseline, so that the ratio of earlier speed is all that survives it.
 */
export function historyOf(known: readonly CountReading[]): History | null {
  const last = known.at(-1)
  if (!last) return null
  const bounds = known.slice(1 + known.findLastIndex(({ qualifier }) => qualifier !== 'at_least'))
  const isAlone = bounds.length === known.length || bounds.some(isRecount)
  if (bounds.length > 0 && isAlone) return boundsOf(bounds, last)
  const history: History = { days: [], counts: [], widths: [], start: 0, last }
  for (const reading of known) if (reading.qualifier !== 'at_least') add(history, reading)
  const highest = highestOf(bounds)
  if (highest && highest.count > history.counts.at(-1)!) add(history, highest)
  return history
}

function add(history: History, reading: CountReading): void {
  if (isRecount(reading)) rebase(history, reading.count)
  history.days.push(dayNumber(reading.day))
  history.counts.push(countedAs(reading))
  history.widths.push(reading.qualifier === 'about' ? ABOUT_SHARE : 0)
}

/** The one that says most of how many there are, the latest of equal ones: a lower bound after it is no fall. */
function highestOf(bounds: readonly CountReading[]): CountReading | undefined {
  const most = Math.max(...bounds.map(({ count }) => count))
  return bounds.findLast(({ count }) => count === most)
}

/**
 * Of several in a row the first dates the silence, and the highest since a recount is what there is: counting "at least"
 * again is no progress and no fresh start.
 */
function boundsOf(bounds: readonly CountReading[], last: CountReading): History {
  const days = [...new Set([bounds[0]!.day, last.day])].map(dayNumber)
  const highest = highestOf(bounds.slice(Math.max(0, bounds.findLastIndex(isRecount)))) ?? last
  return {
    days,
    counts: days.map(() => countedAs(highest)),
    widths: days.map(() => 0),
    start: days.length - 1,
    last,
  }
}

function isRecount({ reason }: CountReading): boolean {
  return reason === 'recount'
}

function rebase(history: History, count: number): void {
  const before = history.counts.at(-1)
  if (before === undefined) return
  const ratio = (1 + count) / (1 + before)
  history.counts = history.counts.map(earlier => (1 + earlier) * ratio - 1)
  history.start = history.counts.length
}

/** "About none" is not none, and neither is "at least none". */
export function countedAs(reading: CountReading): number {
  return reading.qualifier === 'exact' ? reading.count : Math.max(1, reading.count)
}
