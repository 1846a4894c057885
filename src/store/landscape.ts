import type { Day } from '../domain/calendar.ts'
import { jointStatements } from '../domain/forecast/joint.ts'
import type { Landscape } from '../domain/landscape.ts'
import {
  type Register,
  type RegisteredService,
  type RegisteredSystem,
  toLandscape,
} from '../domain/register.ts'
import { addMoney, costOfMonth } from '../domain/savings.ts'
import type { Db } from './columns.ts'
import type { EstateOutlook } from './estate-forecasts.ts'
import type { Outlook } from './forecasts.ts'
import { type KeptGate, loadGates } from './gates.ts'
import { loadLastUses } from './last-uses.ts'
import { loadCosts } from './money.ts'

/**
 * The whole estate as the shutdown analysis reads it: a few queries, plain objects. Without `outlooks` residuals end on
 * the days that were declared: enough for a verdict, in which dates play no part.
 */
export async function loadLandscape(
  db: Db,
  today: Day,
  days: Pick<Landscape, 'quietDays' | 'soakDays'>,
  outlooks: EstateOutlook = new Map(),
): Promise<Landscape> {
  return toLandscape(await loadRegister(db, today, outlooks), today, days)
}

async function loadRegister(db: Db, today: Day, outlooks: EstateOutlook): Promise<Register> {
  const gates = await loadGates(db)
  const [systems, services] = [
    await loadSystems(db, gates, today, outlooks),
    await loadServices(db, gates, today),
  ]
  return {
    systems,
    services,
    dependencies: await loadDependencies(db),
    externals: await loadExternals(db),
  }
}

async function loadSystems(
  db: Db,
  gates: KeptGate[],
  today: Day,
  outlooks: EstateOutlook,
): Promise<RegisteredSystem[]> {
  const rows = await db
    .selectFrom('system')
    .select(['id', 'key', 'role', 'status', 'open_total as total', 'residual_count as residuals'])
    .select(['uncounted_count as uncounted', 'unsettled_count as unsettled'])
    .orderBy('id')
    .execute()
  const gatesOf = Map.groupBy(gates, gate => gate.systemId)
  const zeroOn = await loadDeclaredZeroDays(db)
  return rows.map(({ id, ...system }) => ({
    ...system,
    residualZeroOn: zeroDayOf(outlooks.get(id), zeroOn.get(id) ?? null, today),
    gates: gatesOf.get(id) ?? [],
  }))
}

/** From this chance within two years on, at the cautious end, a date is given to the analysis: the P85. */
const ENOUGH = 0.5

/**
 * When the last order of a system is gone, on the safe side: by the forecast where there is one, and nobody knows where that
 * makes it likelier not to be gone within two years than to be. What somebody declared counts only without a forecast.
 */
function zeroDayOf(outlook: Outlook | undefined, declared: Day | null, today: Day): Day | null {
  if (outlook?.joint.kind !== 'running') return declared
  const { parts } = outlook.joint
  const { within, arrival } = jointStatements(parts, today, null).independent
  const isKnown = within.chance >= ENOUGH && arrival.kind === 'dates' && parts.every(({ law }) => !law.open)
  return isKnown ? arrival.p85 : null
}

/** Where every residual that is still open has a day on which somebody says it will be empty: the last of them. */
async function loadDeclaredZeroDays(db: Db): Promise<Map<number, Day | null>> {
  const rows = await db
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
    .execute()
  return new Map(rows.map(({ systemId, zeroOn }) => [systemId, zeroOn]))
}

async function loadServices(db: Db, gates: KeptGate[], today: Day): Promise<RegisteredService[]> {
  const rows = await db
    .selectFrom('service')
    .select(['id', 'key', 'state', 'off_since as offSince', 'role'])
    .orderBy('id')
    .execute()
  const served = await db
    .selectFrom('service_system')
    .innerJoin('system', 'system.id', 'service_system.system_id')
    .select(['service_id as serviceId', 'system.key'])
    .where('ended_on', 'is', null)
    .execute()
  const systemsOf = Map.groupBy(served, row => row.serviceId)
  const gatesOf = Map.groupBy(gates, gate => gate.serviceId)
  const costsOf = Map.groupBy(await loadCosts(db), cost => cost.serviceId)
  const usedOn = await loadLastUses(db)
  return rows.map(({ id, ...service }) => ({
    ...service,
    systems: systemsOf.get(id)?.map(row => row.key) ?? [],
    cost: addMoney(costOfMonth(costsOf.get(id) ?? [], today).known)[0]?.fen ?? 0,
    gates: gatesOf.get(id) ?? [],
    usedOn: usedOn.get(id) ?? null,
  }))
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

function loadDependencies(db: Db) {
  return db
    .selectFrom('dependency')
    .innerJoin('service as consumer', 'consumer.id', 'consumer_id')
    .innerJoin('service as provider', 'provider.id', 'provider_id')
    .select(['consumer.key as consumer', 'provider.key as provider', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('dependency.id')
    .execute()
}

function loadExternals(db: Db) {
  return db
    .selectFrom('external_consumer')
    .innerJoin('service as provider', 'provider.id', 'provider_id')
    .select(['external_consumer.name', 'provider.key as provider', ...USE])
    .where('withdrawn_on', 'is', null)
    .orderBy('external_consumer.id')
    .execute()
}
