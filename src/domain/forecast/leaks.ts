import { type Day, daysBetween } from '../calendar.ts'
import { isZero } from '../readings.ts'
import { risesOf } from '../rises.ts'
import { LEAK_DAYS } from './constants.ts'
import type { CountReading } from './history.ts'

/**
 * What came in although the intake is closed. `since` is the day of the earliest rise that is still open; later ones may be open
 * too (`isRepeated`). `by` is what is still there of it all: how far the last count is above the one before that rise, since a
 * leak is over when they are equal. Null where nobody can say: after a recount, or at a lower bound below. No surer than
 * either of the two counts.
 */
export type Leak = {
  since: Day
  by: number | null
  isAtLeast: boolean
  isAbout: boolean
  isRepeated: boolean
}

/** A rise, and the reading that it rose from. */
type Rise = { at: CountReading; from: CountReading | null }

/** The leak that is open after readings whose rises are marked as inflow, oldest first; null without one, and at zero. */
export function openLeak(known: readonly CountReading[]): Leak | null {
  return leakOfRises(known, openRises(known, LEAK_DAYS))
}

/**
 * What is still there of a leak that had been open since that day and that only the four weeks without a rise have ended; null
 * where it is gone, or none of its rises is counted any more.
 */
export function leftOfLeak(known: readonly CountReading[], since: Day): Leak | null {
  const rises = openRises(known, Number.POSITIVE_INFINITY)
  return leakOfRises(
    known,
    rises.filter(({ at }) => at.day >= since),
  )
}

function leakOfRises(known: readonly CountReading[], [first, ...later]: readonly Rise[]): Leak | null {
  const last = known.at(-1)
  if (!first || !last || isZero(last)) return null
  return { since: first.at.day, ...stillThere(known, first), isRepeated: later.length > 0 }
}

/**
 * Each rise stays open by itself: what undoes a later, smaller one says nothing about those before it. It is over back where
 * it rose from, or lower than what it rose to, so many days after the last rise.
 */
function openRises(known: readonly CountReading[], leakDays: number): Rise[] {
  const risenOver = risesOf(known)
  let open: Rise[] = []
  let lastRise: Day | null = null
  for (const [index, reading] of known.entries()) {
    const isRise = reading.reason === 'inflow'
    if (isRise) lastRise = reading.day
    const isLate = lastRise !== null && daysBetween(lastRise, reading.day) >= leakDays
    open = open.filter(rise => !isLower(reading, rise) || !(isLate || isGone(reading, rise)))
    if (isRise) open.push({ at: reading, from: risenOver[index] ?? known[index - 1] ?? null })
  }
  return open
}

/** "At least 50" leaves it open, and a recount takes nothing off. */
function isLower({ count, qualifier, reason }: CountReading, { at }: Rise): boolean {
  return reason !== 'recount' && qualifier !== 'at_least' && count < at.count
}

function isGone({ count }: CountReading, { from }: Rise): boolean {
  return count <= (from?.count ?? 0)
}

type Amount = Pick<Leak, 'by' | 'isAtLeast' | 'isAbout'>

function stillThere(known: readonly CountReading[], { at, from }: Rise): Amount {
  const { count, qualifier } = known.at(-1)!
  const isRecounted = known.some(({ day, reason }) => day > at.day && reason === 'recount')
  const isAtLeast = qualifier === 'at_least'
  const isComparable = from !== null && from.qualifier !== 'at_least' && !isRecounted
  const isKnown = isComparable && (!isAtLeast || count > from.count)
  const isAbout = qualifier === 'about' || from?.qualifier === 'about'
  return { by: isKnown ? count - from.count : null, isAtLeast, isAbout }
}
