import type { Day } from '../domain/calendar.ts'
import type { Db } from './columns.ts'

/**
 * The last day on which a use of a service was declared or seen, withdrawn ones included, for the services of which
 * somebody has confirmed that nobody calls them, all or some. A waived use has been explained; one of itself says nothing.
 */
export async function loadLastUses(db: Db, ids?: readonly number[]): Promise<Map<number, Day>> {
  const inside = await db
    .selectFrom('dependency')
    .select(eb => [
      'provider_id as id',
      eb.fn.max('declared_on').as('declared'),
      eb.fn.max('last_seen_on').as('seen'),
    ])
    .whereRef('consumer_id', '<>', 'provider_id')
    .where('waived_on', 'is', null)
    .where('provider_id', 'in', confirmed(db, ids))
    .groupBy('provider_id')
    .execute()
  const outside = await db
    .selectFrom('external_consumer')
    .select(eb => [
      'provider_id as id',
      eb.fn.max('declared_on').as('declared'),
      eb.fn.max('last_seen_on').as('seen'),
    ])
    .where('waived_on', 'is', null)
    .where('provider_id', 'in', confirmed(db, ids))
    .groupBy('provider_id')
    .execute()
  const last = new Map<number, Day>()
  for (const { id, declared, seen } of [...inside, ...outside]) {
    for (const day of [declared, seen]) if (day && day > (last.get(id) ?? '')) last.set(id, day)
  }
  return last
}

function confirmed(db: Db, ids?: readonly number[]) {
  const services = db
    .selectFrom('gate')
    .select('service_id')
    .where('kind', '=', 'no_consumers')
    .where('state', '=', 'closed')
    .where('withdrawn_on', 'is', null)
    .where('service_id', 'is not', null)
  return ids ? services.where('service_id', 'in', ids) : services
}
