import { type Day, dayNumber, daysBetween } from '../calendar.ts'
import { type CountReading, readingsKnownOn } from './history.ts'

/** How many a month would have to go to be at `level` on the target day. */
export type NeededPace =
  | { kind: 'there' }
  /** The target day is today or behind, and there is something left. */
  | { kind: 'past' }
  | { kind: 'pace'; perMonth: number }

export function neededPace(count: number, level: number, asOf: Day, target: Day): NeededPace {
  if (count <= level) return { kind: 'there' }
  const days = daysBetween(asOf, target)
  return days <= 0 ? { kind: 'past' } : { kind: 'pace', perMonth: (30 * (count - level)) / days }
}

/** What was observed between two counts, both named: `closed` is negative when more was left at the second one. */
export type ObservedPace = { from: Day; to: Day; closed: number; perMonth: number | null }

/**
 * Between the last count and the one nearest to 90 days ago, since the last recount. A span shorter than a month tells
 * what was closed in it and no rate, which nobody saw. Null with less than two comparable counts, or when the last is
 * older than 90 days itself.
 */
export function observedPace(readings: readonly CountReading[], asOf: Day): ObservedPace | null {
  const known = readingsKnownOn(readings, asOf)
  const start = Math.max(
    0,
    known.findLastIndex(({ reason }) => reason === 'recount'),
  )
  const comparable = known.slice(start).filter(({ qualifier }) => qualifier !== 'at_least')
  const last = known.at(-1)
  if (!last || last.qualifier === 'at_least' || daysBetween(last.day, asOf) > OBSERVED_DAYS) return null
  const days = comparable.map(({ day }) => dayNumber(day))
  const first = comparable[observedFrom(days, 0, dayNumber(asOf))]
  if (!first) return null
  const span = daysBetween(first.day, last.day)
  const closed = first.count - last.count
  return { from: first.day, to: last.day, closed, perMonth: span < A_MONTH ? null : (30 * closed) / span }
}

/** Which of the days before the last, from `start` on, is nearest to 90 days before today; the first of equals, -1 of none. */
export function observedFrom(days: readonly number[], start: number, today: number): number {
  const away = (index: number): number => Math.abs(today - days[index]! - OBSERVED_DAYS)
  let nearest = -1
  for (let index = start; index < days.length - 1; index++)
    if (nearest < 0 || away(index) < away(nearest)) nearest = index
  return nearest
}

const OBSERVED_DAYS = 90
/** Four weeks: counted each month, the shortest one is still a month. */
const A_MONTH = 28
