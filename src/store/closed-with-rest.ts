import type { Day } from '../domain/calendar.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { oncePerRevision } from './per-revision.ts'

/** A residual that was closed although its last count was not 0. */
export type ClosedWithRest = {
  name: string
  nameEn: string | null
  system: { name: string; nameEn: string | null }
  closedOn: Day
  count: Count
}

/** Those of one unit, the last closed first. */
export async function listClosedWithRest(db: Db, unit: Unit, today: Day): Promise<readonly ClosedWithRest[]> {
  return oncePerRevision(db, `closed-with-rest-${unit}`, today, async () => {
    const rows = await db
      .selectFrom('residual')
      .innerJoin('system', 'system.id', 'residual.system_id')
      .select(['residual.name', 'residual.name_en as nameEn', 'closed_on as closedOn'])
      .select(['latest_count as count', 'latest_qualifier as qualifier'])
      .select(['system.name as systemName', 'system.name_en as systemNameEn'])
      .where('unit', '=', unit)
      .where('closed_on', 'is not', null)
      .where(eb => eb.or([eb('latest_count', '>', 0), eb('latest_qualifier', '<>', 'exact')]))
      .orderBy('closed_on', 'desc')
      .orderBy('residual.id')
      .execute()
    return rows.map(({ name, nameEn, closedOn, count, qualifier, systemName, systemNameEn }) => ({
      name,
      nameEn,
      system: { name: systemName, nameEn: systemNameEn },
      closedOn: closedOn!,
      count: { count: count!, qualifier: qualifier! },
    }))
  })
}
