import type { Day } from '../domain/calendar.ts'
import { holdsOf } from '../domain/lifecycle.ts'
import { type Db, selectRows } from './columns.ts'
import { NOUNS, type System } from './nouns.ts'
import { listResiduals } from './residuals.ts'
import type { Page } from './systems.ts'

/** What goes on after systems were retired, at most `limit` of each kind. */

export type RetiredUnready = Pick<System, 'key' | 'name' | 'nameEn' | 'overrideReason'> & { holds: string[] }

/** Systems that an override retired and that something still holds, the last retired first, each with what that is. */
export async function listRetiredUnready(db: Db, today: Day, limit: number): Promise<RetiredUnready[]> {
  const found: RetiredUnready[] = []
  for (let offset = 0; found.length < limit; offset += limit) {
    const some = await listOverridden(db, { limit, offset })
    found.push(...(await withHolds(db, today, some)))
    if (some.length < limit) break
  }
  return found.slice(0, limit)
}

async function listOverridden(db: Db, { limit, offset }: Page): Promise<System[]> {
  return selectRows(db, NOUNS.system)
    .where('system.status', '=', 'retired')
    .where('system.override_reason', 'is not', null)
    .orderBy('system.status_on', order => order.desc().nullsLast())
    .orderBy('system.id')
    .limit(limit)
    .offset(offset)
    .execute()
}

async function withHolds(db: Db, today: Day, systems: readonly System[]): Promise<RetiredUnready[]> {
  if (systems.length === 0) return []
  const ids = systems.map(({ id }) => id)
  const residualsOf = Map.groupBy(await listResiduals(db, ids), one => one.systemId)
  const gates = await selectRows(db, NOUNS.gate).where('gate.system_id', 'in', ids).execute()
  const gatesOf = Map.groupBy(gates, one => one.systemId)
  const held = systems.map(system => ({
    ...system,
    holds: holdsOf(residualsOf.get(system.id) ?? [], gatesOf.get(system.id) ?? [], today),
  }))
  return held.filter(({ holds }) => holds.length > 0)
}

export type OnAfterRetirement = {
  system: Pick<System, 'key' | 'name' | 'nameEn'>
  /** How many of its services are on, and the first of them. */
  count: number
  service: string
}

/** Systems with services that are on although every system they serve is retired. One that stays may. */
export async function listOnAfterRetirement(db: Db, limit: number): Promise<OnAfterRetirement[]> {
  const found = await db
    .selectFrom(selectOnAfterRetirement(db).as('running'))
    .select(eb => ['running.systemId', eb.fn.countAll<number>().as('count')])
    .select(eb => eb.fn.min('running.service').as('service'))
    .groupBy('running.systemId')
    .orderBy('running.systemId')
    .limit(limit)
    .execute()
  const ids = found.map(({ systemId }) => systemId)
  if (ids.length === 0) return []
  const systems = await selectRows(db, NOUNS.system).where('system.id', 'in', ids).execute()
  const byId = new Map(systems.map(system => [system.id, system]))
  return found.map(({ systemId, ...running }) => ({ ...running, system: byId.get(systemId)! }))
}

/** Each with the first of its systems. */
function selectOnAfterRetirement(db: Db) {
  return db
    .selectFrom('service_system')
    .innerJoin('service', 'service.id', 'service_system.service_id')
    .innerJoin('system', 'system.id', 'service_system.system_id')
    .select(eb => ['service.key as service', eb.fn.min('system.id').as('systemId')])
    .where('service_system.ended_on', 'is', null)
    .where('service.id', 'in', servicesOfRetired(db))
    .where('service.state', '=', 'on')
    .where(eb => eb.or([eb('service.role', 'is', null), eb('service.role', '<>', 'stay')]))
    .groupBy(['service.id', 'service.key'])
    .having(eb => eb(eb.fn.min('system.status'), '=', 'retired'))
    .having(eb => eb(eb.fn.max('system.status'), '=', 'retired'))
}

function servicesOfRetired(db: Db) {
  return db
    .selectFrom('system')
    .innerJoin('service_system', 'service_system.system_id', 'system.id')
    .select('service_system.service_id')
    .where('system.status', '=', 'retired')
    .where('service_system.ended_on', 'is', null)
}
