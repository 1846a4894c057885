import type { Day } from '../domain/calendar.ts'
import {
  type DateRecord,
  dateRecord,
  groupKept,
  judgeChances,
  type KeptForecast,
  type Outcomes,
  type ReliabilityBin,
  reliability,
} from '../domain/forecast/record.ts'
import type { Widening } from '../domain/forecast/widening.ts'
import type { Db } from './columns.ts'
import { listJudged, loadOutcomes, loadWidening } from './estate-forecasts.ts'
import { toJudgeable } from './kept-forecasts.ts'
import { oncePerRevision } from './per-revision.ts'

/** What became of what was said: everything whose day is behind us. */
export type ForecastRecord = {
  /** Forecasts of residuals ever given with dates. */
  given: number
  /** The dates that were shown: those of a chance of at least 5 % within two years. */
  p50: DateRecord
  p85: DateRecord
  bins: ReliabilityBin[]
  groups: { by: 'method' | 'owner'; name: string; p85: DateRecord }[]
  widening: Widening
}

export async function loadRecord(db: Db, today: Day): Promise<ForecastRecord> {
  return oncePerRevision(db, 'forecast-record', today, async () => {
    const kept = (await listJudged(db, today)).flatMap(row => toJudgeable(row) ?? [])
    const outcomes = await loadOutcomes(db)
    const shown = kept.filter(({ withinTwoYears }) => withinTwoYears >= IN_SIGHT)
    return {
      given: await countGiven(db),
      p50: dateRecord(shown, outcomes, today, 'p50'),
      p85: dateRecord(shown, outcomes, today, 'p85'),
      bins: reliability(judgeChances(kept, outcomes, today)),
      groups: (['method', 'owner'] as const).flatMap(by => groupsOf(shown, outcomes, today, by)),
      widening: await loadWidening(db, today),
    }
  })
}

const IN_SIGHT = 0.05

function groupsOf(shown: readonly KeptForecast[], outcomes: Outcomes, today: Day, by: 'method' | 'owner') {
  return [...groupKept(shown, by)].map(([name, some]) => ({
    by,
    name,
    p85: dateRecord(some, outcomes, today, 'p85'),
  }))
}

async function countGiven(db: Db): Promise<number> {
  const { given } = await db
    .selectFrom('kept_forecast')
    .select(eb => eb.fn.countAll<number>().as('given'))
    .where('residual_id', 'is not', null)
    .where('within_two_years', '>=', IN_SIGHT)
    .executeTakeFirstOrThrow()
  return given
}

/** Systems about which a date was ever said, in the order of the register. */
export async function listSystemsWithDates(db: Db, limit: number) {
  return db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn'])
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
