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
