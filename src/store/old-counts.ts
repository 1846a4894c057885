import { addDays, type Day } from '../domain/calendar.ts'
import type { Status, Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { oncePerRevision } from './per-revision.ts'
import { LATEST_DAY } from './residuals.ts'

/**
 * What of the totals of a system rests on counts that are too old to claim anything today, and of how many residuals; `toGo` is what of it the
 * sums in words include, which leave out what stays.
 */
export type OldCounts = { count: number; parts: number; toGo: number; oldest: Day; newest: Day }

/** The youngest count, in days, that can be too old. */
const OLD_DAYS = 30

/**
 * By system, for one unit: its open residuals last counted more than 30 days and more than two of their own cadences ago.
 * One that was counted and is 0 has nothing left to change.
 */
export async function loadOldCounts(db: Db, unit: Unit, today: Day): Promise<ReadonlyMap<number, OldCounts>> {
  return oncePerRevision(db, `old-counts-${unit}`, today, async () => {
    const rows = await db
      .selectFrom('residual')
      .innerJoin('system', 'system.id', 'residual.system_id')
      .select([
        'residual.system_id as systemId',
        'residual.latest_on as day',
        'residual.latest_count as count',
        'residual.cadence_days as cadence',
        'system.status as status',
        'system.role as role',
      ])
      .where('unit', '=', unit)
      .where('closed_on', 'is', null)
      .where(LATEST_DAY, '<', addDays(today, -OLD_DAYS))
      .where(eb => eb.or([eb('latest_count', '>', 0), eb('latest_qualifier', '<>', 'exact')]))
      .execute()
    const old = new Map<number, OldCounts>()
    for (const { systemId, day, count, cadence, ...system } of rows) {
      if (day === null || day >= addDays(today, -2 * (cadence ?? 0))) continue
      const sum = old.get(systemId)
      old.set(systemId, {
        count: (sum?.count ?? 0) + (count ?? 0),
        parts: (sum?.parts ?? 0) + 1,
        toGo: (sum?.toGo ?? 0) + (isToGo(system) ? (count ?? 0) : 0),
        oldest: sum && sum.oldest < day ? sum.oldest : day,
        newest: sum && sum.newest > day ? sum.newest : day,
      })
    }
    return old
  })
}

/** What those of some systems come to; undefined where there are none. */
export function oldTogether(
  old: ReadonlyMap<number, OldCounts>,
  isIncluded: (systemId: number) => boolean,
): OldCounts | undefined {
  const counts = [...old].flatMap(([id, one]) => (isIncluded(id) ? [one] : []))
  return counts.length > 0 ? counts.reduce(together) : undefined
}

function together(one: OldCounts, other: OldCounts): OldCounts {
  return {
    count: one.count + other.count,
    parts: one.parts + other.parts,
    toGo: one.toGo + other.toGo,
    oldest: one.oldest < other.oldest ? one.oldest : other.oldest,
    newest: one.newest > other.newest ? one.newest : other.newest,
  }
}

function isToGo({ status, role }: { status: Status; role: string }): boolean {
  return role === 'legacy' && status !== 'cancelled'
}
