import { sql } from 'kysely'
import type { Watched } from '../domain/attention.ts'
import { addDays, type Day } from '../domain/calendar.ts'
import { STALL_DAYS } from '../domain/readings.ts'
import type { Qualifier, Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { daysBefore } from './dialect.ts'
import type { System } from './nouns.ts'
import { LATEST_DAY, NEVER_COUNTED } from './residuals.ts'

/** Residuals that somebody has to look at, the oldest first, at most `limit` of each kind. */

export type NotedResidual = Watched & {
  id: number
  name: string
  nameEn: string | null
  system: Pick<System, 'id' | 'key' | 'name' | 'nameEn'>
}

/** Counted, but longer ago than its cadence. */
export async function listOldReadings(
  db: Db,
  today: Day,
  cadenceDays: number,
  limit: number,
): Promise<NotedResidual[]> {
  const usual = await open(db)
    .where('residual.cadence_days', 'is', null)
    .where(LATEST_DAY, '<', addDays(today, -cadenceDays))
    .orderBy(LATEST_DAY)
    .limit(limit)
    .execute()
  const own = await open(db)
    .where('residual.cadence_days', 'is not', null)
    .where(eb => eb('residual.latest_on', '<', daysBefore(db, today, eb.ref('residual.cadence_days'))))
    .orderBy('residual.latest_on')
    .limit(limit)
    .execute()
  const oldest = [...usual, ...own].sort((a, b) => (a.latestOn! < b.latestOn! ? -1 : 1))
  return noted(oldest.slice(0, limit))
}

/** Counted several times with the same result, or declared not to move, by the rule of `isStalled`. */
export async function listUnmoved(db: Db, limit: number): Promise<NotedResidual[]> {
  const query = open(db)
    .where('residual.latest_count', '>', 0)
    .where(MAY_BE_STALLED)
    .where(eb => eb.or([isStillByCounts(db), isStillByDeclaration]))
    .orderBy('residual.unchanged_since')
    .orderBy('residual.id')
  return noted(await query.limit(limit).execute())
}

/** Word for word what the index of unmoved residuals holds. */
const MAY_BE_STALLED = sql<boolean>`(residual.unchanged_readings >= 3 or residual.declared_rate = 0)`

function isStillByCounts(db: Db) {
  const latest = daysBefore(db, sql.ref<Day>('residual.latest_on'), sql.lit(STALL_DAYS))
  return sql<boolean>`residual.unchanged_readings >= 3 and residual.unchanged_since <= ${latest}`
}

/** What was declared is over with the first count of a later day that says otherwise. */
const isStillByDeclaration = sql<boolean>`residual.declared_rate = 0 and (residual.first_on is null
  or residual.unchanged_since <= residual.first_on or residual.unchanged_since <= residual.declared_rate_on)`

/** The residuals that nobody has ever counted, those of retired systems included: their end is not known either. */
export async function listUncounted(db: Db, limit: number): Promise<NotedResidual[]> {
  const query = residuals(db)
    .where('residual.latest_on', 'is', null)
    .where(LATEST_DAY, '=', NEVER_COUNTED)
    .orderBy('residual.id')
  return noted(await query.limit(limit).execute())
}

/** Retired systems of which something was counted after all; what an override knew of is another matter. */
export async function listSeenAfterRetirement(db: Db, limit: number): Promise<NotedResidual[]> {
  const query = residuals(db)
    .where('system.status', '=', 'retired')
    .where('residual.latest_count', '>', 0)
    .where(eb =>
      eb.or([
        eb('system.override_reason', 'is', null),
        eb('system.status_on', 'is', null),
        eb('residual.latest_on', '>', eb.ref('system.status_on')),
      ]),
    )
    .orderBy('residual.latest_on')
    .orderBy('residual.id')
  return noted(await query.limit(limit).execute())
}

const RUNNING = ['migrating', 'cutover_pending', 'draining', 'on_hold'] as const

function open(db: Db) {
  return residuals(db).where(STATUS, 'in', RUNNING)
}

/** Written so that no database begins with the systems of a status: nearly all of them run. */
const STATUS = sql<Status>`coalesce(system.status, '')`

function residuals(db: Db) {
  return db
    .selectFrom('residual')
    .innerJoin('system', 'system.id', 'residual.system_id')
    .select(['residual.id', 'residual.name', 'residual.name_en as nameEn'])
    .select(['system.key', 'system.name as systemName', 'system.name_en as systemNameEn'])
    .select('system.id as systemId')
    .select(['latest_on as latestOn', 'latest_count as latestCount', 'latest_qualifier as latestQualifier'])
    .select([
      'first_on as firstOn',
      'cadence_days as cadenceDays',
      'declared_rate as declaredRate',
      'declared_rate_on as declaredRateOn',
    ])
    .select(['unchanged_since as unchangedSince', 'unchanged_readings as unchangedReadings'])
    .where('residual.closed_on', 'is', null)
}

type Row = Omit<NotedResidual, 'system' | 'latest'> & {
  systemId: number
  key: string
  systemName: string
  systemNameEn: string | null
  latestOn: Day | null
  latestCount: number | null
  latestQualifier: Qualifier | null
}

function noted(rows: Row[]): NotedResidual[] {
  return rows.map(
    ({
      systemId: id,
      key,
      systemName,
      systemNameEn,
      latestOn,
      latestCount,
      latestQualifier,
      ...residual
    }) => ({
      ...residual,
      system: { id, key, name: systemName, nameEn: systemNameEn },
      latest:
        latestOn !== null && latestCount !== null && latestQualifier !== null
          ? { day: latestOn, count: latestCount, qualifier: latestQualifier }
          : null,
    }),
  )
}
