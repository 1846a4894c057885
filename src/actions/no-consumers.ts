import { z } from 'zod'
import type { Context } from '../context.ts'
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
import { optionalDay, readInput, requiredText } from './input.ts'
import { addRow, changeRow, getRow } from './keep.ts'
import { InputRefused } from './refusal.ts'
import { refusePast } from './withdrawals.ts'

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
    const { QUIET_DAYS: quietDays, SOAK_DAYS: soakDays } = context.config
    const judgement = judge(await loadLandscape(trx, today, { quietDays, soakDays }), today)
    refuseCalled(listLiveConsumers(judgement, service.key))
    await refuseMissed(trx, serviceId)
    const closed = { ...proof, state: 'closed', closedOn: today } as const
    return { result: undefined, changes: await closeGate(trx, service, closed) }
  })
}

/** A use that is recorded after somebody confirmed that there is none takes the confirmation back. */
export async function reopenConfirmation(trx: Trx, service: Service, use: string): Promise<Change[]> {
  const gates = await listGates(trx, { serviceId: service.id })
  const closed = gates.find(
    gate => gate.kind === 'no_consumers' && gate.state === 'closed' && !gate.withdrawnOn,
  )
  if (!closed) return []
  const values = { state: 'open', closedOn: null, evidenceExpiresOn: null } as const
  const placed = { label: `${service.name} / ${closed.name}`, serviceId: service.id, why: use }
  const change = await changeRow(trx, 'gate', closed, closed.version, values, placed)
  return change ? [change] : []
}

function refuseCalled(consumers: readonly string[]): void {
  if (consumers.length === 0) return
  const values = { count: consumers.length, consumers: consumers.slice(0, 10).join(', ') }
  throw new InputRefused([{ path: 'evidence', code: 'shutdown.still_called', values }])
}

/** Who missed it in a trial may be a consumer; until somebody has said so or withdrawn it, nothing is confirmed. */
export async function refuseMissed(trx: Trx, serviceId: number): Promise<void> {
  const complaints = await listOpenComplaints(trx, { serviceIds: [serviceId] })
  const [first] = complaints
  if (!first) return
  const { complainant, day } = first
  const values = { complainant, day, count: complaints.length }
  throw new InputRefused([{ path: 'evidence', code: 'shutdown.unsettled_complaint', values }])
}

async function closeGate(trx: Trx, service: Service, closed: Partial<GateRow>): Promise<Change[]> {
  const gates = await listGates(trx, { serviceId: service.id })
  const standing = gates.find(gate => gate.kind === 'no_consumers' && !gate.withdrawnOn)
  const placed = {
    label: `${service.name} / ${standing?.name ?? NAME.name}`,
    serviceId: service.id,
    why: closed.evidence,
  }
  if (standing) {
    const change = await changeRow(trx, 'gate', standing, standing.version, closed, placed)
    return change ? [change] : []
  }
  const taken = gates.map(({ key }) => key)
  const gate = {
    ...NAME,
    ...closed,
    serviceId: service.id,
    key: freeKey(taken),
    kind: 'no_consumers',
  } as const
  const { change } = await addRow(trx, 'gate', gate, placed)
  return [{ ...change, why: closed.evidence }]
}

const NAME = { name: '确认无调用方', nameEn: 'No consumers confirmed' }

/** A withdrawn gate keeps its key for ever. */
function freeKey(taken: readonly string[]): string {
  let key = NO_CONSUMERS_GATE
  for (let next = 2; taken.includes(key); next++) key = `${NO_CONSUMERS_GATE}-${next}`
  return key
}
