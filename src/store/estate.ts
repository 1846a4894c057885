import { type AttentionKind, overdueDays, stalledDays } from '../domain/attention.ts'
import type { Day } from '../domain/calendar.ts'
import { type Gate, heldAgainOf, isOverdue } from '../domain/gates.ts'
import type { Status } from '../domain/vocabulary.ts'
import {
  listOldReadings,
  listSeenAfterRetirement,
  listUncounted,
  listUnmoved,
  type NotedResidual,
} from './attention.ts'
import type { Db } from './columns.ts'
import {
  type EstateSum,
  type Overdue,
  readSums,
  renewSums,
  type SumsByBlock,
  sumOfBlocks,
} from './estate-sums.ts'
import { listGatesDue } from './gates.ts'
import { carriedOn } from './per-revision.ts'

/** The estate as its overview tells it. */
export type Estate = Pick<EstateSum, 'systems' | 'open' | 'openToGo' | 'savings' | 'leaking'> & {
  byStatus: Map<Status, number>
  residuals: { kind: AttentionKind; residual: NotedResidual; days: number }[]
  systemsOverdue: Overdue[]
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
  type Kept = { estate: Estate; sums: SumsByBlock }
  const { estate } = await carriedOn<Kept>(db, `estate-${cadenceDays}`, today, async earlier => {
    const sums = earlier
      ? await renewSums(db, today, earlier.answer.sums, earlier.touched.systemIds)
      : await readSums(db, today)
    return { sums, estate: await estateOf(db, today, cadenceDays, sums) }
  })
  return estate
}

export async function readEstate(db: Db, today: Day, cadenceDays: number): Promise<Estate> {
  return estateOf(db, today, cadenceDays, await readSums(db, today))
}

async function estateOf(db: Db, today: Day, cadenceDays: number, sums: SumsByBlock): Promise<Estate> {
  const { byStatus, overdue, ...sum } = sumOfBlocks(sums)
  return {
    ...sum,
    byStatus: new Map(Object.entries(byStatus) as [Status, number][]),
    residuals: await loadNotedResiduals(db, today, cadenceDays),
    systemsOverdue: overdue,
    gatesOverdue: await loadOverdueGates(db, today),
  }
}

async function loadNotedResiduals(db: Db, today: Day, cadenceDays: number): Promise<Estate['residuals']> {
  const note =
    (kind: AttentionKind, days: (one: NotedResidual) => number | null) => (residual: NotedResidual) => {
      const since = days(residual)
      return since === null ? [] : [{ kind, residual, days: since }]
    }
  return [
    (await listSeenAfterRetirement(db, NOTED)).flatMap(note('seen_after_retirement', () => 0)),
    (await listUnmoved(db, NOTED)).flatMap(note('stalled', one => stalledDays(one, today))),
    (await listOldReadings(db, today, cadenceDays, NOTED)).flatMap(
      note('stale', one => overdueDays(one, cadenceDays, today) || null),
    ),
    (await listUncounted(db, NOTED)).flatMap(note('uncounted', () => 0)),
  ].flat()
}

async function loadOverdueGates(db: Db, today: Day): Promise<Estate['gatesOverdue']> {
  const isNews = (gate: Gate) => isOverdue(gate, today) && !heldAgainOf(gate, today)
  const gates = (await listGatesDue(db, today)).filter(isNews).slice(0, NOTED)
  const idsOf = (owner: 'systemId' | 'serviceId') => gates.flatMap(gate => gate[owner] ?? [])
  const systems = await systemsNamed(db, idsOf('systemId'))
  const services = await servicesNamed(db, idsOf('serviceId'))
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

type Named = { id: number; key: string; name: string; nameEn: string | null }

async function systemsNamed(db: Db, ids: readonly number[]): Promise<Map<number, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

/** A service has one name in every language. */
async function servicesNamed(db: Db, ids: readonly number[]): Promise<Map<number, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('service')
    .select(['id', 'key', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, { ...row, nameEn: null }]))
}
