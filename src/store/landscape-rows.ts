import type { Day } from '../domain/calendar.ts'
import type { Gate } from '../domain/gates.ts'
import { currenciesOf, type Known, type KnownCost, type KnownCosts, knownOf } from '../domain/known-cost.ts'
import type { Register, RegisteredService, RegisteredSystem } from '../domain/register.ts'
import { costOfMonth } from '../domain/savings.ts'
import type { Db } from './columns.ts'
import { type KeptGate, loadGates } from './gates.ts'
import { loadLastUses } from './last-uses.ts'
import { listCostsOfServices, loadCosts } from './money.ts'
import { type Owned, replaced, replacedById, type Touched } from './touched.ts'

export type RegisterRows = {
  systems: Owned<SystemRow>[]
  services: (Owned<RegisteredService> & { knownCost: Known })[]
  dependencies: Owned<Register['dependencies'][number]>[]
  externals: Owned<Register['externals'][number]>[]
}

type SystemRow = Omit<RegisteredSystem, 'residualZeroOn'> & { declaredZeroOn: Day | null }

/** Everything, or what belongs to the systems and services that were touched. */
export async function loadRegisterRows(db: Db, today: Day, of?: Touched): Promise<RegisterRows> {
  const gates = await loadGates(db, of)
  const systems = of?.systemIds.length === 0 ? [] : await loadSystems(db, gates, of?.systemIds)
  if (of?.serviceIds.length === 0) return { systems, services: [], dependencies: [], externals: [] }
  return {
    systems,
    services: await loadServices(db, gates, today, of?.serviceIds),
    dependencies: await loadDependencies(db, of?.serviceIds),
    externals: await loadExternals(db, of?.serviceIds),
  }
}

/** What the costs of the landscape that these rows become do not tell as numbers. */
export type CostsBeside = {
  /** The one that they are in, then those in which some service costs something too; none where no cost is known. */
  currencies: readonly string[]
  knownCosts: KnownCosts
}

export function costsBeside({ services }: RegisterRows): CostsBeside {
  const costs = costsKnown.get(services) ?? costsIn(services)
  costsKnown.set(services, costs)
  return costs
}

/** Most changes leave the services the very same list. */
const costsKnown = new WeakMap<RegisterRows['services'], CostsBeside>()

/** Most services cost something in one currency alone, and share what stands beside that. */
function costsIn(services: RegisterRows['services']): CostsBeside {
  const currencies = currenciesOf(services.map(({ row }) => row.costs))
  const beside = new Map<string, KnownCost>()
  for (const { row, knownCost } of services) {
    const others = row.costs.filter(({ fen, currency }) => fen > 0 && currency !== currencies[0])
    if (others.length > 0) beside.set(row.key, { known: knownCost, others })
    else if (knownCost !== 'all') beside.set(row.key, IN_ONE_CURRENCY[knownCost])
  }
  return { currencies, knownCosts: key => beside.get(key) ?? IN_ONE_CURRENCY.all }
}

const IN_ONE_CURRENCY: Record<Known, KnownCost> = {
  all: { known: 'all', others: [] },
  some: { known: 'some', others: [] },
  none: { known: 'none', others: [] },
}

/** Those of which something may lapse, which are few: the list of lapses is the same without all others. */
export function lapsingRows(rows: RegisterRows): RegisterRows {
  const isPassing = (gate: Gate) => gate.waivedUntil !== null || gate.evidenceExpiresOn !== null
  return {
    systems: rows.systems.filter(({ row }) => row.gates.some(isPassing)),
    services: rows.services.filter(({ row }) => row.gates.some(isPassing)),
    dependencies: rows.dependencies.filter(({ row }) => row.waivedUntil !== null),
    externals: rows.externals.filter(({ row }) => row.waivedUntil !== null),
  }
}

/** The rows with those that were touched read anew, in the order of ids as before. */
export function withTouched(
  rows: RegisterRows,
  fresh: RegisterRows,
  { systemIds, serviceIds }: Touched,
): RegisterRows {
  const systems = replacedById(rows.systems, fresh.systems, systemIds)
  if (serviceIds.length === 0) return { ...rows, systems }
  return {
    systems,
    services: replaced(rows.services, fresh.services, serviceIds),
    dependencies: replaced(rows.dependencies, fresh.dependencies, serviceIds),
    externals: replaced(rows.externals, fresh.externals, serviceIds),
  }
}

