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
  const last = known.at(-1)
  const [first, ...later] = openRises(known)
  if (!first || !last || isZero(last)) return null
  return { since: first.at.day, ...stillThere(known, first), isRepeated: later.length > 0 }
}

/** Each rise stays open by itself: what undoes a later, smaller one says nothing about those before it. */
function openRises(known: readonly CountReading[]): Rise[] {
  const risenOver = risesOf(known)
  let open: Rise[] = []
  let lastRise: Day | null = null
  for (const [index, reading] of known.entries()) {
    const isRise = reading.reason === 'inflow'
    if (isRise) lastRise = reading.day
    const quiet = lastRise === null ? 0 : daysBetween(lastRise, reading.day)
    open = open.filter(rise => !isClosedBy(reading, rise, quiet))
    if (isRise) open.push({ at: reading, from: risenOver[index] ?? known[index - 1] ?? null })
  }
  return open
}

/** Back where it rose from, or lower than what it rose to, four weeks after the last rise. "At least 50" leaves both open. */
function isClosedBy({ count, qualifier, reason }: CountReading, { at, from }: Rise, quietDays: number) {
  if (reason === 'recount' || qualifier === 'at_least' || count >= at.count) return false
  return count <= (from?.count ?? 0) || quietDays >= LEAK_DAYS
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
