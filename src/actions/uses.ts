import { z } from 'zod'
import type { Context } from '../context.ts'
import { NEEDS, STRENGTHS } from '../domain/landscape.ts'
import { findKeyButForCase, type Trx } from '../store/columns.ts'
import { NOUNS, type Service } from '../store/nouns.ts'
import { findRenamed } from '../store/renamed.ts'
import { findService } from '../store/services.ts'
import { findSameDependency } from '../store/uses.ts'
import { audited, type Moment } from './action.ts'
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
import { addRow, changeOne, versionSeen } from './keep.ts'
import { reopenConfirmation } from './no-consumers.ts'
import { placeOf } from './places.ts'
import { InputRefused } from './refusal.ts'
import { refuseFuture, refuseWithdrawn } from './withdrawals.ts'

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
const newDependency = z.strictObject({ consumer: key(), provider: key(), ...describedUse })
const newExternal = z.strictObject({ name: requiredText(), provider: key(), ...describedUse })
const editedUse = z.strictObject({ ...describedUse, ...versionSeen.shape })

/** Records that one service uses another. */
export async function createDependency(context: Context, input: unknown): Promise<number> {
  const { consumer, provider, ...use } = readInput(newDependency, input)
  return audited(context, 'create-dependency', async (trx, moment) => {
    refuseDays(use, moment)
    const [from, to] = [
      await getServiceByKey(trx, 'consumer', consumer),
      await getServiceByKey(trx, 'provider', provider),
    ]
    if (from.id === to.id)
      throw new InputRefused([{ path: 'provider', code: 'use.onto_itself', values: { key: to.key } }])
    if (await findSameDependency(trx, from.id, to.id, use.source)) {
      throw new InputRefused([{ path: 'provider', code: 'use.already_there' }])
    }
    const placed = { label: `${from.key} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(
      trx,
      'dependency',
      { ...use, consumerId: from.id, providerId: to.id },
      placed,
    )
    return { result: id, changes: [change, ...(await reopenConfirmation(trx, to, placed.label))] }
  })
}

/** Records that somebody outside the estate uses a service. */
export async function createExternal(context: Context, input: unknown): Promise<number> {
  const { provider, ...use } = readInput(newExternal, input)
  return audited(context, 'create-external-consumer', async (trx, moment) => {
    refuseDays(use, moment)
    const to = await getServiceByKey(trx, 'provider', provider)
    const placed = { label: `${use.name} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(trx, 'external_consumer', { ...use, providerId: to.id }, placed)
    return { result: id, changes: [change, ...(await reopenConfirmation(trx, to, placed.label))] }
  })
}

/** Changes how a use stands: its evidence, its strength, the day of its planned re-pointing. Its two ends stay. */
export async function editUse(context: Context, noun: UseNoun, id: number, input: unknown) {
  const change = { action: 'edit-use', noun, id, input, schema: editedUse } as const
  return changeOne(context, change, async (row, { version, ...values }, moment, trx) => {
    refuseWithdrawn(row)
    refuseDays(values, moment)
    return { values, placed: await placeOf(trx, row) }
  })
}

/** A use that nobody declared and nobody saw is no evidence: it would hold nothing and hide the silence. */
function refuseDays(use: { declaredOn: string | null; lastSeenOn: string | null }, { today }: Moment): void {
  refuseFuture('declaredOn', use.declaredOn, today)
  refuseFuture('lastSeenOn', use.lastSeenOn, today)
  if (!use.declaredOn && !use.lastSeenOn)
    throw new InputRefused([{ path: 'declaredOn', code: 'use.no_evidence' }])
}

/** By the key it has or had, in whatever case. Throws InputRefused at the field where the key was typed. */
export async function getServiceByKey(trx: Trx, path: string, key: string): Promise<Service> {
  const service = (await findService(trx, key)) ?? (await findByOtherKey(trx, key))
  if (!service) throw new InputRefused([{ path, code: 'input.unknown_service', values: { key } }])
  return service
}

/** No two keys differ by case alone, and a former key is not given away, so this is no guess. */
async function findByOtherKey(trx: Trx, key: string): Promise<Service | undefined> {
  const other =
    (await findKeyButForCase(trx, NOUNS.service, key)) ?? (await findRenamed(trx, 'service', key))?.key
  return other === undefined ? undefined : findService(trx, other)
}
