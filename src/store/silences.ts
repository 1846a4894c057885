import { sql } from 'kysely'
import type { Silence } from '../domain/burndown-level.ts'
import { type Day, daysBetween } from '../domain/calendar.ts'
import { mergeSilences, SILENT_AFTER } from '../domain/silences.ts'
import type { Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'

/**
 * By system, for one unit: the spans between two counts of one residual that are longer than anybody may trust the
 * first, whatever else was counted meanwhile. A residual that was 0 has nothing to count; one that was closed ends then.
 */
export async function loadSilences(
  db: Db,
  unit: Unit,
  systemIds: readonly number[],
): Promise<ReadonlyMap<number, Silence[]>> {
  if (systemIds.length === 0) return new Map()
  const counted = db
    .selectFrom('reading')
    .innerJoin('residual', 'residual.id', 'reading.residual_id')
    .select(eb => [
      'residual.system_id as systemId',
      'residual.cadence_days as cadence',
      'residual.closed_on as closedOn',
      'reading.day as from',
      'reading.count as count',
      'reading.qualifier as qualifier',
      eb.fn
        .agg<Day | null>('lead', ['reading.day'])
        .over(over => over.partitionBy('reading.residual_id').orderBy('reading.day'))
        .as('next'),
    ])
    .where('residual.system_id', 'in', systemIds)
    .where('residual.unit', '=', unit)
    .where('reading.superseded_at', 'is', null)
  const rows = await db
    .selectFrom(counted.as('counted'))
    .select(['systemId', 'cadence', 'from', eb => eb.fn.coalesce('next', 'closedOn').as('until')])
    .where(eb => eb.or([eb('count', '>', 0), eb('qualifier', '<>', 'exact')]))
    .where(sql<boolean>`${ROUGH_DAYS} > ${SILENT_AFTER}`)
    .execute()
  const silences = rows.flatMap(({ systemId, cadence, from, until }) =>
    until && daysBetween(from, until) > Math.max(SILENT_AFTER, 2 * (cadence ?? 0))
      ? [{ systemId, from, until }]
      : [],
  )
  const bySystem = Map.groupBy(silences, one => one.systemId)
  return new Map([...bySystem].map(([id, some]) => [id, mergeSilences(some)]))
}

/** No fewer days than there are, months taken as 31: a sieve that both databases understand, so that few rows come back. */
const ROUGH_DAYS = sql<number>`(${rough('coalesce(next, "closedOn")')} - ${rough('"from"')})`

function rough(day: string) {
  const part = (from: number, length: number) =>
    sql`cast(substr(${sql.raw(day)}, ${sql.lit(from)}, ${sql.lit(length)}) as integer)`
  return sql`(${part(1, 4)} * 372 + ${part(6, 2)} * 31 + ${part(9, 2)})`
}
