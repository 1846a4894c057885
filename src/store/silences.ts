import { sql } from 'kysely'
import { gapsOf } from '../domain/burndown-gaps.ts'
import { courseOf, type Silence } from '../domain/burndown-level.ts'
import { type Day, dayNumber, daysBetween } from '../domain/calendar.ts'
import { mergeSilences, SILENT_AFTER } from '../domain/silences.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'

/**
 * By system, for one unit: the silences of single residuals that are over, by the rule that their own burn-downs
 * follow, whatever else of the system was counted meanwhile. A residual that was 0 had nothing to count, and one that
 * was closed ends then.
 */
export async function loadSilences(
  db: Db,
  unit: Unit,
  systemIds: readonly number[],
  today: Day,
): Promise<ReadonlyMap<number, Silence[]>> {
  const suspects = await findSuspects(db, unit, systemIds)
  if (suspects.length === 0) return new Map()
  const readings = await db
    .selectFrom('reading')
    .select(['residual_id as residualId', 'day', 'count', 'qualifier'])
    .where(
      'residual_id',
      'in',
      suspects.map(({ id }) => id),
    )
    .where('superseded_at', 'is', null)
    .orderBy('day')
    .execute()
  const ofResidual = Map.groupBy(readings, reading => reading.residualId)
  const silences = suspects.flatMap(({ id, systemId, ...suspect }) =>
    silencesOf(suspect, ofResidual.get(id) ?? [], today).map(silence => ({ systemId, silence })),
  )
  return new Map(
    [...Map.groupBy(silences, one => one.systemId)].map(([id, some]) => [
      id,
      mergeSilences(some.map(one => one.silence)),
    ]),
  )
}

/** The ids of systems that count in a unit, at most `limit`. */
export async function listSystemsCounting(db: Db, unit: Unit, limit: number): Promise<number[]> {
  const query = db.selectFrom('residual').select('system_id as id').distinct().where('unit', '=', unit)
  return (await query.limit(limit).execute()).map(({ id }) => id)
}

type Suspect = { closedOn: Day | null; cadence: number | null }

function silencesOf(
  { closedOn, cadence }: Suspect,
  readings: readonly (Count & { day: Day })[],
  today: Day,
): Silence[] {
  const course = courseOf({ key: '', label: '', readings: [...readings], endedOn: closedOn }, today)
  const zeros = new Set(
    readings.filter(({ count, qualifier }) => count === 0 && qualifier === 'exact').map(({ day }) => day),
  )
  return gapsOf(course, dayNumber(today)).filter(
    ({ from, until }) => until && !zeros.has(from) && daysBetween(from, until) > 2 * (cadence ?? 0),
  )
}

/** The residuals with any two counts in a row, or a last one and a closure, that far apart. */
async function findSuspects(db: Db, unit: Unit, systemIds: readonly number[]) {
  if (systemIds.length === 0) return []
  const counted = db
    .selectFrom('reading')
    .innerJoin('residual', 'residual.id', 'reading.residual_id')
    .select(eb => [
      'residual.id as id',
      'residual.system_id as systemId',
      'residual.cadence_days as cadence',
      'residual.closed_on as closedOn',
      'reading.day as day',
      eb.fn
        .agg<Day | null>('lead', ['reading.day'])
        .over(over => over.partitionBy('reading.residual_id').orderBy('reading.day'))
        .as('next'),
    ])
    .where('residual.system_id', 'in', systemIds)
    .where('residual.unit', '=', unit)
    .where('reading.superseded_at', 'is', null)
  return db
    .selectFrom(counted.as('counted'))
    .select(['id', 'systemId', 'cadence', 'closedOn'])
    .distinct()
    .where(sql<boolean>`${roughDays('coalesce(next, "closedOn")')} - ${roughDays('day')} > ${SILENT_AFTER}`)
    .execute()
}

/** A day as a number in which no span is shorter than it is, months taken as 31: a sieve that both databases know. */
function roughDays(day: string) {
  const part = (from: number, length: number) =>
    sql`cast(substr(${sql.raw(day)}, ${sql.lit(from)}, ${sql.lit(length)}) as integer)`
  return sql`(${part(1, 4)} * 372 + ${part(6, 2)} * 31 + ${part(9, 2)})`
}
