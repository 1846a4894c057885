import { type AttentionKind, leaksSince, overdueDays, stalledDays } from '../domain/attention.ts'
import type { Day } from '../domain/calendar.ts'
import { isOverdue } from '../domain/gates.ts'
import { addOpenOrders, type OpenInUnit } from '../domain/open-orders.ts'
import { type Savings, savings } from '../domain/savings.ts'
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
import { loadGates } from './gates.ts'
import { loadCosts } from './money.ts'
import { oncePerRevision } from './per-revision.ts'

/** The estate as its overview tells it. */
export type Estate = {
  systems: number
  byStatus: Map<Status, number>
  open: OpenInUnit[]
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

export async function loadEstate(db: Db, today: Day, cadenceDays: number): Promise<Estate> {
  return oncePerRevision(db, `estate-${cadenceDays}`, today, async () => {
    const systems = await db
      .selectFrom('system')
      .select([
        'id',
        'key',
        'name',
        'name_en as nameEn',
        'status',
        'status_on as statusOn',
        'open_by_unit as open',
      ])
      .select(['target_on as targetOn', 'review_on as reviewOn'])
      .where('role', '=', 'legacy')
      .orderBy('id')
      .execute()
    const costsOf = Map.groupBy(await loadCosts(db), cost => cost.systemId)
    const costed = systems.map(system => ({ ...system, costs: costsOf.get(system.id) ?? [] }))
    return {
      systems: systems.length,
      byStatus: new Map(
        [...Map.groupBy(systems, one => one.status)].map(([status, some]) => [status, some.length]),
      ),
      open: addOpenOrders(systems.map(({ open }) => JSON.parse(open) as OpenInUnit[])),
      savings: savings(costed, today),
      residuals: await loadNotedResiduals(db, today, cadenceDays),
      systemsOverdue: systems.flatMap(system => overdueOf(system, today)),
      gatesOverdue: await loadOverdueGates(db, today),
    }
  })
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
  const gates = (await loadGates(db)).filter(gate => isOverdue(gate, today)).slice(0, NOTED)
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
