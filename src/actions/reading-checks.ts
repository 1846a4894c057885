import { z } from 'zod'
import { addDays } from '../domain/calendar.ts'
import type { ClosedIntake } from '../domain/intake.ts'
import type { Problem } from '../domain/problem.ts'
import { laterRise, questionsAbout, risenFrom } from '../domain/reading-questions.ts'
import { type Incoming, type Known, refuseReading } from '../domain/readings.ts'
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
import { refuseFuture } from './day-checks.ts'
import { optionalCount, optionalOneOf, optionalText, optionalWholeNumber } from './input.ts'
import { InputRefused, NeedsConfirmation, NotFound, type Question } from './refusal.ts'

export const entry = z.strictObject({
  count: optionalCount(),
  reason: optionalOneOf(CHANGE_REASONS),
  note: optionalText(),
  /** The reading that the person saw beside the field; empty where there was none. */
  seen: optionalWholeNumber(),
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
    if (!system) throw new NotFound('residual', id)
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
  const { residual, system, entry } = found
  const known = {
    previous: found.previous ?? null,
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
  return { ...found, known, incoming }
}

/** What was typed behind a count says what somebody counted: of something else it is the count of another field. */
export function refuseOtherUnits(drafts: readonly Draft[]): void {
  const problems = drafts
    .filter(({ residual, entry }) => entry.count.unit && entry.count.unit !== residual.unit)
    .map(({ residual, entry }) => ({
      path: `counts.${residual.id}.count`,
      code: 'reading.other_unit',
      values: { typedUnit: entry.count.unit!, ownUnit: residual.unit },
    }))
  if (problems.length > 0) throw new InputRefused(problems)
}

export function refuseAny(drafts: readonly Draft[], day: string, { today }: Moment): void {
  const problems = drafts.flatMap(({ residual, incoming, known }): Problem[] =>
    refuseReading(incoming, known, today).map(problem => ({
      ...problem,
      path: `counts.${residual.id}.count`,
    })),
  )
  refuseFuture('day', day, today)
  if (problems.length > 0) throw new InputRefused(problems)
}

/**
 * A round that is sent twice: what is in force already is not entered again. A reason or a note left empty takes none
 * back.
 */
export function isInForce({ previous, incoming, entry }: Draft): boolean {
  return (
    previous !== undefined &&
    previous.day === incoming.day &&
    previous.count === incoming.count &&
    previous.qualifier === incoming.qualifier &&
    [null, previous.reason].includes(incoming.reason) &&
    [null, previous.note].includes(entry.note)
  )
}

export function askAbout(drafts: readonly Draft[], answers: readonly string[], factor: number): void {
  const questions = drafts
    .flatMap(one => questionsOf(one, factor))
    .filter(question => !answers.includes(question.answer))
  if (questions.length > 0) throw new NeedsConfirmation(questions)
}

function questionsOf(one: Draft, factor: number): Question[] {
  const { previous, ceiling, latest, known, incoming, entry } = one
  const codes = questionsAbout(incoming, known, factor)
  const risen = risenFrom(incoming, known) === known.ceiling ? ceiling : previous
  const asked = codes.map(code => questionOf(one, code, code === 'reading.rise' ? risen : previous, factor))
  return isChangedMeanwhile(entry, latest)
    ? [questionOf(one, 'reading.changed_meanwhile', latest, factor), ...asked]
    : asked
}

function questionOf(
  { residual, incoming, latest, known, later: readings }: Draft,
  code: string,
  beside: Reading | undefined,
  factor: number,
): Question {
  const from = { from: beside?.count ?? '', fromQualifier: beside?.qualifier ?? '' }
  const reading = { reading: beside?.id ?? 0, day: beside?.day ?? '', by: beside?.recordedBy ?? '' }
  const to = { to: incoming.count, toQualifier: incoming.qualifier, toDay: incoming.day }
  const isLater = latest !== undefined && latest.day > incoming.day
  const later: Record<string, string | number> = isLater
    ? { later: latest.count, laterQualifier: latest.qualifier, laterDay: latest.day }
    : { laterDay: '' }
  const risen = code === 'reading.next_rises' ? laterRise(incoming, known) : null
  const next = readings.find(({ day }) => day === risen?.day)
  const after: Record<string, string | number> = next
    ? { next: next.count, nextQualifier: next.qualifier, nextDay: next.day }
    : {}
  const about = (next ?? beside)?.id ?? 0
  return {
    path: `counts.${residual.id}.count`,
    code,
    values: { ...from, ...to, ...reading, ...later, ...after, factor },
    // The answer names the reading it was given for: a newer one in between asks again.
    answer: `${code}:${residual.id}:${about}:${incoming.count}:${incoming.qualifier}`,
  }
}

/** `seen` is what stood beside the field; where the form did not say, nobody can have been overtaken. */
function isChangedMeanwhile({ seen, count }: Entry, latest: Reading | undefined): boolean {
  const isSame = count.count === latest?.count && count.qualifier === latest.qualifier
  return seen !== null && seen !== (latest?.id ?? 0) && !isSame
}
