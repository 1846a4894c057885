import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { isClosedForGood, isPlainlyOpen } from '../domain/gates.ts'
import { RESERVED_GATE_KEYS } from '../domain/register.ts'
import { GATE_KINDS } from '../domain/vocabulary.ts'
import type { GateRow } from '../store/nouns.ts'
import { audited } from './action.ts'
import { refuseFuture, refusePast } from './day-checks.ts'
import {
  key,
  oneOf,
  optionalDay,
  optionalName,
  optionalText,
  readInput,
  requiredDay,
  requiredText,
} from './input.ts'
import { addRow, changeOne, refuseDuplicateKey, versionSeen } from './keep.ts'
import { refuseSecondQuestion, refuseUsed } from './no-consumers.ts'
import { type Owner, ownerOf, placeOf } from './places.ts'
import { InputRefused, NeedsConfirmation } from './refusal.ts'
import { NOT_WAIVED, refuseWithdrawn } from './withdrawals.ts'

const describedGate = {
  key: key(),
  name: requiredText(),
  nameEn: optionalName(),
  kind: oneOf(GATE_KINDS),
  owner: optionalName(),
  closesOn: optionalDay(),
  note: optionalText(),
  source: optionalText(),
}
const answered = { answers: z.array(z.string()).default([]) }
const newGate = z.strictObject({ ...describedGate, state: oneOf(['open', 'unknown']), ...answered })
const editedGate = z.strictObject({ ...describedGate, ...versionSeen.shape, ...answered })

/** Adds a gate, open or of unknown state. It is closed by a step of its own, with evidence. */
export async function createGate(context: Context, owner: Owner, input: unknown): Promise<number> {
  const { answers, ...gate } = readInput(newGate, input)
  refuseReserved(gate.key)
  return audited(context, 'create-gate', async (trx, { today }) => {
    const placed = await placeOf(trx, { ...owner, name: gate.name })
    await refuseDuplicateKey(trx, 'gate', gate.key, owner)
    if (isConfirmation(gate) && 'serviceId' in owner) await refuseSecondQuestion(trx, owner.serviceId)
    askAboutPast(gate.closesOn, today, answers)
    const { id, change } = await addRow(trx, 'gate', { ...owner, ...gate }, placed)
    return { result: id, changes: [change] }
  })
}

export async function editGate(context: Context, id: number, input: unknown) {
  const change = { action: 'edit-gate', noun: 'gate', id, input, schema: editedGate } as const
  return changeOne(context, change, async (row, { version, answers, ...values }, { today }, trx) => {
    refuseWithdrawn(row)
    refuseOtherQuestion(row, values)
    if (values.key !== row.key) refuseReserved(values.key)
    await refuseDuplicateKey(trx, 'gate', values.key, ownerOf(row), row)
    if (values.closesOn !== row.closesOn && row.state !== 'closed')
      askAboutPast(values.closesOn, today, answers)
    return { values, placed: await placeOf(trx, { ...row, name: values.name }) }
  })
}

const closedGate = z.strictObject({
  on: requiredDay(),
  evidence: requiredText(4000),
  evidenceExpiresOn: optionalDay(),
  ...versionSeen.shape,
})

/** Closes a gate on the strength of evidence, which may expire. A waiver is needed no more and ends with it. */
export async function closeGate(context: Context, id: number, input: unknown) {
  const change = { action: 'close-gate', noun: 'gate', id, input, schema: closedGate } as const
  return changeOne(context, change, async (row, { on, evidence, evidenceExpiresOn }, { today }, trx) => {
    refuseWithdrawn(row)
    if (isClosedForGood(row, today)) throw new InputRefused([{ path: 'on', code: 'gate.already_closed' }])
    refuseFuture('on', on, today)
    refusePast('evidenceExpiresOn', evidenceExpiresOn, today)
    if (isConfirmation(row) && row.serviceId !== null) await refuseUsed(context, trx, row.serviceId, today)
    const values = { state: 'closed', closedOn: on, evidence, evidenceExpiresOn, ...NOT_WAIVED } as const
    return { values, placed: { ...(await placeOf(trx, row)), why: evidence } }
  })
}

const reopenedGate = z.strictObject({
  state: oneOf(['open', 'unknown']),
  reason: requiredText(4000),
  ...versionSeen.shape,
})

/** Opens a gate again, or says that nobody knows how it stands. A waiver ends with it. */
export async function reopenGate(context: Context, id: number, input: unknown) {
  const change = { action: 'reopen-gate', noun: 'gate', id, input, schema: reopenedGate } as const
  return changeOne(context, change, async (row, { state, reason }, _moment, trx) => {
    refuseWithdrawn(row)
    if (isPlainlyOpen(row) || (row.state === state && !row.waivedOn))
      throw new InputRefused([{ path: 'state', code: 'gate.not_closed', values: { gate: row.state } }])
    const values = { state, closedOn: null, evidenceExpiresOn: null, ...NOT_WAIVED }
    return { values, placed: { ...(await placeOf(trx, row)), why: reason } }
  })
}

/** A gate that was to close by today is overdue from its first moment: more often the year is a slip. */
function askAboutPast(closesOn: Day | null, today: Day, answers: readonly string[]): void {
  if (!closesOn || closesOn > today) return
  const answer = `gate.closes_past:${closesOn}`
  if (answers.includes(answer)) return
  const values = { day: closesOn, today }
  throw new NeedsConfirmation([{ path: 'closesOn', code: 'gate.closes_past', values, answer }])
}

function refuseReserved(key: string): void {
  if (RESERVED_GATE_KEYS.includes(key))
    throw new InputRefused([{ path: 'key', code: 'gate.reserved_key', values: { key } }])
}

/** That nobody calls a service is proven by a question of its own: the proof of something else does not answer it. */
function refuseOtherQuestion(row: Pick<GateRow, 'kind'>, values: Pick<GateRow, 'kind'>): void {
  if (isConfirmation(row) === isConfirmation(values)) return
  throw new InputRefused([{ path: 'kind', code: 'gate.other_question' }])
}

function isConfirmation({ kind }: Pick<GateRow, 'kind'>): boolean {
  return kind === 'no_consumers'
}
