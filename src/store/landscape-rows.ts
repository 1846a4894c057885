import type { Day } from '../domain/calendar.ts'
import type { Gate } from '../domain/gates.ts'
import { currenciesOf, type Known, type KnownCost, type KnownCosts, knownOf } from '../domain/known-cost.ts'
import { costOfMonth } from '../domain/monthly-cost.ts'
import type { RegisteredService, RegisteredSystem } from '../domain/register.ts'
import type { Db } from './columns.ts'
import { type KeptGate, loadGates } from './gates.ts'
import { loadLastUses } from './last-uses.ts'
import { listCostsOfServices, loadCostsOfServices } from './money.ts'
import { type Kept, replaced, replacedById, type Touched } from './touched.ts'
import { loadKeysAround, selectUses, type UseRows, withKeys } from './use-rows.ts'

export type RegisterRows = {
  systems: Kept<SystemRow>[]
  services: (Kept<RegisteredService> & { knownCost: Known })[]
} & UseRows

type SystemRow = Omit<RegisteredSystem, 'residualZeroOn'> & { declaredZeroOn: Day | null }

/** Everything, or what belongs to the systems and services that were touched. */
export async function loadRegisterRows(db: Db, today: Day, of?: Touched): Promise<RegisterRows> {
  const gates = await loadGates(db, of)
  const systems = of?.systemIds.length === 0 ? [] : await loadSystems(db, gates, of?.systemIds)
  const ids = of?.serviceIds
  if (ids?.length === 0) return { systems, services: [], dependencies: [], externals: [] }
  // Before the services, none of which ever goes: so there is one at each end of every use.
  const uses = await selectUses(db, ids)
  const services = await loadServices(db, gates, today, ids)
  const keys = ids ? await loadKeysAround(db, ids) : new Map(services.map(({ id, row }) => [id, row.key]))
  return { systems, services, ...withKeys(uses, keys) }
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
  const touched = new Set(serviceIds)
  return {
    systems,
    services: replacedById(rows.services, fresh.services, serviceIds),
    dependencies: replaced(
      rows.dependencies,
      fresh.dependencies,
      ({ consumerId, providerId }) => touched.has(consumerId) || touched.has(providerId),
    ),
    externals: replaced(rows.externals, fresh.externals, ({ providerId }) => touched.has(providerId)),
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
  return rows.map(system => {
    const { id } = system
    return { id, row: { ...system, declaredZeroOn: zeroOn.get(id) ?? null, gates: gatesOf.get(id) ?? [] } }
  })
}

/** What `declaredZeroOn` of the open orders says of each system, worked out where the rows are. */
async function loadDeclaredZeroDays(db: Db, ids?: readonly number[]): Promise<Map<number, Day | null>> {
  const declared = db
    .selectFrom('residual')
    .select('system_id')
    .where('closed_on', 'is', null)
    .where('declared_zero_on', 'is not', null)
  let query = db
    .selectFrom('residual')
    .select(eb => ['system_id as systemId', eb.fn.max('declared_zero_on').as('zeroOn')])
    .where('system_id', 'in', declared)
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
  const costs = ids ? await listCostsOfServices(db, ids) : await loadCostsOfServices(db)
  const costsOf = Map.groupBy(costs, cost => cost.serviceId)
  const usedOn = await loadLastUses(db, ids)
  return rows.map(service => {
    const { id } = service
    const cost = costOfMonth(costsOf.get(id) ?? [], today)
    const row = {
      ...service,
      systems: systemsOf.get(id)?.map(row => row.key) ?? [],
      costs: cost.known,
      gates: gatesOf.get(id) ?? [],
      usedOn: usedOn.get(id) ?? null,
    }
    return { id, row, knownCost: knownOf(cost) }
  })
}
