import { type Incoming, isRiseOver, isZero, type Known } from './readings.ts'
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
  const risen = risenFrom(incoming, known)
  if (risen) questions.push(isCorrectedUp(incoming, known, risen) ? 'reading.corrected_up' : 'reading.rise')
  if (makesNextRise(incoming, known)) questions.push('reading.next_rises')
  if (isBelowBound(incoming, previous)) questions.push('reading.below_bound')
  if (previous && isJump(incoming, previous, factor)) questions.push('reading.jump')
  if (isRepeat(incoming, known)) questions.push('reading.repeat')
  return questions
}

/**
 * The reading that this one is higher than: the one in force, also where it corrects that of its own day, or the one
 * before where a lower bound or a recount is corrected. Null when it does not rise, and for a recount.
 */
export function risenFrom(incoming: Incoming, { previous, before }: Known): Known['before'] {
  const isRecount = previous?.day === incoming.day && previous.reason === 'recount'
  const beside = isRecount || previous?.qualifier === 'at_least' ? before : previous
  return beside && isRiseOver(incoming, beside) ? beside : null
}

/** Whether a zero is said for the first time, or taken back by "about 0" or "at least 0". */
function questionsAboutZero(incoming: Incoming, previous: Known['previous']): string[] {
  if (incoming.count > 0) return []
  if (isZero(incoming)) return previous && isZero(previous) ? [] : ['reading.zero']
  if (!previous) return []
  if (isZero(previous)) return ['reading.zero_unsure']
  return previous.count > 0 ? ['reading.nearly_zero'] : []
}

/** More than was entered for the same day, and still no more than the day before had: no new work came in. */
function isCorrectedUp(incoming: Incoming, { before }: Known, risen: { day: string }): boolean {
  return risen.day === incoming.day && !(before && isRiseOver(incoming, before))
}

/** A count of an earlier day that is too low makes a rise, and an alarm, of the reading after it. */
function makesNextRise(incoming: Incoming, { previous, next }: Known): boolean {
  return next !== null && isRiseOver(next, incoming) && !isRiseOver(next, previous ?? undefined)
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
