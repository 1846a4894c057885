import { readCount } from '../../actions/number-input.ts'
import { sayCount } from '../../http/words.ts'
import { findThing } from '../../store/places.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound, TypedCount } from './round.ts'

/** A count that was typed beside a reading which is not the latest any more: one of both is to be chosen. */
export type Overtaken = {
  name: string
  /** The choice of one's own count: the reading that the person has now seen. */
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
    if (typed && isOvertaken(residual, typed)) found.set(residual.id, await choiceOf(visit, residual, typed))
  }
  return found
}

function isOvertaken({ latest, latestId }: RoundResidual, { count, seen }: TypedCount): boolean {
  if (count.trim() === '' || !/^\d{1,15}$/.test(seen) || Number(seen) === (latestId ?? 0)) return false
  const read = readCount(count)
  if (!('value' in read)) return true
  return read.value.count !== latest?.count || read.value.qualifier !== latest.qualifier
}

async function choiceOf(
  { context, t, language }: Visit,
  { id, latest, latestId }: RoundResidual,
  { count, seen, keep }: TypedCount,
): Promise<Overtaken> {
  const read = readCount(count)
  const [from, to] = [
    sayCount(t, language, latest),
    'value' in read ? sayCount(t, language, read.value) : count,
  ]
  const reading = latestId === null ? undefined : await findThing(context.db, 'reading', latestId)
  const before = await findThing(context.db, 'reading', Number(seen))
  const isWithdrawn = before?.supersededAt && before.supersededBy === null
  const mine = String(latestId ?? 0)
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
