import { z } from 'zod'
import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { NO_CONSUMERS_GATE } from '../domain/register.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { listLiveConsumers } from '../domain/shutdown/uses-of-service.ts'
import type { Change } from '../store/audit-log.ts'
import type { Trx } from '../store/columns.ts'
import { listGates } from '../store/gates.ts'
import { loadLandscape } from '../store/landscape.ts'
import type { GateRow, Service } from '../store/nouns.ts'
import { listOpenComplaints } from '../store/trials.ts'
import { audited } from './action.ts'
import { refusePast } from './day-checks.ts'
import { optionalDay, readInput, requiredText } from './input.ts'
import { addRow, changeRow, getRow } from './keep.ts'
import { InputRefused } from './refusal.ts'
import { NOT_WAIVED } from './withdrawals.ts'

const noConsumers = z.strictObject({
  evidence: requiredText(4000),
  evidenceExpiresOn: optionalDay(),
})

/**
 * Confirms with evidence that nobody calls a service: closes its gate for that, adding the gate first where the
 * register itself had stood in for it. Refused while somebody does call, or missed it in a trial and nobody has said
 * whether that is a use.
 */
export async function confirmNoConsumers(context: Context, serviceId: number, input: unknown): Promise<void> {
  const proof = readInput(noConsumers, input)
  await audited(context, 'confirm-no-consumers', async (trx, { today }) => {
    refusePast('evidenceExpiresOn', proof.evidenceExpiresOn, today)
    const service = await getRow(trx, 'service', serviceId)
    await refuseUsed(context, trx, serviceId, today)
    const closed = { ...proof, ...NOT_WAIVED, state: 'closed', closedOn: today } as const
    return { result: undefined, changes: await confirm(trx, service, closed) }
  })
}

/** Asked at every door through which somebody says that nobody calls a service any more. */
export async function refuseUsed(context: Context, trx: Trx, serviceId: number, today: Day): Promise<void> {
  const { key } = await getRow(trx, 'service', serviceId)
  const judgement = judge(await loadLandscape(trx, today, usualDays(context)), today)
  refuseCalled(listLiveConsumers(judgement, key))
  await refuseMissed(trx, serviceId)
}

/**
 * A use that comes on record after somebody confirmed that there is none, or let the question wait, takes that back,
 * at whichever door it comes in: withdrawing the use later does not mend the proof.
 */
export async function reopenConfirmation(trx: Trx, serviceId: number, use: string): Promise<Change[]> {
  const { name } = await getRow(trx, 'service', serviceId)
  const changes: Change[] = []
  for (const gate of await listConfirmations(trx, serviceId)) {
    if (gate.state !== 'closed' && !gate.waivedOn) continue
    const state = gate.state === 'closed' ? 'open' : gate.state
    const values = { state, closedOn: null, evidenceExpiresOn: null, ...NOT_WAIVED } as const
    const placed = { label: `${name} / ${gate.name}`, serviceId, why: use }
    const change = await changeRow(trx, 'gate', gate, gate.version, values, placed)
    if (change) changes.push(change)
  }
  return changes
}

/** One question, one gate: of two, one would stay open when the other is answered. A register taken over may have both. */
export async function refuseSecondQuestion(trx: Trx, serviceId: number): Promise<void> {
  const [asked] = await listConfirmations(trx, serviceId)
  if (asked)
    throw new InputRefused([{ path: 'kind', code: 'gate.second_question', values: { gate: asked.name } }])
}

async function listConfirmations(trx: Trx, serviceId: number): Promise<GateRow[]> {
  const gates = await listGates(trx, { serviceId })
  return gates.filter(gate => gate.kind === 'no_consumers' && !gate.withdrawnOn)
}

function refuseCalled(consumers: readonly string[]): void {
  if (consumers.length === 0) return
  const values = { count: consumers.length, consumers: consumers.slice(0, 10).join(', ') }
  throw new InputRefused([{ path: 'evidence', code: 'shutdown.still_called', values }])
}

/** Who missed it in a trial may be a consumer; until somebody has said so or withdrawn it, nothing is confirmed. */
async function refuseMissed(trx: Trx, serviceId: number): Promise<void> {
  const complaints = await listOpenComplaints(trx, { serviceIds: [serviceId] })
  const [first] = complaints
  if (!first) return
  const { complainant, day } = first
  const values = { complainant, day, count: complaints.length }
  throw new InputRefused([{ path: 'evidence', code: 'shutdown.unsettled_complaint', values }])
}

async function confirm(trx: Trx, service: Service, closed: Partial<GateRow>): Promise<Change[]> {
  const standing = await listConfirmations(trx, service.id)
  const why = closed.evidence
  if (standing.length === 0) return [await addConfirmation(trx, service, closed)]
  const changes: Change[] = []
  for (const gate of standing) {
    const placed = { label: `${service.name} / ${gate.name}`, serviceId: service.id, why }
    const change = await changeRow(trx, 'gate', gate, gate.version, closed, placed)
    if (change) changes.push(change)
  }
  return changes
}

async function addConfirmation(trx: Trx, { id, name }: Service, closed: Partial<GateRow>): Promise<Change> {
  const taken = (await listGates(trx, { serviceId: id })).map(({ key }) => key)
  const gate = { ...NAME, ...closed, serviceId: id, key: freeKey(taken), kind: 'no_consumers' } as const
  const { change } = await addRow(trx, 'gate', gate, { label: `${name} / ${NAME.name}`, serviceId: id })
  return { ...change, why: closed.evidence }
}

const NAME = { name: '确认无调用方', nameEn: 'No consumers confirmed' }

/** A withdrawn gate keeps its key for ever. */
function freeKey(taken: readonly string[]): string {
  let key = NO_CONSUMERS_GATE
  for (let next = 2; taken.includes(key); next++) key = `${NO_CONSUMERS_GATE}-${next}`
  return key
}
