import { type Day, daysBetween } from '../calendar.ts'
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
  const age = ({ day }: CountReading) => daysBetween(day, asOf)
  if (!last || last.qualifier === 'at_least' || age(last) > OBSERVED_DAYS) return null
  const [first] = comparable
    .slice(0, -1)
    .sort((one, other) => Math.abs(age(one) - OBSERVED_DAYS) - Math.abs(age(other) - OBSERVED_DAYS))
  if (!first) return null
  const days = daysBetween(first.day, last.day)
  const closed = first.count - last.count
  return { from: first.day, to: last.day, closed, perMonth: days < A_MONTH ? null : (30 * closed) / days }
}

const OBSERVED_DAYS = 90
/** Four weeks: counted each month, the shortest one is still a month. */
const A_MONTH = 28
