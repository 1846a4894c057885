import { z } from 'zod'
import type { Context } from '../context.ts'
import { trialSource } from '../domain/trial-source.ts'
import type { Change } from '../store/audit-log.ts'
import type { Trx } from '../store/columns.ts'
import type { Complaint, Service, Trial } from '../store/nouns.ts'
import { findSameDependency, findSameExternal } from '../store/uses.ts'
import { audited, type Moment } from './action.ts'
import { refuseBefore, refuseFuture } from './day-checks.ts'
import { oneOf, readInput, requiredDay, requiredText } from './input.ts'
import { addRow, changeOne, changeRow, getRow, type Placed, refuseOldVersion, versionSeen } from './keep.ts'
import { reopenConfirmation } from './no-consumers.ts'
import { InputRefused } from './refusal.ts'
import { getServiceByKey } from './uses.ts'
import { refuseWithdrawn, withdrawal } from './withdrawals.ts'

const newComplaint = z.strictObject({
  day: requiredDay(),
  complainant: requiredText(),
  complaint: requiredText(4000),
})

/** Notes who missed a service during a trial; some find out only after it ended. Gives the id. */
export async function noteComplaint(context: Context, trialId: number, input: unknown): Promise<number> {
  const complaint = readInput(newComplaint, input)
  return audited(context, 'note-complaint', async (trx, { today }) => {
    const trial = await getRow(trx, 'trial_shutdown', trialId)
    refuseFuture('day', complaint.day, today)
    refuseBefore('day', complaint.day, trial.startedOn)
    const placed = await placeOfComplaint(trx, { ...complaint, trialId })
    const { id, change } = await addRow(trx, 'trial_complaint', { ...complaint, trialId }, placed)
    return { result: id, changes: [change] }
  })
}

/** Who turned out to use the service: one of the estate, by its key, or somebody outside, by name. */
export const USER_KINDS = ['service', 'external'] as const
const complaintUser = z.strictObject({
  userKind: oneOf(USER_KINDS),
  user: requiredText(),
  ...versionSeen.shape,
})

/**
 * Turns a complaint into the use that it gave away, declared by who complained, and links the two. A use that an
 * earlier complaint of the same trial gave away is linked, not recorded again.
 */
export async function makeUseOfComplaint(context: Context, id: number, input: unknown): Promise<void> {
  const { userKind, user, version } = readInput(complaintUser, input)
  await audited(context, 'make-use-of-complaint', async (trx, moment) => {
    const row = await getRow(trx, 'trial_complaint', id)
    refuseOldVersion('trial_complaint', row, version)
    refuseSettled(row)
    const trial = await getRow(trx, 'trial_shutdown', row.trialId)
    const service = await getRow(trx, 'service', trial.serviceId)
    const found = { row, trial, service, user, moment }
    const use = userKind === 'service' ? await dependencyOf(trx, found) : await externalOf(trx, found)
    const placed = await placeOfComplaint(trx, row)
    const link = await changeRow(trx, 'trial_complaint', row, version, use.link, placed)
    const reopened = await reopenConfirmation(trx, service.id, `${use.consumer} → ${service.key}`)
    return { result: undefined, changes: [...use.changes, ...(link ? [link] : []), ...reopened] }
  })
}

/** Takes back a complaint that was none. One that became a use stays: the use can be withdrawn. */
export async function withdrawComplaint(context: Context, id: number, input: unknown) {
  const noun = 'trial_complaint'
  const change = { action: 'withdraw-complaint', noun, id, input, schema: withdrawal } as const
  return changeOne(context, change, async (row, { reason }, { today }, trx) => {
    refuseSettled(row)
    const values = { withdrawnOn: today, withdrawnReason: reason }
    return { values, placed: { ...(await placeOfComplaint(trx, row)), why: reason } }
  })
}

type Found = { row: Complaint; trial: Trial; service: Service; user: string; moment: Moment }
type FoundUse = { consumer: string; changes: Change[]; link: Partial<Complaint> }

async function dependencyOf(trx: Trx, found: Found): Promise<FoundUse> {
  const { service, trial, user } = found
  const consumer = await getServiceByKey(trx, 'user', user.normalize('NFC'))
  if (consumer.id === service.id)
    throw new InputRefused([{ path: 'user', code: 'use.onto_itself', values: { key: user } }])
  const known = await findSameDependency(trx, consumer.id, service.id, trialSource(trial.startedOn))
  if (known) return { consumer: consumer.key, changes: [], link: { dependencyId: known.id } }
  const use = { ...usedBy(found), consumerId: consumer.id }
  const placed = { label: `${consumer.key} → ${service.key}`, serviceId: service.id }
  const { id, change } = await addRow(trx, 'dependency', use, placed)
  return { consumer: consumer.key, changes: [change], link: { dependencyId: id } }
}

async function externalOf(trx: Trx, found: Found): Promise<FoundUse> {
  const { service, trial, user } = found
  const known = await findSameExternal(trx, user, service.id, trialSource(trial.startedOn))
  if (known) return { consumer: user, changes: [], link: { externalConsumerId: known.id } }
  const placed = { label: `${user} → ${service.key}`, serviceId: service.id }
  const { id, change } = await addRow(trx, 'external_consumer', { ...usedBy(found), name: user }, placed)
  return { consumer: user, changes: [change], link: { externalConsumerId: id } }
}

/** Who misses a service needs it: a hard use until somebody finds out better. */
function usedBy({ row, trial, service }: Found) {
  return {
    providerId: service.id,
    strength: 'hard',
    needs: 'from',
    declaredOn: row.day,
    declaredBy: row.complainant,
    note: row.complaint,
    source: trialSource(trial.startedOn),
  } as const
}

function refuseSettled(row: Complaint): void {
  refuseWithdrawn(row)
  if (row.dependencyId !== null || row.externalConsumerId !== null)
    throw new InputRefused([{ path: 'user', code: 'trial.already_a_use' }])
}

async function placeOfComplaint(trx: Trx, row: Pick<Complaint, 'trialId' | 'complainant'>): Promise<Placed> {
  const { serviceId } = await getRow(trx, 'trial_shutdown', row.trialId)
  const { name } = await getRow(trx, 'service', serviceId)
  return { label: `${name} / ${row.complainant}`, serviceId }
}
