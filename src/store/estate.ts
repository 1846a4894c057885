import { type AttentionKind, leaksSince, overdueDays, stalledDays } from '../domain/attention.ts'
import type { Day } from '../domain/calendar.ts'
import { isOverdue } from '../domain/gates.ts'
import { addOpenOrders, type OpenInUnit } from '../domain/open-orders.ts'
import { addSavings, type Savings, savingsOf } from '../domain/savings.ts'
import type { Status } from '../domain/vocabulary.ts'
import {
  listOldReadings,
  listRisen,
  listSeenAfterRetirement,
  listUncounted,
  listUnmoved,
  type NotedResidual,
} from './attention.ts'
import type { Db } from './columns.ts'
import { listGatesDue } from './gates.ts'
import { loadCosts, loadCostsOf } from './money.ts'
import { carriedOn, type Earlier } from './per-revision.ts'
import { type Owned, replaced } from './touched.ts'

/** The estate as its overview tells it. */
export type Estate = {
  systems: number
  byStatus: Map<Status, number>
  open: OpenInUnit[]
  /** The same without systems whose retirement is cancelled: what they have open is there to stay. */
  openToGo: OpenInUnit[]
  savings: Savings
  residuals: { kind: AttentionKind; residual: NotedResidual; days: number }[]
  systemsOverdue: {
    kind: 'overdue_target' | 'overdue_review'
    key: string
    name: string
    nameEn: string | null
    day: Day
  }[]
  gatesOverdue: {
    gateId: number
    name: string
    nameEn: string | null
    day: Day
    owner: { key: string; name: string; nameEn: string | null; noun: 'system' | 'service' }
  }[]
}

/** At most so many of each kind are brought up. */
const NOTED = 200

/** Worked out once for each change; of the systems only those are read again that it touched. */
export async function loadEstate(db: Db, today: Day, cadenceDays: number): Promise<Estate> {
  type Kept = { estate: Estate; parts: Owned<Part>[] }
  const { estate } = await carriedOn<Kept>(db, `estate-${cadenceDays}`, today, async earlier => {
    const parts = earlier ? await renewParts(db, today, earlier) : await loadParts(db, today)
    return { parts, estate: await estateOf(db, today, cadenceDays, parts) }
  })
  return estate
}

export async function readEstate(db: Db, today: Day, cadenceDays: number): Promise<Estate> {
  return estateOf(db, today, cadenceDays, await loadParts(db, today))
}

async function renewParts(
  db: Db,
  today: Day,
  { answer, touched: { systemIds } }: Earlier<{ parts: Owned<Part>[] }>,
): Promise<Owned<Part>[]> {
  if (systemIds.length === 0) return answer.parts
  return replaced(answer.parts, await loadParts(db, today, systemIds), systemIds)
}

async function estateOf(db: Db, today: Day, cadenceDays: number, owned: Owned<Part>[]): Promise<Estate> {
  const parts = owned.map(({ row }) => row)
  const byStatus: Estate['byStatus'] = new Map()
  for (const { status } of parts) byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
  return {
    systems: parts.length,
    byStatus,
    open: addOpenOrders(parts.map(({ open }) => open)),
    openToGo: addOpenOrders(parts.flatMap(({ status, open }) => (status === 'cancelled' ? [] : [open]))),
    savings: addSavings(parts.map(part => part.savings)),
    residuals: await loadNotedResiduals(db, today, cadenceDays),
    systemsOverdue: parts.flatMap(({ overdue }) => overdue),
    gatesOverdue: await loadOverdueGates(db, today),
  }
}

/** What one system has in all this. */
type Part = { status: Status; open: OpenInUnit[]; savings: Savings; overdue: Estate['systemsOverdue'] }

async function loadParts(db: Db, today: Day, ids?: readonly number[]): Promise<Owned<Part>[]> {
  let query = db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn', 'status', 'status_on as statusOn'])
    .select(['open_by_unit as open', 'target_on as targetOn', 'review_on as reviewOn'])
    .where('role', '=', 'legacy')
    .orderBy('id')
  if (ids) query = query.where('id', 'in', ids)
  const systems = await query.execute()
  const costs = ids ? await loadCostsOf(db, ids) : await loadCosts(db)
  const costsOf = Map.groupBy(costs, cost => cost.systemId)
  return systems.map(({ id, open, ...system }) => ({
    id,
    owners: [id],
    row: {
      status: system.status,
      open: JSON.parse(open) as OpenInUnit[],
      savings: savingsOf({ ...system, costs: costsOf.get(id) ?? [] }, today),
      overdue: overdueOf(system, today),
    },
  }))
}

async function loadNotedResiduals(db: Db, today: Day, cadenceDays: number): Promise<Estate['residuals']> {
  const note =
    (kind: AttentionKind, days: (one: NotedResidual) => number | null) => (residual: NotedResidual) => {
      const since = days(residual)
      return since === null ? [] : [{ kind, residual, days: since }]
    }
  return [
    (await listSeenAfterRetirement(db, NOTED)).flatMap(note('seen_after_retirement', () => 0)),
    (await listRisen(db, leaksSince(today), NOTED)).flatMap(note('leak', () => 0)),
    (await listUnmoved(db, NOTED)).flatMap(note('stalled', one => stalledDays(one, today))),
    (await listOldReadings(db, today, cadenceDays, NOTED)).flatMap(
      note('stale', one => overdueDays(one, cadenceDays, today) || null),
    ),
    (await listUncounted(db, NOTED)).flatMap(note('uncounted', () => 0)),
  ].flat()
}

type Dated = {
  key: string
  name: string
  nameEn: string | null
  status: Status
  targetOn: Day | null
  reviewOn: Day | null
}

function overdueOf(
  { key, name, nameEn, status, targetOn, reviewOn }: Dated,
  today: Day,
): Estate['systemsOverdue'] {
  const isOver = status === 'retired' || status === 'cancelled'
  const overdue: Estate['systemsOverdue'] = []
  if (!isOver && targetOn && targetOn < today)
    overdue.push({ kind: 'overdue_target', key, name, nameEn, day: targetOn })
  if (status === 'on_hold' && reviewOn && reviewOn <= today) {
    overdue.push({ kind: 'overdue_review', key, name, nameEn, day: reviewOn })
  }
  return overdue
}

async function loadOverdueGates(db: Db, today: Day): Promise<Estate['gatesOverdue']> {
  const gates = (await listGatesDue(db, today)).filter(gate => isOverdue(gate, today)).slice(0, NOTED)
  const [systems, services] = [await namesOf(db, 'system', gates), await namesOf(db, 'service', gates)]
  return gates.flatMap(gate => {
    const owner = gate.systemId === null ? services.get(gate.serviceId!) : systems.get(gate.systemId)
    const noun = gate.systemId === null ? ('service' as const) : ('system' as const)
    return owner && gate.closesOn
      ? [
          {
            gateId: gate.id,
            name: gate.name,
            nameEn: gate.nameEn,
            day: gate.closesOn,
            owner: { ...owner, noun },
          },
        ]
      : []
  })
}

async function namesOf(
  db: Db,
  noun: 'system' | 'service',
  gates: readonly { systemId: number | null; serviceId: number | null }[],
) {
  const ids = gates.flatMap(gate => (noun === 'system' ? gate.systemId : gate.serviceId) ?? [])
  if (ids.length === 0) return new Map<number, { key: string; name: string; nameEn: string | null }>()
  const rows = await db
    .selectFrom(noun)
    .select(['id', 'key', 'name', 'name_en as nameEn'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, ...named }) => [id, named]))
}
