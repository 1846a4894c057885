import { z } from 'zod'
import type { Context } from '../context.ts'
import { SERVICE_ROLES } from '../domain/landscape.ts'
import type { Trx } from '../store/columns.ts'
import { endServing, listServedSystems, startServing } from '../store/services.ts'
import { findSystem } from '../store/systems.ts'
import { audited } from './action.ts'
import { key, optionalName, optionalOneOf, optionalText, pageKey, requiredText } from './input.ts'
import { addRow, changeRow, getRow, refuseOldVersion, refuseTakenKey, versionSeen } from './keep.ts'
import { InputRefused } from './refusal.ts'
import { aboutKey, readTogether } from './told-together.ts'

const describedService = {
  key: pageKey(),
  name: requiredText(),
  role: optionalOneOf(SERVICE_ROLES),
  /** Keys of the systems that it serves. */
  systems: z.array(key()).default([]),
  owner: optionalName(),
  note: optionalText(),
  source: optionalText(),
}
const newService = z.strictObject(describedService)
const editedService = z.strictObject({
  ...describedService,
  /** Why the role is another one now. */
  roleReason: optionalText(),
  ...versionSeen.shape,
})

/** Adds a service that is on. Gives its key. */
export async function createService(context: Context, input: unknown): Promise<{ id: number; key: string }> {
  const taken = aboutKey(input, key => refuseTakenKey(context.db, 'service', key))
  const { systems, ...service } = await readTogether(newService, input, taken)
  return audited(context, 'create-service', async trx => {
    await refuseTakenKey(trx, 'service', service.key)
    const served = await getSystems(trx, systems)
    const { id, change } = await addRow(trx, 'service', { ...service, state: 'on' }, { label: service.name })
    for (const systemId of served.values()) await startServing(trx, id, systemId)
    const after = { ...change.after, systems: [...served.keys()] }
    return { result: { id, key: service.key }, changes: [{ ...change, serviceId: id, after }] }
  })
}

export async function editService(context: Context, id: number, input: unknown) {
  const taken = aboutKey(input, async key =>
    refuseTakenKey(context.db, 'service', key, await getRow(context.db, 'service', id)),
  )
  const { systems, version, roleReason, ...values } = await readTogether(editedService, input, taken)
  return audited(context, 'edit-service', async (trx, { today }) => {
    const row = await getRow(trx, 'service', id)
    refuseOldVersion('service', row, version)
    await refuseTakenKey(trx, 'service', values.key, row)
    const serving = await listServedSystems(trx, [id])
    const wanted = await getSystems(trx, systems)
    const before = serving.map(one => one.key)
    for (const one of serving) if (!wanted.has(one.key)) await endServing(trx, id, one.systemId, today)
    for (const [key, systemId] of wanted) if (!before.includes(key)) await startServing(trx, id, systemId)
    const after = [...wanted.keys()]
    const isMoved = before.length !== after.length || before.some(key => !wanted.has(key))
    const placed = { label: values.name, serviceId: id, why: roleReason }
    const beside = isMoved ? { before: { systems: before }, after: { systems: after } } : undefined
    const change = await changeRow(trx, 'service', row, version, values, placed, beside)
    return { result: row, changes: change ? [change] : [] }
  })
}

/** The ids of systems by their keys. Throws InputRefused when one of them is not in the register. */
async function getSystems(trx: Trx, keys: readonly string[]): Promise<Map<string, number>> {
  const systems = new Map<string, number>()
  for (const key of keys) {
    const system = await findSystem(trx, key)
    if (!system) throw new InputRefused([{ path: 'systems', code: 'input.unknown_system', values: { key } }])
    systems.set(system.key, system.id)
  }
  return systems
}
