import { z } from 'zod'
import type { Problem } from '../domain/problem.ts'
import { type Incoming, type Known, questionsAbout, refuseReading } from '../domain/readings.ts'
import { CHANGE_REASONS, type Count } from '../domain/vocabulary.ts'
import type { Trx } from '../store/columns.ts'
import type { Reading, System } from '../store/nouns.ts'
import { findReadingBy } from '../store/readings.ts'
import { findResiduals, type ResidualState } from '../store/residuals.ts'
import { findSystemsById } from '../store/systems.ts'
import type { Moment } from './action.ts'
import { optionalCount, optionalOneOf, optionalText, optionalWholeNumber } from './input.ts'
import { InputRefused, NeedsConfirmation, NotFound, type Question } from './refusal.ts'

export const entry = z.strictObject({
  count: optionalCount(),
  reason: optionalOneOf(CHANGE_REASONS),
  note: optionalText(),
  /** The reading that the person saw beside the field; empty where there was none. */
  seen: optionalWholeNumber(),
})

export type Entry = z.output<typeof entry> & { count: Count }

/** A count as it would be kept, beside all that it has to be compared with. */
export type Draft = {
  residual: ResidualState
  system: System
  previous: Reading | undefined
  known: Known
  incoming: Incoming
  entry: Entry
}

export async function draft(
  trx: Trx,
  entries: readonly (readonly [number, Entry])[],
  day: string,
): Promise<Draft[]> {
  const residuals = new Map(
    (
      await findResiduals(
        trx,
        entries.map(([id]) => id),
      )
    ).map(one => [one.id, one]),
  )
  const systemIds = [...new Set([...residuals.values()].map(one => one.systemId))]
  const systems = new Map((await findSystemsById(trx, systemIds)).map(one => [one.id, one]))
  const drafts: Draft[] = []
  for (const [id, one] of entries) {
    const residual = residuals.get(id)
    const system = residual && systems.get(residual.systemId)
    if (!system) throw new NotFound('residual', id)
    const previous = residual.latest ? await findReadingBy(trx, id, day) : undefined
    const { firstOn, closedOn, latest } = residual
    const known = {
      previous: previous ?? null,
      firstOn,
      closedOn,
      unchangedReadings: latest?.unchangedReadings ?? 0,
      status: system.status,
    }
    drafts.push({
      residual,
      system,
      previous,
      known,
      incoming: { ...one.count, day, reason: one.reason },
      entry: one,
    })
  }
  return drafts
}

export function refuseAny(drafts: readonly Draft[], day: string, { today }: Moment): void {
  const problems = drafts.flatMap(({ residual, incoming, known }): Problem[] =>
    refuseReading(incoming, known, today).map(problem => ({
      ...problem,
      path: `counts.${residual.id}.count`,
    })),
  )
  if (day > today) throw new InputRefused([{ path: 'day', code: 'day.future', values: { day, today } }])
  if (problems.length > 0) throw new InputRefused(problems)
}

export function askAbout(drafts: readonly Draft[], answers: readonly string[], factor: number): void {
  const questions = drafts
    .flatMap(one => questionsOf(one, factor))
    .filter(question => !answers.includes(question.answer))
  if (questions.length > 0) throw new NeedsConfirmation(questions)
}

function questionsOf({ residual, previous, known, incoming, entry }: Draft, factor: number): Question[] {
  const codes = questionsAbout(incoming, known, factor)
  if (isChangedMeanwhile(entry, previous)) codes.unshift('reading.changed_meanwhile')
  const path = `counts.${residual.id}.count`
  const from = previous?.count ?? ''
  return codes.map(code => ({
    path,
    code,
    values: { from, to: incoming.count, by: previous?.recordedBy ?? '', day: previous?.day ?? '', factor },
    // The answer names the reading it was given for: a newer one in between asks again.
    answer: `${code}:${residual.id}:${previous?.id ?? 0}:${incoming.count}:${incoming.qualifier}`,
  }))
}

/** `seen` is what stood beside the field; where the form did not say, nobody can have been overtaken. */
function isChangedMeanwhile(entry: Entry, previous: Reading | undefined): boolean {
  return entry.seen !== null && entry.seen !== (previous?.id ?? 0) && entry.count.count !== previous?.count
}
