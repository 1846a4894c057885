import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import { type Db, selectRows } from './columns.ts'
import { type Dependency, type ExternalUse, NOUNS } from './nouns.ts'

export type NamedDependency = Dependency & { consumer: string; provider: string }
export type NamedExternal = ExternalUse & { provider: string }

/** The uses between services, all or those that touch one service, withdrawn ones included. */
export async function listDependencies(db: Db, touching?: number): Promise<NamedDependency[]> {
  let query = selectNamedDependencies(db)
  if (touching !== undefined) {
    query = query.where(eb =>
      eb.or([eb('dependency.consumer_id', '=', touching), eb('dependency.provider_id', '=', touching)]),
    )
  }
  return query.execute()
}

/** The uses by outside consumers, all or those of one provider, withdrawn ones included. */
export async function listExternals(db: Db, providerId?: number): Promise<NamedExternal[]> {
  let query = selectNamedExternals(db)
  if (providerId !== undefined) query = query.where('external_consumer.provider_id', '=', providerId)
  return query.execute()
}

/** A use between the same two services that the same source has already told, if it still stands. */
export async function findSameDependency(
  db: Db,
  consumerId: number,
  providerId: number,
  source: string | null,
) {
  return db
    .selectFrom('dependency')
    .select('id')
    .where('consumer_id', '=', consumerId)
    .where('provider_id', '=', providerId)
    .where('withdrawn_on', 'is', null)
    .where('source', source === null ? 'is' : '=', source)
    .executeTakeFirst()
}

/** The same for somebody outside the estate. */
export async function findSameExternal(db: Db, name: string, providerId: number, source: string | null) {
  return db
    .selectFrom('external_consumer')
    .select('id')
    .where('name', '=', name)
    .where('provider_id', '=', providerId)
    .where('withdrawn_on', 'is', null)
    .where('source', source === null ? 'is' : '=', source)
    .executeTakeFirst()
}

/** The use of a service that was declared or seen last, on which day, withdrawn ones included; waived ones are explained. */
export async function findLastUse(
  db: Db,
  serviceId: number,
): Promise<{ consumer: string; day: Day; withdrawnOn: Day | null } | undefined> {
  const inside = await db
    .selectFrom('dependency')
    .innerJoin('service as consumer', 'consumer.id', 'dependency.consumer_id')
    .select(['consumer.key as consumer', 'withdrawn_on as withdrawnOn', LAST_DAY.as('day')])
    .where('provider_id', '=', serviceId)
    .whereRef('consumer_id', '<>', 'provider_id')
    .where('waived_on', 'is', null)
    .orderBy('day', order => order.desc().nullsLast())
    .limit(1)
    .execute()
  const outside = await db
    .selectFrom('external_consumer')
    .select(['name as consumer', 'withdrawn_on as withdrawnOn', LAST_DAY.as('day')])
    .where('provider_id', '=', serviceId)
    .where('waived_on', 'is', null)
    .orderBy('day', order => order.desc().nullsLast())
    .limit(1)
    .execute()
  const dated = [...inside, ...outside].flatMap(({ day, ...use }) => (day ? [{ ...use, day }] : []))
  return dated.sort((a, b) => (a.day < b.day ? 1 : -1))[0]
}

const LAST_DAY = sql<Day | null>`case when coalesce(last_seen_on, '') > coalesce(declared_on, '')
  then last_seen_on else declared_on end`

export function selectNamedDependencies(db: Db) {
  return selectRows(db, NOUNS.dependency)
    .innerJoin('service as consumer', 'consumer.id', 'dependency.consumer_id')
    .innerJoin('service as provider', 'provider.id', 'dependency.provider_id')
    .select(['consumer.key as consumer', 'provider.key as provider'])
    .orderBy('dependency.id')
}

export function selectNamedExternals(db: Db) {
  return selectRows(db, NOUNS.external_consumer)
    .innerJoin('service as provider', 'provider.id', 'external_consumer.provider_id')
    .select('provider.key as provider')
    .orderBy('external_consumer.id')
}
