import { type Day, daysBetween } from '../calendar.ts'
import { isZero } from '../readings.ts'
import { risesOf } from '../rises.ts'
import { LEAK_DAYS } from './constants.ts'
import type { CountReading } from './history.ts'

/**
 * What came in although the intake is closed. `since` is the day of the earliest rise that is still open and `by` what came in on
 * it; with later ones that are open too (`isRepeated`) it is all that is still there of them. Null where nobody can say.
 */
export type Leak = { since: Day; by: number | null; isAtLeast: boolean; isRepeated: boolean }

/** A rise, and the reading that it rose from. */
type Rise = { at: CountReading; from: CountReading | null }

/** The leak that is open after readings whose rises are marked as inflow, oldest first; null without one, and at zero. */
export function openLeak(known: readonly CountReading[]): Leak | null {
  const last = known.at(-1)
  const [first, ...later] = openRises(known)
  if (!first || !last || isZero(last)) return null
  const isRepeated = later.length > 0
  return { since: first.at.day, ...(isRepeated ? stillThere(known, first) : cameIn(first)), isRepeated }
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

type Amount = Pick<Leak, 'by' | 'isAtLeast'>

function cameIn({ at, from }: Rise): Amount {
  return above(from, at)
}

/** A recount since then makes the two counts incomparable. */
function stillThere(known: readonly CountReading[], { at, from }: Rise): Amount {
  const isRecounted = known.some(({ day, reason }) => day > at.day && reason === 'recount')
  return above(isRecounted ? null : from, known.at(-1)!)
}

/** How much more there is; null where a bound on the wrong side leaves it open. */
function above(from: CountReading | null, { count, qualifier }: CountReading): Amount {
  const isAtLeast = qualifier === 'at_least'
  const isKnown = from !== null && from.qualifier !== 'at_least' && (!isAtLeast || count > from.count)
  return { by: isKnown ? count - from.count : null, isAtLeast }
}
