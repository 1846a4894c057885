import type { Day } from '../domain/calendar.ts'
import type { Money } from '../domain/money.ts'
import { addOpenOrders, type OpenInUnit } from '../domain/open-orders.ts'
import { addSavings, type Savings, savingsOf } from '../domain/savings.ts'
import type { Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { type IdRange, loadCostsOfSystems, loadExpectedSavings } from './money.ts'

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

/** The systems by fifties of ids, each with its sum: a change makes only those anew that it touched. */
export type SumsByBlock = ReadonlyMap<number, EstateSum>

const SIZE = 50
/** So many systems are read at a time; only their sums are kept. */
const READ_AT_ONCE = 20 * SIZE

export async function readSums(db: Db, today: Day): Promise<SumsByBlock> {
  const { last } = await db
    .selectFrom('system')
    .select(eb => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  const blocks = new Map<number, EstateSum>()
  for (let from = 0; from <= (last ?? 0); from += READ_AT_ONCE)
    for (const [block, sum] of await readBlocks(db, today, { from, to: from + READ_AT_ONCE }))
      blocks.set(block, sum)
  return blocks
}

export async function renewSums(
  db: Db,
  today: Day,
  before: SumsByBlock,
  systemIds: readonly number[],
): Promise<SumsByBlock> {
  if (systemIds.length === 0) return before
  const blocks = new Map(before)
  for (const block of new Set(systemIds.map(blockOf))) {
    const [sum] = (await readBlocks(db, today, { from: block * SIZE, to: (block + 1) * SIZE })).values()
    if (sum) blocks.set(block, sum)
    else blocks.delete(block)
  }
  return blocks
}

export function sumOfBlocks(blocks: SumsByBlock): EstateSum {
  const inOrder = [...blocks].sort(([one], [other]) => one - other)
  return addUp(inOrder.map(([, sum]) => sum))
}

function blockOf(systemId: number): number {
  return Math.floor(systemId / SIZE)
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

async function readBlocks(db: Db, today: Day, range: IdRange): Promise<SumsByBlock> {
  const systems = await db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn', 'status', 'status_on as statusOn'])
    .select(['open_by_unit as openByUnit', 'target_on as targetOn', 'review_on as reviewOn'])
    .where('role', '=', 'legacy')
    .where('id', '>=', range.from)
    .where('id', '<', range.to)
    .orderBy('id')
    .execute()
  const costsOf = Map.groupBy(await loadCostsOfSystems(db, range), cost => cost.systemId)
  const expectedOf = Map.groupBy(await loadExpectedSavings(db, range), one => one.systemId)
  const sumOf = ({ id, openByUnit, ...system }: (typeof systems)[number]) => {
    const money = { costs: costsOf.get(id) ?? [], expected: expectedOf.get(id) }
    const open = JSON.parse(openByUnit) as OpenInUnit[]
    return sumOfOne(system, open, savingsOf({ ...system, ...money }, today), today)
  }
  const blocks = Map.groupBy(systems, ({ id }) => blockOf(id))
  return new Map(Array.from(blocks, ([block, some]) => [block, addUp(some.map(sumOf))]))
}

function sumOfOne(system: Dated, open: OpenInUnit[], savings: Savings, today: Day): EstateSum {
  return {
    systems: 1,
    byStatus: { [system.status]: 1 },
    open,
    openToGo: system.status === 'cancelled' ? [] : open,
    savings,
    overdue: overdueOf(system, today),
    leaking: leakingOf(system, savings),
  }
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
