import { z } from 'zod'
import type { Context } from '../context.ts'
import { NEEDS, STRENGTHS } from '../domain/landscape.ts'
import type { Trx } from '../store/columns.ts'
import { findService } from '../store/services.ts'
import { audited, type Moment } from './action.ts'
import { refusePast, refuseWithdrawn, waiver, withdrawal } from './gates.ts'
import {
  key,
  oneOf,
  optionalDay,
  optionalName,
  optionalText,
  optionalWholeNumber,
  readInput,
  requiredText,
} from './input.ts'
import { addRow, changeOne, getRow, type Placed, versionSeen } from './keep.ts'
import { InputRefused } from './refusal.ts'
import { refuseFuture } from './systems.ts'

/** The two kinds of use: by a service of the estate, and by a consumer outside it. */
export type UseNoun = 'dependency' | 'external_consumer'

const describedUse = {
  strength: oneOf(STRENGTHS),
  needs: oneOf(NEEDS),
  declaredOn: optionalDay(),
  declaredBy: optionalName(),
  lastSeenOn: optionalDay(),
  quietDays: optionalWholeNumber(1, 3650),
  untilOn: optionalDay(),
  note: optionalText(),
  source: optionalText(),
}
export const newDependency = z.strictObject({ consumer: key(), provider: key(), ...describedUse })
export const newExternal = z.strictObject({ name: requiredText(), provider: key(), ...describedUse })
export const editedUse = z.strictObject({ ...describedUse, ...versionSeen.shape })

/** Records that one service uses another. */
export async function createDependency(context: Context, input: unknown): Promise<number> {
  const { consumer, provider, ...use } = readInput(newDependency, input)
  if (consumer === provider)
    throw new InputRefused([{ path: 'provider', code: 'use.onto_itself', values: { key: provider } }])
  return audited(context, 'create-dependency', async (trx, moment) => {
    refuseDays(use, moment)
    const [from, to] = [
      await getService(trx, 'consumer', consumer),
      await getService(trx, 'provider', provider),
    ]
    await refuseSameUse(trx, from.id, to.id, use.source)
    const placed = { label: `${from.key} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(
      trx,
      'dependency',
      { ...use, consumerId: from.id, providerId: to.id },
      placed,
    )
    return { result: id, changes: [change] }
  })
}

/** Records that somebody outside the estate uses a service. */
export async function createExternal(context: Context, input: unknown): Promise<number> {
  const { provider, ...use } = readInput(newExternal, input)
  return audited(context, 'create-external-consumer', async (trx, moment) => {
    refuseDays(use, moment)
    const to = await getService(trx, 'provider', provider)
    const placed = { label: `${use.name} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(trx, 'external_consumer', { ...use, providerId: to.id }, placed)
    return { result: id, changes: [change] }
  })
}

/** Changes how a use stands: its evidence, its strength, the day of its planned re-pointing. Its two ends stay. */
export async function editUse(context: Context, noun: UseNoun, id: number, input: unknown) {
  const change = { action: 'edit-use', noun, id, input, schema: editedUse } as const
  return changeOne(context, change, async (row, { version, ...values }, moment, trx) => {
    refuseWithdrawn(row)
    refuseDays(values, moment)
    return { values, placed: await placeOf(trx, noun, row) }
  })
}

/** Lets a use not count: a scanner, a health check. By whom, why, and until when. */
export async function waiveUse(context: Context, noun: UseNoun, id: number, input: unknown) {
  const change = { action: 'waive-use', noun, id, input, schema: waiver } as const
  return changeOne(context, change, async (row, { waivedBy, waiverReason, waivedUntil }, { today }, trx) => {
    refuseWithdrawn(row)
    refusePast('waivedUntil', waivedUntil, today)
    const values = { waivedOn: today, waivedBy, waiverReason, waivedUntil }
    return { values, placed: { ...(await placeOf(trx, noun, row)), why: waiverReason } }
  })
}

/** Says that a use is no more. Its record stays. */
export async function withdrawUse(context: Context, noun: UseNoun, id: number, input: unknown) {
  const change = { action: 'withdraw-use', noun, id, input, schema: withdrawal } as const
  return changeOne(context, change, async (row, { reason }, { today }, trx) => {
    refuseWithdrawn(row)
    const values = { withdrawnOn: today, withdrawnReason: reason }
    return { values, placed: { ...(await placeOf(trx, noun, row)), why: reason } }
  })
}

/** A use that nobody declared and nobody saw is no evidence: it would hold nothing and hide the silence. */
function refuseDays(use: { declaredOn: string | null; lastSeenOn: string | null }, { today }: Moment): void {
  refuseFuture('declaredOn', use.declaredOn, today)
  refuseFuture('lastSeenOn', use.lastSeenOn, today)
  if (!use.declaredOn && !use.lastSeenOn)
    throw new InputRefused([{ path: 'declaredOn', code: 'use.no_evidence' }])
}

async function refuseSameUse(
  trx: Trx,
  consumerId: number,
  providerId: number,
  source: string | null,
): Promise<void> {
  const same = await trx
    .selectFrom('dependency')
    .select('id')
    .where('consumer_id', '=', consumerId)
    .where('provider_id', '=', providerId)
    .where('withdrawn_on', 'is', null)
    .where('source', source === null ? 'is' : '=', source)
    .executeTakeFirst()
  if (same) throw new InputRefused([{ path: 'provider', code: 'use.already_there' }])
}

async function getService(trx: Trx, path: string, key: string) {
  const service = await findService(trx, key)
  if (!service) throw new InputRefused([{ path, code: 'input.unknown_service', values: { key } }])
  return service
}

async function placeOf(
  trx: Trx,
  noun: UseNoun,
  row: { providerId: number; consumerId?: number; name?: string },
): Promise<Placed> {
  const provider = await getRow(trx, 'service', row.providerId)
  const consumer = noun === 'dependency' ? (await getRow(trx, 'service', row.consumerId!)).key : row.name
  return { label: `${consumer} → ${provider.key}`, serviceId: provider.id }
}