async function loadSystems(db: Db, gates: KeptGate[], ids?: readonly number[]) {
  let query = db
    .selectFrom('system')
    .select(['id', 'key', 'role', 'status', 'open_total as total', 'residual_count as residuals'])
    .select(['uncounted_count as uncounted', 'unsettled_count as unsettled'])
    .orderBy('id')
  if (ids) query = query.where('id', 'in', ids)
  const rows = await query.execute()
  const gatesOf = Map.groupBy(gates, gate => gate.systemId)
  const zeroOn = await loadDeclaredZeroDays(db, ids)
  return rows.map(({ id, ...system }) => ({
    id,
    owners: [id],
    row: { ...system, declaredZeroOn: zeroOn.get(id) ?? null, gates: gatesOf.get(id) ?? [] },
  }))
}

/** Where every residual that is still open has a day on which somebody says it will be empty: the last of them. */
async function loadDeclaredZeroDays(db: Db, ids?: readonly number[]): Promise<Map<number, Day | null>> {
  let query = db
    .selectFrom('residual')
    .select(eb => ['system_id as systemId', eb.fn.max('declared_zero_on').as('zeroOn')])
    .where('closed_on', 'is', null)
    .where(eb =>
      eb.or([
        eb('latest_count', 'is', null),
        eb('latest_count', '<>', 0),
        eb('latest_qualifier', '<>', 'exact'),
      ]),
    )
    .groupBy('system_id')
    .having(eb => eb(eb.fn.countAll(), '=', eb.fn.count('declared_zero_on')))
  if (ids) query = query.where('system_id', 'in', ids)
  return new Map((await query.execute()).map(({ systemId, zeroOn }) => [systemId, zeroOn]))
}

async function loadServices(db: Db, gates: KeptGate[], today: Day, ids?: readonly number[]) {
  let query = db
    .selectFrom('service')
    .select(['id', 'key', 'state', 'off_since as offSince', 'role'])
    .orderBy('id')
  let serving = db
    .selectFrom('service_system')
    .innerJoin('system', 'system.id', 'service_system.system_id')
    .select(['service_id as serviceId', 'system.key'])
    .where('ended_on', 'is', null)
    .orderBy('service_system.id')
  if (ids) {
    query = query.where('id', 'in', ids)
    serving = serving.where('service_id', 'in', ids)
  }
  const rows = await query.execute()
  const systemsOf = Map.groupBy(await serving.execute(), row => row.serviceId)
  const gatesOf = Map.groupBy(gates, gate => gate.serviceId)
  const costs = ids ? await listCostsOfServices(db, ids) : await loadCosts(db)
  const costsOf = Map.groupBy(costs, cost => cost.serviceId)
  const usedOn = await loadLastUses(db, ids)
  return rows.map(({ id, ...service }) => {
    const cost = costOfMonth(costsOf.get(id) ?? [], today)
    const row = {
      ...service,
      systems: systemsOf.get(id)?.map(row => row.key) ?? [],
      costs: cost.known,
      gates: gatesOf.get(id) ?? [],
      usedOn: usedOn.get(id) ?? null,
    }
    return { id, owners: [id], row, knownCost: knownOf(cost) }
  })
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

async function loadDependencies(db: Db, of?: readonly number[]) {
  let query = db
    .selectFrom('dependency')
    .innerJoin('service as consumer', 'consumer.id', 'consumer_id')
    .innerJoin('service as provider', 'provider.id', 'provider_id')
    .select(['dependency.id', 'consumer_id as consumerId', 'provider_id as providerId'])
    .select(['consumer.key as consumer', 'provider.key as provider', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('dependency.id')
  if (of) query = query.where(eb => eb.or([eb('consumer_id', 'in', of), eb('provider_id', 'in', of)]))
  const rows = await query.execute()
  return rows.map(({ id, consumerId, providerId, ...row }) => ({ id, owners: [consumerId, providerId], row }))
}

async function loadExternals(db: Db, of?: readonly number[]) {
  let query = db
    .selectFrom('external_consumer')
    .innerJoin('service as provider', 'provider.id', 'provider_id')
    .select(['external_consumer.id', 'provider_id as providerId'])
    .select(['external_consumer.name', 'provider.key as provider', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('external_consumer.id')
  if (of) query = query.where('provider_id', 'in', of)
  return (await query.execute()).map(({ id, providerId, ...row }) => ({ id, owners: [providerId], row }))
}
