import type { Day } from '../domain/calendar.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { carriedOn } from './per-revision.ts'

/** A residual that was closed although its last count was not 0. */
export type ClosedWithRest = {
  id: number
  systemId: number
  name: string
  nameEn: string | null
  system: { name: string; nameEn: string | null }
  closedOn: Day
  count: Count
}

/** Those of one unit, the last closed first. */
export async function listClosedWithRest(db: Db, unit: Unit, today: Day): Promise<readonly ClosedWithRest[]> {
  return carriedOn<readonly ClosedWithRest[]>(db, `closed-with-rest-${unit}`, today, async earlier => {
    if (!earlier) return readClosedWithRest(db, unit)
    const { answer, touched } = earlier
    if (touched.systemIds.length === 0) return answer
    const others = answer.filter(({ systemId }) => !touched.systemIds.includes(systemId))
    return [...others, ...(await readClosedWithRest(db, unit, touched.systemIds))].sort(lastClosedFirst)
  })
}

/** By system, the days on which residuals were closed with something left. */
export async function listClosings(db: Db, systemIds: readonly number[]): Promise<Map<number, Day[]>> {
  if (systemIds.length === 0) return new Map()
  const rows = await closedWithRest(db)
    .select(['system_id as systemId', 'closed_on as closedOn'])
    .where('system_id', 'in', systemIds)
    .execute()
  const ofSystem = Map.groupBy(rows, ({ systemId }) => systemId)
  return new Map([...ofSystem].map(([id, some]) => [id, some.map(({ closedOn }) => closedOn!)]))
}

function closedWithRest(db: Db) {
  return db
    .selectFrom('residual')
    .where('closed_on', 'is not', null)
    .where(eb => eb.or([eb('latest_count', '>', 0), eb('latest_qualifier', '<>', 'exact')]))
}

export async function readClosedWithRest(
  db: Db,
  unit: Unit,
  systemIds?: readonly number[],
): Promise<ClosedWithRest[]> {
  let query = closedWithRest(db)
    .innerJoin('system', 'system.id', 'residual.system_id')
    .select(['residual.id', 'residual.name', 'residual.name_en as nameEn', 'closed_on as closedOn'])
    .select(['latest_count as count', 'latest_qualifier as qualifier', 'system_id as systemId'])
    .select(['system.name as systemName', 'system.name_en as systemNameEn'])
    .where('unit', '=', unit)
  if (systemIds) query = query.where('system_id', 'in', systemIds)
  const closed = (await query.execute()).map(
    ({ closedOn, count, qualifier, systemName, systemNameEn, ...row }): ClosedWithRest => ({
      ...row,
      system: { name: systemName, nameEn: systemNameEn },
      closedOn: closedOn!,
      count: { count: count!, qualifier: qualifier! },
    }),
  )
  return closed.sort(lastClosedFirst)
}

function lastClosedFirst(one: ClosedWithRest, other: ClosedWithRest): number {
  if (one.closedOn !== other.closedOn) return one.closedOn < other.closedOn ? 1 : -1
  return one.id - other.id
}
