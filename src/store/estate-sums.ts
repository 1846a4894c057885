import type { Day } from '../domain/calendar.ts'
import { addOpenOrders, type OpenInUnit } from '../domain/open-orders.ts'
import { addSavings, type Money, type Savings, savingsOf } from '../domain/savings.ts'
import type { Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { loadCosts, loadCostsOf, loadExpectedSavings } from './money.ts'

/** What some systems come to together; one of them alone as well. */
export type EstateSum = {
  systems: number
  byStatus: Partial<Record<Status, number>>
  open: readonly OpenInUnit[]
  /** The same without systems whose retirement is cancelled: what they have open is there to stay. */
  openToGo: readonly OpenInUnit[]
  savings: Savings
  overdue: Overdue[]
  leaking: Leaking[]
}

type Named = { key: string; name: string; nameEn: string | null }
export type Overdue = Named & { kind: 'overdue_target' | 'overdue_review'; day: Day }
/** A retired system, since when if anybody knows, and what is still paid for it every month. */
type Leaking = Named & { since: Day | null; leakage: Money[] }

/** The systems by hundreds of ids, each hundred with its sum: a change makes only those anew that it touched. */
export type SumsByBlock = ReadonlyMap<number, { parts: readonly Part[]; sum: EstateSum }>
type Part = { id: number; sum: EstateSum }

const SIZE = 100

export async function readSums(db: Db, today: Day): Promise<SumsByBlock> {
  const blocks = Map.groupBy(await loadParts(db, today), blockOf)
  return new Map(Array.from(blocks, ([number, parts]) => [number, added(parts)]))
}

export async function renewSums(
  db: Db,
  today: Day,
  before: SumsByBlock,
  systemIds: readonly number[],
): Promise<SumsByBlock> {
  if (systemIds.length === 0) return before
  const touched = new Set(systemIds)
  const fresh = Map.groupBy(await loadParts(db, today, systemIds), blockOf)
  const blocks = new Map(before)
  for (const number of new Set(systemIds.map(id => blockOf({ id })))) {
    const untouched = before.get(number)?.parts.filter(({ id }) => !touched.has(id)) ?? []
    const parts = [...untouched, ...(fresh.get(number) ?? [])].sort((a, b) => a.id - b.id)
    blocks.set(number, added(parts))
  }
  return blocks
}

export function sumOfBlocks(blocks: SumsByBlock): EstateSum {
  const inOrder = [...blocks].sort(([one], [other]) => one - other)
  return addUp(inOrder.map(([, { sum }]) => sum))
}

function blockOf({ id }: { id: number }): number {
  return Math.floor(id / SIZE)
}

function added(parts: readonly Part[]) {
  return { parts, sum: addUp(parts.map(({ sum }) => sum)) }
}

function addUp(sums: readonly EstateSum[]): EstateSum {
  const byStatus: EstateSum['byStatus'] = {}
  for (const sum of sums) {
    for (const [status, systems] of Object.entries(sum.byStatus) as [Status, number][])
      byStatus[status] = (byStatus[status] ?? 0) + systems
  }
  return {
    systems: sums.reduce((systems, sum) => systems + sum.systems, 0),
    byStatus,
    open: addOpenOrders(sums.map(({ open }) => open)),
    openToGo: addOpenOrders(sums.map(({ openToGo }) => openToGo)),
    savings: addSavings(sums.map(({ savings }) => savings)),
    overdue: sums.flatMap(({ overdue }) => overdue),
    leaking: sums.flatMap(({ leaking }) => leaking),
  }
}

async function loadParts(db: Db, today: Day, ids?: readonly number[]): Promise<Part[]> {
  let query = db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn', 'status', 'status_on as statusOn'])
    .select(['open_by_unit as openByUnit', 'target_on as targetOn', 'review_on as reviewOn'])
    .where('role', '=', 'legacy')
    .orderBy('id')
  if (ids) query = query.where('id', 'in', ids)
  const systems = await query.execute()
  const costs = ids ? await loadCostsOf(db, ids) : await loadCosts(db)
  const costsOf = Map.groupBy(costs, cost => cost.systemId)
  const expectedOf = Map.groupBy(await loadExpectedSavings(db, ids), one => one.systemId)
  return systems.map(({ id, openByUnit, ...system }) => {
    const open = JSON.parse(openByUnit) as OpenInUnit[]
    const savings = savingsOf(
      { ...system, costs: costsOf.get(id) ?? [], expected: expectedOf.get(id) },
      today,
    )
    const sum = {
      systems: 1,
      byStatus: { [system.status]: 1 },
      open,
      openToGo: system.status === 'cancelled' ? [] : open,
      savings,
      overdue: overdueOf(system, today),
      leaking: leakingOf(system, savings),
    }
    return { id, sum }
  })
}

function leakingOf({ key, name, nameEn, statusOn }: Dated, { leakage }: Savings): Leaking[] {
  return leakage.length > 0 ? [{ key, name, nameEn, since: statusOn, leakage }] : []
}

type Dated = Named & { status: Status; statusOn: Day | null; targetOn: Day | null; reviewOn: Day | null }

function overdueOf({ key, name, nameEn, status, targetOn, reviewOn }: Dated, today: Day): Overdue[] {
  const isOver = status === 'retired' || status === 'cancelled'
  const overdue: Overdue[] = []
  if (!isOver && targetOn && targetOn < today)
    overdue.push({ kind: 'overdue_target', key, name, nameEn, day: targetOn })
  if (status === 'on_hold' && reviewOn && reviewOn <= today)
    overdue.push({ kind: 'overdue_review', key, name, nameEn, day: reviewOn })
  return overdue
}
