import { type Db, selectRows, type Trx } from './columns.ts'
import { inCodeOrder } from './dialect.ts'
import { matches } from './matching.ts'
import { NOUNS, type Service } from './nouns.ts'

export async function findService(db: Db, key: string): Promise<Service | undefined> {
  return selectRows(db, NOUNS.service).where('service.key', '=', key.normalize('NFC')).executeTakeFirst()
}

export async function findServicesByKey(db: Db, keys: readonly string[]): Promise<Service[]> {
  if (keys.length === 0) return []
  return selectRows(db, NOUNS.service).where('service.key', 'in', keys).execute()
}

/** By key, why services that are off were switched off although something held them. */
export async function listOverridden(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('service')
    .select(['key', 'override_reason as reason'])
    .where('state', '=', 'off')
    .where('override_reason', 'is not', null)
    .execute()
  return new Map(rows.map(({ key, reason }) => [key, reason ?? '']))
}

export type ServiceFilter = { text?: string; systemId?: number }

/** Services by key; all of them where the caller has its own order to page by. */
export async function listServices(
  db: Db,
  filter: ServiceFilter,
  page?: { limit: number; offset: number },
): Promise<Service[]> {
  let query = selectRows(db, NOUNS.service).orderBy(eb => inCodeOrder(db, eb.ref('service.key')))
  if (filter.text) query = query.where(matches(db, 'service', filter.text))
  if (filter.systemId !== undefined) query = query.where('service.id', 'in', servicesOf(db, filter.systemId))
  if (page) query = query.limit(page.limit).offset(page.offset)
  return query.execute()
}

export async function countServices(db: Db, filter: ServiceFilter): Promise<number> {
  let query = db.selectFrom('service').select(eb => eb.fn.countAll<number>().as('total'))
  if (filter.text) query = query.where(matches(db, 'service', filter.text))
  if (filter.systemId !== undefined) query = query.where('service.id', 'in', servicesOf(db, filter.systemId))
  return (await query.executeTakeFirstOrThrow()).total
}

export type ServedSystem = {
  serviceId: number
  systemId: number
  key: string
  name: string
  nameEn: string | null
}

/** Which systems some services serve today. */
export async function listServedSystems(db: Db, serviceIds: readonly number[]): Promise<ServedSystem[]> {
  if (serviceIds.length === 0) return []
  return db
    .selectFrom('service_system')
    .innerJoin('system', 'system.id', 'service_system.system_id')
    .select([
      'service_system.service_id as serviceId',
      'system.id as systemId',
      'system.key',
      'system.name',
      'system.name_en as nameEn',
    ])
    .where('service_system.ended_on', 'is', null)
    .where('service_system.service_id', 'in', serviceIds)
    .orderBy('system.id')
    .execute()
}

export async function startServing(trx: Trx, serviceId: number, systemId: number): Promise<void> {
  await trx
    .insertInto('service_system')
    .values({ service_id: serviceId, system_id: systemId, ended_on: null })
    .execute()
}

export async function endServing(trx: Trx, serviceId: number, systemId: number, day: string): Promise<void> {
  await trx
    .updateTable('service_system')
    .set({ ended_on: day })
    .where('service_id', '=', serviceId)
    .where('system_id', '=', systemId)
    .where('ended_on', 'is', null)
    .execute()
}

function servicesOf(db: Db, systemId: number) {
  return db
    .selectFrom('service_system')
    .select('service_id')
    .where('system_id', '=', systemId)
    .where('ended_on', 'is', null)
}
