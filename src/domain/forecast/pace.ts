import { addDays, type Day, dayNumber, daysBetween } from '../calendar.ts'
import { STRAIGHT_LINE } from './constants.ts'
import { type CountReading, historyOf, readingsKnownOn } from './history.ts'
import { between } from './speed.ts'

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

/**
 * Today's pace drawn on as a straight line. Only to be drawn with its record: about `met` of such dates were met.
 * `perMonth` is negative when the count rises; `zeroOn` is null when the line never gets there within a century.
 */
export type StraightLine = { perMonth: number; zeroOn: Day | null; met: number }

/** Over the last 90 days, or as long as there are readings; null with less than two days to compare. */
export function straightLine(readings: readonly CountReading[], asOf: Day): StraightLine | null {
  const history = historyOf(readingsKnownOn(readings, asOf))
  if (!history || history.last.qualifier === 'at_least') return null
  const { days, counts } = history
  const end = days.length - 1
  const from = Math.max(days[0]!, dayNumber(asOf) - STRAIGHT_LINE.days)
  if (from >= days[end]!) return null
  const before = days.findLastIndex(day => day <= from)
  const perDay = (between(history, before, from) - counts[end]!) / (dayNumber(asOf) - from)
  const left = perDay > 0 ? Math.ceil(counts[end]! / perDay) : Infinity
  return {
    perMonth: 30 * perDay,
    zeroOn: left <= A_CENTURY ? addDays(asOf, left) : null,
    met: STRAIGHT_LINE.met,
  }
}

const A_CENTURY = 36_525
