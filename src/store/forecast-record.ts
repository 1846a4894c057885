import type { Day } from '../domain/calendar.ts'
import {
  type DateRecord,
  dateRecord,
  groupKept,
  judgeChances,
  type ReliabilityBin,
  reliability,
} from '../domain/forecast/record.ts'
import type { Widening } from '../domain/forecast/widening.ts'
import type { Db } from './columns.ts'
import { listJudged, loadWidening } from './estate-forecasts.ts'
import { countKeepings } from './keepings.ts'
import { IN_SIGHT, toJudgeable } from './kept-forecasts.ts'
import { loadOutcomes } from './outcomes.ts'
import { oncePerRevision } from './per-revision.ts'

/** What became of what was said: everything whose day is behind us. */
export type ForecastRecord = {
  /** Forecasts of residuals ever given with dates: one a day. */
  given: number
  /** The dates that were shown: those of a chance of at least 5 % within two years. */
  p50: DateRecord
  p85: DateRecord
  /** The dates by which the record is told: P85, until the first of those is behind us P50. */
  told: 'p50' | 'p85'
  bins: ReliabilityBin[]
  groups: { by: 'method' | 'owner'; name: string; record: DateRecord }[]
  widening: Widening
}

export async function loadRecord(db: Db, today: Day): Promise<ForecastRecord> {
  return oncePerRevision(db, 'forecast-record', today, () => readRecord(db, today), `${countKeepings(db)}`)
}

async function readRecord(db: Db, today: Day): Promise<ForecastRecord> {
  const kept = (await listJudged(db, today)).flatMap(row => toJudgeable(row) ?? [])
  const outcomes = await loadOutcomes(db)
  const shown = kept.filter(({ withinTwoYears }) => withinTwoYears >= IN_SIGHT)
  const p85 = dateRecord(shown, outcomes, today, 'p85')
  const told = p85.judged > 0 ? 'p85' : 'p50'
  const groupsOf = (by: 'method' | 'owner') =>
    [...groupKept(shown, by)].map(([name, some]) => ({
      by,
      name,
      record: dateRecord(some, outcomes, today, told),
    }))
  return {
    given: await countGiven(db),
    p50: dateRecord(shown, outcomes, today, 'p50'),
    p85,
    told,
    bins: reliability(judgeChances(kept, outcomes, today)),
    groups: (['method', 'owner'] as const).flatMap(groupsOf),
    widening: await loadWidening(db, today),
  }
}

async function countGiven(db: Db): Promise<number> {
  const days = db
    .selectFrom('kept_forecast')
    .select(['residual_id', 'made_on'])
    .distinct()
    .where('residual_id', 'is not', null)
    .where('within_two_years', '>=', IN_SIGHT)
  const { given } = await db
    .selectFrom(days.as('days'))
    .select(eb => eb.fn.countAll<number>().as('given'))
    .executeTakeFirstOrThrow()
  return given
}

/** Systems about which a date was ever said, in the order of the register. */
export type SystemWithDates = Awaited<ReturnType<typeof listSystemsWithDates>>[number]

export async function listSystemsWithDates(db: Db, limit: number) {
  return db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn', 'status'])
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('kept_forecast')
          .select('kept_forecast.id')
          .whereRef('kept_forecast.system_id', '=', 'system.id')
          .where('residual_id', 'is', null)
          .where('p50_on', 'is not', null),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
}
