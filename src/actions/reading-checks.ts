import { z } from 'zod'
import { addDays, type Day } from '../domain/calendar.ts'
import type { ClosedIntake } from '../domain/intake.ts'
import type { Problem } from '../domain/problem.ts'
import { closedProblem, type Incoming, type Known, refuseReading } from '../domain/readings.ts'
import { ceilingOf } from '../domain/rises.ts'
import { CHANGE_REASONS } from '../domain/vocabulary.ts'
import type { WrittenCount } from '../domain/written-numbers.ts'
import type { Trx } from '../store/columns.ts'
import { loadClosedIntakes } from '../store/intake.ts'
import type { Reading } from '../store/nouns.ts'
import { findReadingBy, listBoundsAfter, listBoundsBefore } from '../store/readings.ts'
import { findResiduals, type ResidualState } from '../store/residuals.ts'
import { findSystemsById, type SystemState } from '../store/systems.ts'
import type { Moment } from './action.ts'
import { futureProblems } from './day-checks.ts'
import { optionalCount, optionalOneOf, optionalText, optionalWholeNumber } from './input.ts'
import { InputRefused } from './refusal.ts'

export const entry = z.strictObject({
  count: optionalCount(),
  reason: optionalOneOf(CHANGE_REASONS),
  note: optionalText(),
  /** The reading that the person saw beside the field; empty where there was none. */
  seen: optionalWholeNumber(),
  /** The last reading that had been entered by then, of whatever residual and day. */
  seenUpTo: optionalWholeNumber(),
})

export type Entry = z.output<typeof entry> & { count: WrittenCount }

/** A count as it would be kept, beside all that it has to be compared with. */
export type Draft = {
  residual: ResidualState
  system: SystemState
  previous: Reading | undefined
  /** The reading in force last before that day; `previous`, unless that is of the same day. */
  before: Reading | undefined
  /** The newest reading in force: what stands beside the field of whoever counts. */
  latest: Reading | undefined
  /** The reading in force before that day that a rise is measured against. */
  ceiling: Reading | undefined
  /** The readings in force after that day, up to the first that is no lower bound. */
  later: readonly Reading[]
  known: Known
  incoming: Incoming
  entry: Entry
}

/** A residual that is not there has none. */
export async function draft(
  trx: Trx,
  entries: readonly (readonly [number, Entry])[],
  day: string,
): Promise<Draft[]> {
  const found = await findResiduals(
    trx,
    entries.map(([id]) => id),
  )
  const residuals = new Map(found.map(one => [one.id, one]))
  const systemIds = [...new Set(found.map(one => one.systemId))]
  const systems = new Map((await findSystemsById(trx, systemIds)).map(one => [one.id, one]))
  const intakes = await loadClosedIntakes(trx, [...systems.values()])
  const drafts: Draft[] = []
  for (const [id, entry] of entries) {
    const residual = residuals.get(id)
    const system = residual && systems.get(residual.systemId)
    if (!system) continue
    const around = await readingsAround(trx, residual, day)
    drafts.push(draftOf({ residual, system, entry, ...around }, day, intakes.get(system.id) ?? null))
  }
  return drafts
}

type Around = Pick<Draft, 'previous' | 'before' | 'ceiling' | 'latest' | 'later'>

/** Most counts are the newest of their residual: then the one in force before is all that is looked up. */
async function readingsAround(trx: Trx, residual: ResidualState, day: string): Promise<Around> {
  const { id, latest: newest } = residual
  const previous = newest ? await findReadingBy(trx, id, day) : undefined
  const isCorrection = previous?.day === day
  const before = isCorrection ? await findReadingBy(trx, id, addDays(day, -1)) : previous
  const isBound = before?.qualifier === 'at_least'
  const ceiling = isBound ? (ceilingOf(await listBoundsBefore(trx, id, day)) ?? undefined) : before
  if (!newest || newest.day <= day) return { previous, before, ceiling, latest: previous, later: [] }
  const latest = await findReadingBy(trx, id, newest.day)
  return { previous, before, ceiling, latest, later: await listBoundsAfter(trx, id, day) }
}

function draftOf(found: Omit<Draft, 'known' | 'incoming'>, day: string, intake: ClosedIntake | null): Draft {
  const { residual, system, previous } = found
  const entry = withWhatStays(found.entry, previous, day)
  const known = {
    previous: previous ?? null,
    before: found.before ?? null,
    ceiling: found.ceiling ?? null,
    later: found.later,
    firstOn: residual.firstOn,
    closedOn: residual.closedOn,
    unchangedReadings: residual.latest?.unchangedReadings ?? 0,
    status: system.status,
    intake,
  }
  const { count, qualifier } = entry.count
  const incoming = { count, qualifier, day, reason: entry.reason }
  return { ...found, entry, known, incoming }
}

/** A reason or a note left empty beside the count that is in force takes none back. */
function withWhatStays(entry: Entry, previous: Reading | undefined, day: string): Entry {
  const { count, qualifier } = entry.count
  const isSame = previous?.day === day && previous.count === count && previous.qualifier === qualifier
  if (!isSame) return entry
  return { ...entry, reason: entry.reason ?? previous.reason, note: entry.note ?? previous.note }
}

type Sent = { ids: readonly number[]; day: string; drafts: readonly Draft[] }

/** All that is wrong at once: whoever puts one thing right is not told of the next only then. */
export function refuseAny({ ids, day, drafts }: Sent, { today }: Moment): void {
  const problems = [
    ...futureProblems('day', day, today),
    ...unknownProblems(
      ids,
      drafts.map(({ residual }) => residual),
    ),
    ...drafts.flatMap(one => problemsOf(one, today)),
  ]
  if (problems.length > 0) throw new InputRefused(problems)
}

/** Every residual that is not there, where a page of one would just not be found. */
export function unknownProblems(ids: readonly number[], found: readonly { id: number }[]): Problem[] {
  const known = new Set(found.map(({ id }) => id))
  return ids.flatMap(id =>
    known.has(id) ? [] : [{ path: `counts.${id}`, code: 'reading.no_residual', values: { id } }],
  )
}

/** Every residual that was closed meanwhile, whatever else is wrong with the round. */
export function closedProblems(found: readonly Pick<ResidualState, 'id' | 'closedOn'>[]): Problem[] {
  return found.flatMap(one => {
    const problem = closedProblem(one)
    return problem ? [{ ...problem, path: `counts.${one.id}.count` }] : []
  })
}

/** What was typed behind a count says what somebody counted: of something else it is the count of another field. */
function problemsOf(one: Draft, today: Day): Problem[] {
  const { residual, entry, incoming, known } = one
  const path = `counts.${residual.id}.count`
  const { unit } = entry.count
  if (unit && unit !== residual.unit)
    return [{ path, code: 'reading.other_unit', values: { typedUnit: unit, ownUnit: residual.unit } }]
  if (isInForce(one) || incoming.day > today) return []
  return refuseReading(incoming, known, today).map(problem => ({ ...problem, path }))
}

/** A round that is sent twice: what is in force already is not entered again. */
export function isInForce({ previous, incoming, entry }: Draft): boolean {
  return (
    previous !== undefined &&
    previous.day === incoming.day &&
    previous.count === incoming.count &&
    previous.qualifier === incoming.qualifier &&
    previous.reason === incoming.reason &&
    previous.note === entry.note
  )
}
