import type { Register } from '../domain/register.ts'
import type { Db } from './columns.ts'
import type { Kept } from './touched.ts'

export type UseRows = {
  dependencies: (Kept<Register['dependencies'][number]> & { consumerId: number; providerId: number })[]
  externals: (Kept<Register['externals'][number]> & { providerId: number })[]
}

type Selected = Awaited<ReturnType<typeof selectUses>>
type Keys = ReadonlyMap<number, string>

/** All uses that stand, or those of some services, whose keys `withKeys` adds. */
export async function selectUses(db: Db, of?: readonly number[]) {
  return { dependencies: await selectDependencies(db, of), externals: await selectExternals(db, of) }
}

/** Joined to the uses, each key would be read and kept as often as a use has it. */
export function withKeys({ dependencies, externals }: Selected, keys: Keys): UseRows {
  return {
    dependencies: dependencies.map(use => {
      const { id, consumerId, providerId } = use
      const row = { ...use, consumer: keys.get(consumerId)!, provider: keys.get(providerId)! }
      return { id, consumerId, providerId, row }
    }),
    externals: externals.map(use => {
      const { id, providerId } = use
      return { id, providerId, row: { ...use, provider: keys.get(providerId)! } }
    }),
  }
}

/** The keys of some services and of all that they use or are used by. */
export async function loadKeysAround(db: Db, ids: readonly number[]): Promise<Keys> {
  const uses = db.selectFrom('dependency')
  const services = await db
    .selectFrom('service')
    .select(['id', 'key'])
    .where(eb =>
      eb.or([
        eb('id', 'in', ids),
        eb('id', 'in', uses.select('provider_id').where('consumer_id', 'in', ids)),
        eb('id', 'in', uses.select('consumer_id').where('provider_id', 'in', ids)),
      ]),
    )
    .execute()
  return new Map(services.map(({ id, key }) => [id, key]))
}

const USE = [
  'strength',
  'needs',
  'declared_on as declaredOn',
  'last_seen_on as lastSeenOn',
  'quiet_days as quietDays',
  'until_on as untilOn',
  'waived_on as waivedOn',
  'waived_until as waivedUntil',
] as const

async function selectDependencies(db: Db, of?: readonly number[]) {
  const query = db
    .selectFrom('dependency')
    .select(['id', 'consumer_id as consumerId', 'provider_id as providerId', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
  if (!of) return query.execute()
  return query.where(eb => eb.or([eb('consumer_id', 'in', of), eb('provider_id', 'in', of)])).execute()
}

async function selectExternals(db: Db, of?: readonly number[]) {
  const query = db
    .selectFrom('external_consumer')
    .select(['id', 'provider_id as providerId', 'name', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
  return of ? query.where('provider_id', 'in', of).execute() : query.execute()
}
