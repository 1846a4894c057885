import { declaredZeroOn, openOrders } from '../domain/open-orders.ts'
import type { AuditEntry } from './audit-log.ts'
import type { Db } from './columns.ts'
import { countsWithout, type ThenCounted } from './counts-without.ts'
import type { RegisterRows } from './landscape-rows.ts'
import { findPlace, findThing } from './places.ts'
import { listResiduals } from './residuals.ts'
import { replacedById } from './touched.ts'

/**
 * The rows of the register as they are now, but without what some entries of the history changed: what they added is
 * not there, and what they altered is as it was. Everything keeps the key that it has now.
 */
export async function rowsWithout(
  db: Db,
  rows: RegisterRows,
  entries: readonly AuditEntry[],
): Promise<RegisterRows> {
  const isReading = ({ noun }: AuditEntry) => noun === 'reading'
  let before = await withoutReadings(db, rows, entries.filter(isReading))
  for (const entry of entries) before = await without(db, before, entry)
  return before
}

/** Those of one system are taken away together: what is open there adds up all its residuals. */
async function withoutReadings(
  db: Db,
  rows: RegisterRows,
  readings: readonly AuditEntry[],
): Promise<RegisterRows> {
  const ids = new Set(readings.flatMap(({ systemId }) => systemId ?? []))
  if (ids.size === 0) return rows
  const asTheyWere = await countsWithout(db, readings)
  const bySystem = Map.groupBy(await listResiduals(db, [...ids]), ({ systemId }) => systemId)
  return withOpen(rows, new Map([...bySystem].map(([id, residuals]) => [id, residuals.map(asTheyWere)])))
}

/** What differed before a change; null where the thing was added by it. */
type Was = object | null

async function without(
  db: Db,
  rows: RegisterRows,
  { noun, nounId: id, before }: AuditEntry,
): Promise<RegisterRows> {
  const was: Was = before === null ? null : JSON.parse(before)
  const { systems, services, dependencies, externals } = rows
  if (noun === 'system') return { ...rows, systems: systems.map(one => asItWas(one, id, was)) }
  if (noun === 'service') return { ...rows, services: services.map(one => asItWas(one, id, was)) }
  if (noun === 'gate') return withoutGate(db, rows, id, was)
  if (noun === 'residual') return withoutResidual(db, rows, id, was)
  if (noun === 'dependency')
    return { ...rows, dependencies: replacedById(dependencies, await dependencyAsItWas(db, id, was), [id]) }
  if (noun === 'external_consumer')
    return { ...rows, externals: replacedById(externals, await externalAsItWas(db, id, was), [id]) }
  return rows
}

function asItWas<One extends { id: number; row: { key: string } }>(one: One, id: number, was: Was): One {
  return one.id === id ? { ...one, row: { ...one.row, ...was, key: one.row.key } } : one
}

async function withoutGate(db: Db, rows: RegisterRows, id: number, was: Was): Promise<RegisterRows> {
  const gate = await findThing(db, 'gate', id)
  if (!gate) return rows
  const earlier = was ? [{ ...gate, ...was }] : []
  const around = <G extends { key: string }>(gates: readonly G[]) => gates.filter(one => one.key !== gate.key)
  return {
    ...rows,
    systems: rows.systems.map(one =>
      one.id === gate.systemId
        ? { ...one, row: { ...one.row, gates: [...around(one.row.gates), ...earlier] } }
        : one,
    ),
    services: rows.services.map(one =>
      one.id === gate.serviceId
        ? { ...one, row: { ...one.row, gates: [...around(one.row.gates), ...earlier] } }
        : one,
    ),
  }
}

/** Its system has open what the others have, and the residual where it was open. */
async function withoutResidual(db: Db, rows: RegisterRows, id: number, was: Was): Promise<RegisterRows> {
  const residual = await findThing(db, 'residual', id)
  if (!residual) return rows
  const residuals = (await listResiduals(db, [residual.systemId]))
    .filter(one => one.id !== id || was)
    .map(one => (one.id === id ? { ...one, ...was } : one))
  return withOpen(rows, new Map([[residual.systemId, residuals]]))
}

/** Systems by id, each with these residuals instead of its own. */
function withOpen(
  rows: RegisterRows,
  residualsOf: ReadonlyMap<number, readonly ThenCounted[]>,
): RegisterRows {
  const systems = rows.systems.map(one => {
    const residuals = residualsOf.get(one.id)?.filter(({ closedOn }) => !closedOn)
    if (!residuals) return one
    const { byUnit: _, ...open } = openOrders(residuals)
    return asItWas(one, one.id, { ...open, declaredZeroOn: declaredZeroOn(residuals) })
  })
  return { ...rows, systems }
}

async function dependencyAsItWas(db: Db, id: number, was: Was) {
  const use = was && (await findThing(db, 'dependency', id))
  if (!use) return []
  const [consumer, provider] = [await keyOf(db, use.consumerId), await keyOf(db, use.providerId)]
  const { consumerId, providerId } = use
  return [{ id, consumerId, providerId, row: { ...use, ...was, consumer, provider } }]
}

async function externalAsItWas(db: Db, id: number, was: Was) {
  const use = was && (await findThing(db, 'external_consumer', id))
  if (!use) return []
  const { providerId } = use
  return [{ id, providerId, row: { ...use, ...was, provider: await keyOf(db, providerId) } }]
}

async function keyOf(db: Db, serviceId: number): Promise<string> {
  return (await findPlace(db, { serviceId }))!.key
}
