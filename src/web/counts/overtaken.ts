import { readCount } from '../../actions/number-input.ts'
import { type Day, parseDay } from '../../domain/calendar.ts'
import { type Overtaking, overtakingOf } from '../../domain/overtaking.ts'
import { halfWidth } from '../../domain/written-numbers.ts'
import { sayCount } from '../../http/words.ts'
import type { Reading } from '../../store/nouns.ts'
import { findThing } from '../../store/places.ts'
import { findReadingBy } from '../../store/readings.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound, TypedCount } from './round.ts'
import { seenIn, seenText } from './seen.ts'

/** A count that was typed while somebody else entered one of that day, or a newer one: one of both is to be chosen. */
export type Overtaken = {
  name: string
  /** The choice of one's own count: what the person has now seen. */
  mine: string
  chosen: 'mine' | 'theirs' | null
  from: string
  to: string
  text: string
}

/** By residual; as long as the round is not kept, whatever else is wrong with it. */
export async function overtakenIn(
  visit: Visit,
  residuals: readonly RoundResidual[],
  sent: SentRound | null,
): Promise<ReadonlyMap<number, Overtaken>> {
  const found = new Map<number, Overtaken>()
  for (const residual of residuals) {
    const typed = sent?.typed.get(residual.id)
    if (!typed || typed.count.trim() === '') continue
    const overtaking = await overtakingAt(visit, residual, typed, parseDay(halfWidth(sent?.day ?? '')))
    if (overtaking) found.set(residual.id, await choiceOf(visit, residual, typed, overtaking))
  }
  return found
}

/** What is no count differs from whatever somebody else counted. */
async function overtakingAt(
  { context: { db } }: Visit,
  { id, latest, latestId }: RoundResidual,
  { count, seen }: TypedCount,
  day: Day | null,
): Promise<Overtaking<Reading> | null> {
  const before = seenIn(seen)
  const isEarlier = day !== null && latest !== null && day < latest.day
  const isMoved = before.seen !== null && before.seen !== (latestId ?? 0)
  if (!isEarlier && !isMoved) return null
  const previous = isEarlier ? await findReadingBy(db, id, day) : undefined
  const newest = latestId === null ? undefined : await findThing(db, 'reading', latestId)
  const read = readCount(count)
  const typed = 'value' in read ? read.value : { count: Number.NaN, qualifier: 'exact' as const }
  const ofThatDay = previous?.day === day ? previous : undefined
  return overtakingOf(typed, before, { ofThatDay, latest: newest })
}

async function choiceOf(
  { context, t, language }: Visit,
  { id, latestId }: RoundResidual,
  { count, seen, keep }: TypedCount,
  { reading, isOfThatDay }: Overtaking<Reading>,
): Promise<Overtaken> {
  const read = readCount(count)
  const [from, to] = [
    sayCount(t, language, reading ?? null),
    'value' in read ? sayCount(t, language, read.value) : count,
  ]
  const was = seenIn(seen)
  const before = isOfThatDay ? undefined : await findThing(context.db, 'reading', was.seen ?? 0)
  const isWithdrawn = before?.supersededAt && before.supersededBy === null
  const seenUpTo = was.seenUpTo === null ? null : Math.max(was.seenUpTo, reading?.id ?? 0)
  const mine = seenText({ seen: latestId ?? 0, seenUpTo })
  return {
    name: `keep-${id}`,
    mine,
    chosen: keep === 'theirs' ? 'theirs' : keep === mine ? 'mine' : null,
    from,
    to,
    text: t(isWithdrawn || !reading ? 'round.withdrawnMeanwhile' : 'problem.reading.changed_meanwhile', {
      from,
      to,
      by: reading?.recordedBy,
      day: reading?.day,
    }),
  }
}
