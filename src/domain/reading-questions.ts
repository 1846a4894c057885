import { type Incoming, isZero, type Known } from './readings.ts'
import { ceilingAfter, isRiseOver, risesOf } from './rises.ts'
import type { Count } from './vocabulary.ts'

/** The number of equal readings from which the next equal one is asked back. */
const REPEATS = 5

/**
 * What has to be asked back before this reading is kept, the gravest first. `factor` is how many times the
 * previous count it may differ. From a lower bound (`3000+`) nobody can say that it fell or rose.
 */
export function questionsAbout(incoming: Incoming, known: Known, factor: number): string[] {
  const { previous } = known
  const questions = questionsAboutZero(incoming, previous)
  if (known.status === 'retired' && incoming.count > 0) questions.push('reading.after_retirement')
  if (isRecountDropped(incoming, previous)) questions.push('reading.recount_dropped')
  const risen = risenFrom(incoming, known)
  if (risen) questions.push(isCorrectedUp(incoming, known, risen) ? correctedUp(known) : 'reading.rise')
  const later = laterRise(incoming, known)
  if (later) questions.push('reading.next_rises')
  if (isBelowBound(incoming, previous)) questions.push('reading.below_bound')
  const isAskedAsLow = later !== null && previous !== null && incoming.count < previous.count
  if (previous && !isAskedAsLow && isJump(incoming, previous, factor)) questions.push('reading.jump')
  if (isRepeat(incoming, known)) questions.push('reading.repeat')
  return questions
}

/**
 * The reading that this one is higher than: the one of its own day that it corrects or, where that is a lower bound or a
 * recount or there is none, the last that bounds from above. Null when it does not rise, and for a recount.
 */
export function risenFrom(incoming: Incoming, { previous, ceiling }: Known): Known['ceiling'] {
  const isCorrection = previous?.day === incoming.day && previous.reason !== 'recount'
  const beside = isCorrection && previous.qualifier !== 'at_least' ? previous : ceiling
  return isRiseOver(incoming, beside) ? beside : null
}

/** A count of an earlier day that is too low makes a rise, and an alarm, of a reading after it: the first that was none. */
export function laterRise(incoming: Incoming, { previous, ceiling, later }: Known): Known['ceiling'] {
  const replaced = previous?.day === incoming.day ? ceilingAfter(ceiling, previous) : ceiling
  const were = risesOf(later, replaced)
  const are = risesOf(later, ceilingAfter(ceiling, incoming))
  return later.find((_, index) => are[index] && !were[index]) ?? null
}

/** Whether a count may be one after it with a digit too few: that is about ten times as many. */
export function isDigitShort({ count }: Count, next: Count): boolean {
  return next.count >= 5 * count && next.count < 20 * count
}

/** Whether a zero is said for the first time, or taken back by "about 0" or "at least 0". */
function questionsAboutZero(incoming: Incoming, previous: Known['previous']): string[] {
  if (incoming.count > 0) return []
  if (isZero(incoming)) return previous && isZero(previous) ? [] : ['reading.zero']
  if (!previous) return []
  if (isZero(previous)) return ['reading.zero_unsure']
  return previous.count > 0 ? ['reading.nearly_zero'] : []
}

/** What was a recount and is corrected without a reason would count as progress, or as a rise. */
function isRecountDropped(incoming: Incoming, previous: Known['previous']): boolean {
  return previous?.day === incoming.day && previous.reason === 'recount' && incoming.reason === null
}

/** More than was entered for the same day, and still no more than the day before had: no new work came in. */
function isCorrectedUp(incoming: Incoming, { ceiling }: Known, risen: { day: string }): boolean {
  return risen.day === incoming.day && !isRiseOver(incoming, ceiling)
}

/** Without an earlier count that bounds from above, nothing is said of what there was before. */
function correctedUp({ ceiling }: Known): string {
  return ceiling ? 'reading.corrected_up' : 'reading.corrected_alone'
}

/** Fewer than there were known to be: a reason says why. */
function isBelowBound(incoming: Incoming, previous: Known['previous']): boolean {
  const isBounded = previous?.qualifier === 'at_least' && incoming.qualifier !== 'at_least'
  return isBounded && incoming.reason === null && incoming.count > 0 && incoming.count < previous.count
}

function isJump(incoming: Incoming, previous: Count, factor: number): boolean {
  const [less, more] = [Math.min(incoming.count, previous.count), Math.max(incoming.count, previous.count)]
  return less > 0 && more > less * factor
}

function isRepeat(incoming: Incoming, { previous, unchangedReadings }: Known): boolean {
  return (
    incoming.count > 0 &&
    incoming.count === previous?.count &&
    incoming.day > previous.day &&
    unchangedReadings >= REPEATS - 1
  )
}
