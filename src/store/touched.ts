import { patched } from '../domain/patched.ts'
import type { Db } from './columns.ts'

/** The systems and services whose rows, or those of what belongs to them, some changes may have altered. */
export type Touched = { systemIds: number[]; serviceIds: number[] }

/** Something that was read, by its id. */
export type Kept<Row> = { id: number; row: Row }

/** What was read before, with what changes reach read afresh; in the order of ids as ever. */
export function replaced<One extends { id: number }>(
  before: readonly One[],
  fresh: readonly One[],
  isTouched: (one: One) => boolean,
): One[] {
  return [...before.filter(one => !isTouched(one)), ...fresh].sort((a, b) => a.id - b.id)
}

/** The same where a change reaches nothing but what has its id: that is found without looking at all others. */
export function replacedById<One extends { id: number }>(
  before: readonly One[],
  fresh: readonly One[],
  touched: readonly number[],
): One[] {
  const ids = new Set(touched)
  const changes = new Map(fresh.map(one => [placeOf(before, one.id), one]))
  const isSameIds = fresh.length === ids.size && [...changes].every(([at, { id }]) => before[at]?.id === id)
  return isSameIds ? patched(before, changes) : replaced(before, fresh, ({ id }) => ids.has(id))
}

/** Of the first whose id is not smaller. */
function placeOf(ordered: readonly { id: number }[], id: number): number {
  let [first, end] = [0, ordered.length]
  while (first < end) {
    const middle = (first + end) >>> 1
    if (ordered[middle]!.id < id) first = middle + 1
    else end = middle
  }
  return first
}

/** After so many changes, or so many things touched, everything is read anew. */
const MOST_REVISIONS = 20_000
const MOST_TOUCHED = 5000

/**
 * What the changes after one revision up to another touched, by the history. Null where that is not certain: a
 * revision without an entry, an entry that belongs to nothing, a register that was empty before (an import brings
 * its rows beside its history), or too many of them to be worth it.
 */
export async function listTouched(db: Db, from: number, to: number): Promise<Touched | null> {
  if (from <= 0 || to < from || to - from > MOST_REVISIONS) return null
  const entries = db.selectFrom('audit_log').where('revision', '>', from).where('revision', '<=', to)
  const { revisions } = await entries
    .select(eb => eb.fn.count<number>('revision').distinct().as('revisions'))
    .executeTakeFirstOrThrow()
  if (revisions !== to - from) return null
  // A plan is a copy of the register: nothing is made of it but its own page.
  const placed = await entries
    .select(['noun', 'system_id as systemId', 'service_id as serviceId'])
    .distinct()
    .where('noun', '<>', 'plan')
    .limit(MOST_TOUCHED + 1)
    .execute()
  const isPlaced = placed.every(({ systemId, serviceId }) => systemId !== null || serviceId !== null)
  if (!isPlaced || placed.length > MOST_TOUCHED) return null
  const systems = distinct(placed.map(({ noun, systemId }) => (noun === 'system' ? systemId : null)))
  const serviceIds = placed.map(({ serviceId }) => serviceId)
  return {
    systemIds: distinct(placed.map(({ systemId }) => systemId)),
    serviceIds: distinct([...serviceIds, ...(await listServing(db, systems))]),
  }
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter(id => id !== null))]
}

/** A service names its systems by their keys, and a key can change. */
async function listServing(db: Db, systemIds: readonly number[]): Promise<number[]> {
  if (systemIds.length === 0) return []
  const rows = await db
    .selectFrom('service_system')
    .select('service_id as id')
    .where('system_id', 'in', systemIds)
    .execute()
  return rows.map(({ id }) => id)
}
