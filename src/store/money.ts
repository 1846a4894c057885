import type { Day } from '../domain/calendar.ts'
import { type ServiceSavings, savingsOfServices } from '../domain/savings.ts'
import { type Db, selectRows } from './columns.ts'
import { type CostRow, type ExpectedSaving, NOUNS } from './nouns.ts'
import { carriedOn } from './per-revision.ts'

/** Ids from one up to another, which is not among them. */
export type IdRange = { from: number; to: number }

type Owner = { systemId: number } | { serviceId: number }

/** The monthly costs of a system or a service, withdrawn ones included, in the order they came into force. */
export async function listCosts(db: Db, of: Owner): Promise<CostRow[]> {
  const query = selectRows(db, NOUNS.monthly_cost)
    .orderBy('monthly_cost.kind')
    .orderBy('monthly_cost.from_on', order => order.asc().nullsFirst())
    .orderBy('monthly_cost.id')
  return 'systemId' in of
    ? query.where('monthly_cost.system_id', '=', of.systemId).execute()
    : query.where('monthly_cost.service_id', '=', of.serviceId).execute()
}

/** The monthly costs of some services, without withdrawn ones. */
export async function listCostsOfServices(db: Db, serviceIds: readonly number[]): Promise<CostRow[]> {
  if (serviceIds.length === 0) return []
  return selectRows(db, NOUNS.monthly_cost)
    .where('monthly_cost.service_id', 'in', serviceIds)
    .where('monthly_cost.withdrawn_on', 'is', null)
    .orderBy('monthly_cost.id')
    .execute()
}

/** What entries of costs tell of a sum. */
type Summed = Pick<CostRow, 'systemId' | 'serviceId' | 'kind' | 'amountFen' | 'currency' | 'fromOn'>

/** The monthly costs of systems, some or all, in force or past. */
export async function loadCostsOfSystems(db: Db, some?: readonly number[] | IdRange): Promise<Summed[]> {
  const query = summedCosts(db).where('system_id', 'is not', null)
  if (!some) return query.execute()
  if ('from' in some)
    return query.where('system_id', '>=', some.from).where('system_id', '<', some.to).execute()
  return some.length === 0 ? [] : query.where('system_id', 'in', some).execute()
}

/** The same of all services. */
export async function loadCostsOfServices(db: Db): Promise<Summed[]> {
  return summedCosts(db).where('service_id', 'is not', null).execute()
}

function summedCosts(db: Db) {
  return db
    .selectFrom('monthly_cost')
    .select(['system_id as systemId', 'service_id as serviceId', 'kind'])
    .select(['amount_fen as amountFen', 'currency', 'from_on as fromOn'])
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
}

/** What all services that are off have saved, worked out once for each change of a service. */
export async function loadServiceSavings(db: Db, today: Day): Promise<ServiceSavings> {
  return carriedOn<ServiceSavings>(db, 'service-savings', today, async earlier =>
    earlier?.touched.serviceIds.length === 0 ? earlier.answer : readServiceSavings(db, today),
  )
}

export async function readServiceSavings(db: Db, today: Day): Promise<ServiceSavings> {
  const rows = await selectRows(db, NOUNS.monthly_cost)
    .innerJoin('service', 'service.id', 'monthly_cost.service_id')
    .select(['service.id as offId', 'service.off_since as offSince'])
    .where('service.state', '=', 'off')
    .where('monthly_cost.withdrawn_on', 'is', null)
    .orderBy('monthly_cost.id')
    .execute()
  const costsOf = Map.groupBy(rows, ({ offId }) => offId)
  const off = Array.from(costsOf.values(), costs => ({ offSince: costs[0]!.offSince, costs }))
  return savingsOfServices(off, today)
}

/** An entry of the same kind from the same day that stands, so that a new one would replace it. */
export async function findSameCost(
  db: Db,
  of: Owner,
  { kind, fromOn }: Pick<CostRow, 'kind' | 'fromOn'>,
): Promise<CostRow | undefined> {
  const rows = await listCosts(db, of)
  return rows.findLast(cost => cost.kind === kind && cost.fromOn === fromOn && !cost.withdrawnOn)
}

/** What somebody expects systems to save; without what was withdrawn. */
export async function loadExpectedSavings(db: Db, { from, to }: IdRange): Promise<ExpectedSaving[]> {
  return selectRows(db, NOUNS.expected_saving)
    .where('expected_saving.withdrawn_on', 'is', null)
    .where('expected_saving.system_id', '>=', from)
    .where('expected_saving.system_id', '<', to)
    .orderBy('expected_saving.id')
    .execute()
}

export async function listExpectedSavings(db: Db, systemId?: number): Promise<ExpectedSaving[]> {
  let query = selectRows(db, NOUNS.expected_saving).orderBy('expected_saving.id')
  if (systemId !== undefined) query = query.where('expected_saving.system_id', '=', systemId)
  return query.execute()
}

/** One of the same kind and amount that still stands; of several the newest. */
export async function findSameSaving(
  db: Db,
  systemId: number,
  { kind, amountFen, currency, personMonths }: Amounts,
): Promise<ExpectedSaving | undefined> {
  const rows = await listExpectedSavings(db, systemId)
  return rows.findLast(
    one =>
      !one.withdrawnOn &&
      one.kind === kind &&
      one.amountFen === amountFen &&
      one.currency === currency &&
      one.personMonths === personMonths,
  )
}

type Amounts = Pick<ExpectedSaving, 'kind' | 'amountFen' | 'currency' | 'personMonths'>
