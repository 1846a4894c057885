import { z } from 'zod'
import type { Context } from '../context.ts'
import { ID } from '../domain/id.ts'
import { type Meaning, meaningOf } from '../domain/readings.ts'
import type { Count } from '../domain/vocabulary.ts'
import type { Change } from '../store/audit-log.ts'
import { findRow, type Trx } from '../store/columns.ts'
import { NOUNS, type Reading } from '../store/nouns.ts'
import { saveReading, withdrawReading as takeOut } from '../store/readings.ts'
import { appendSystemTotals, findResiduals, refreshSystemTotals } from '../store/residuals.ts'
import { findSystemsById } from '../store/systems.ts'
import { audited, type Moment } from './action.ts'
import { optionalText, readInput, requiredDay, requiredText } from './input.ts'
import { type Draft, draft, type Entry, entry, isInForce, refuseAny } from './reading-checks.ts'
import { askAbout } from './reading-questions.ts'
import { InputRefused, NotFound } from './refusal.ts'

/** More is no round of people; both databases look up so many residuals at once. */
export const MOST_IN_ROUND = 5000

/** What is sent for each residual, by its id. */
export function countsOf<T extends z.ZodType>(one: T) {
  return z.record(z.string().regex(ID), one).superRefine((counts, context) => {
    const number = Object.keys(counts).length
    if (number <= MOST_IN_ROUND) return
    const params = { code: 'reading.too_many', values: { number, most: MOST_IN_ROUND } }
    context.addIssue({ code: 'custom', params })
  })
}

/** One round of counting: a day, and for each residual (by id) a count. An empty count changes nothing. */
export const round = z.strictObject({
  day: requiredDay(),
  source: optionalText(),
  counts: countsOf(entry),
  answers: z.array(z.string()).default([]),
})

export type Recorded = {
  residualId: number
  readingId: number
  /** The change of the register that kept it. */
  revision: number
  before: Count | null
  after: Count
  meaning: Meaning
}

/**
 * Keeps the counts of one day, all of them or none; what is in force already is left out of the answer. Throws InputRefused with the problems of each field, or
 * NeedsConfirmation with what may be a slip: a rise, a fall to zero, a jump, a value repeated for the fifth time,
 * or a count that somebody else entered meanwhile. Paths are `counts.ID.count`,
 * and `counts.ID` of a residual that is not there.
 */
export async function recordReadings(context: Context, input: unknown): Promise<Recorded[]> {
  const { day, source, counts, answers } = readInput(round, input)
  const entries = Object.entries(counts).flatMap(([id, one]) =>
    one.count ? [[Number(id), one as Entry] as const] : [],
  )
  if (entries.length === 0) return []
  return audited(context, 'record-readings', async (trx, moment) => {
    const all = await draft(trx, entries, day)
    refuseAny({ ids: entries.map(([id]) => id), day, drafts: all }, moment)
    const drafts = all.filter(one => !isInForce(one))
    askAbout(drafts, answers, context.config.JUMP_FACTOR)
    const recorded: Recorded[] = []
    for (const one of drafts) recorded.push(await save(trx, one, source, moment))
    for (const system of new Set(drafts.map(one => one.system))) await appendSystemTotals(trx, system, day)
    return { result: recorded, changes: drafts.map((one, index) => toChange(one, recorded[index]!)) }
  })
}

const withdrawnReading = z.strictObject({ reason: requiredText(4000) })

/** Takes a reading out of force that should never have been entered; it stays visible with the reason. */
export async function withdrawReading(context: Context, id: number, input: unknown): Promise<Reading> {
  const { reason } = readInput(withdrawnReading, input)
  return audited(context, 'withdraw-reading', async (trx, { at }) => {
    const reading = await findRow(trx, NOUNS.reading, id)
    if (!reading) throw new NotFound('reading', id)
    if (reading.supersededAt) throw new InputRefused([{ path: 'reason', code: 'reading.not_in_force' }])
    const [residual] = await findResiduals(trx, [reading.residualId])
    if (!residual) throw new NotFound('residual', reading.residualId)
    await takeOut(trx, residual, reading, { at, reason })
    await refreshSystemTotals(trx, residual.systemId)
    const [system] = await findSystemsById(trx, [residual.systemId])
    const before = { day: reading.day, count: reading.count, qualifier: reading.qualifier }
    const label = `${system?.name} / ${residual.name}`
    return {
      result: reading,
      changes: [{ noun: 'reading', id, label, systemId: residual.systemId, before, why: reason }],
    }
  })
}

async function save(
  trx: Trx,
  { residual, previous, ceiling, known, incoming, entry }: Draft,
  source: string | null,
  moment: Moment,
) {
  const { day, count, qualifier, reason } = incoming
  const by = { recordedBy: moment.actor, recordedAt: moment.at }
  const kept = { residualId: residual.id, day, count, qualifier, reason, note: entry.note, source, ...by }
  const readingId = await saveReading(trx, residual, kept, { previous, ceiling })
  const before = previous ? { count: previous.count, qualifier: previous.qualifier } : null
  return {
    residualId: residual.id,
    readingId,
    revision: moment.revision,
    before,
    after: { count, qualifier },
    meaning: meaningOf(incoming, known),
  }
}

function toChange(
  { residual, system, previous, incoming, entry }: Draft,
  { readingId, meaning }: Recorded,
): Change {
  const before = previous && {
    day: previous.day,
    count: previous.count,
    qualifier: previous.qualifier,
    reason: previous.reason,
  }
  const after = {
    residualId: residual.id,
    day: incoming.day,
    count: incoming.count,
    qualifier: incoming.qualifier,
    reason: incoming.reason,
    meaning,
  }
  const label = `${system.name} / ${residual.name}`
  return { noun: 'reading', id: readingId, label, systemId: system.id, before, after, why: entry.note }
}
