import { addDays, type Day } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import { type JointForecast, systemForecast } from '../domain/forecast/joint.ts'
import { forecastResidual, type ResidualForecast, type ResidualInput } from '../domain/forecast/residual.ts'
import type { ClosedIntake } from '../domain/intake.ts'
import { hasRisenAfter, rateInForce, withLeaks } from '../domain/readings.ts'
import type { Count, Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { loadAllReadings, loadReadings, parseReadings, type WrittenReadings } from './forecast-readings.ts'
import { loadClosedIntakes } from './intake.ts'
import { loadProfiles } from './maturity.ts'
import type { System } from './nouns.ts'
import { listResiduals, type ResidualState } from './residuals.ts'

/** A system with everything that its forecast looks at. */
export type ForecastSystem = SystemRow & { residuals: { residual: ResidualState; input: ResidualInput }[] }

/** The forecast of one system and of each of its open residuals. */
export type Outlook = {
  system: SystemRow
  joint: JointForecast
  residuals: { residual: Forecasted; forecast: ResidualForecast }[]
}

/** What is said of a residual beside its forecast: those of an estate are all in memory, so no more than that. */
type Forecasted = Pick<ResidualState, 'id' | 'key' | 'name' | 'nameEn' | 'unit'> & {
  latest: (Count & { day: Day }) | null
}

type SystemRow = Pick<
  System,
  'id' | 'key' | 'name' | 'nameEn' | 'status' | 'statusOn' | 'owner' | 'targetOn'
> & {
  /** What makes a leak of a rise; null while it takes new work. */
  intake: ClosedIntake | null
}

/** Readings older than this say nothing about the speed; of those before, only the ends are read, but all where a leak may be open. */
const READ_DAYS = 400

/** Forecasts as of a day, read and worked out for these systems only. */
export async function loadOutlooks(
  db: Db,
  systemIds: readonly number[],
  today: Day,
  widening: number,
): Promise<Outlook[]> {
  const written = await loadWritten(db, systemIds, today)
  return written.systems.map(system => outlookOf(forecastSystem(system, written, widening), today))
}

export function outlookOf({ residuals, ...system }: ForecastSystem, asOf: Day): Outlook {
  const forecasts = residuals.map(({ residual, input }) => ({
    residual: forecastedOf(residual),
    forecast: forecastResidual(input, asOf),
  }))
  const parts = forecasts.map(({ residual, forecast }) => ({ id: String(residual.id), forecast }))
  return { system, residuals: forecasts, joint: systemForecast(system.key, parts) }
}

function forecastedOf({ id, key, name, nameEn, unit, latest }: ResidualState): Forecasted {
  const count = latest && { day: latest.day, count: latest.count, qualifier: latest.qualifier }
  return { id, key, name, nameEn, unit, latest: count }
}

/** How some systems and residuals stood at another time, where that is asked of instead of what is now. */
export type Standings = {
  system: <S extends { id: number }>(now: S) => S
  residuals: (now: readonly ResidualState[]) => ResidualState[]
}

const AS_IS: Standings = { system: now => now, residuals: now => [...now] }

/** What the forecasts of some systems look at, in a few queries. */
export async function loadForecastSystems(
  db: Db,
  systemIds: readonly number[],
  today: Day,
  widening: number,
  standings: Standings = AS_IS,
): Promise<ForecastSystem[]> {
  if (systemIds.length === 0) return []
  const written = await loadWritten(db, systemIds, today, standings)
  return written.systems.map(system => forecastSystem(system, written, widening))
}

type Written = Awaited<ReturnType<typeof loadWritten>>

async function loadWritten(db: Db, systemIds: readonly number[], today: Day, standings: Standings = AS_IS) {
  const now = await db
    .selectFrom('system')
    .select([
      'id',
      'key',
      'name',
      'name_en as nameEn',
      'status',
      'status_on as statusOn',
      'owner',
      'target_on as targetOn',
    ])
    .where('id', 'in', systemIds)
    .orderBy('id')
    .execute()
  const rows = now.map(standings.system)
  const intakes = await loadClosedIntakes(db, rows)
  const systems = rows.map(row => ({ ...row, intake: intakes.get(row.id) ?? null }))
  const known = await listResiduals(db, systemIds)
  const residuals = standings.residuals(known).filter(one => !one.closedOn)
  const closedIds = known.flatMap(({ id, closedOn }) => (closedOn ? id : []))
  const reopenedIds = residuals.flatMap(({ id }) => (closedIds.includes(id) ? id : []))
  const drainingIds = systems.filter(({ status }) => status === 'draining').map(({ id }) => id)
  const emptying = new Map(systems.filter(({ status }) => isEmptying(status)).map(one => [one.id, one]))
  const risen = residuals.filter(({ systemId, risenOn }) =>
    hasRisenAfter(risenOn, emptying.get(systemId)?.intake ?? null),
  )
  return {
    systems,
    residuals: Map.groupBy(residuals, residual => residual.systemId),
    readings: new Map([
      ...(await loadReadings(db, drainingIds, addDays(today, -READ_DAYS), reopenedIds)),
      ...(await loadAllReadings(
        db,
        risen.map(({ id }) => id),
      )),
    ]),
    profiles: await loadProfiles(db, drainingIds, reopenedIds),
  }
}

/** A hold leaves the intake as it was, so there may be leaks. */
function isEmptying(status: Status): boolean {
  return status === 'draining' || status === 'on_hold'
}

/** Readings are taken apart here, one system at a time: those of one are gone before the next is looked at. */
function forecastSystem(
  system: SystemRow,
  { residuals, readings, profiles }: Written,
  widening: number,
): ForecastSystem {
  const own = residuals.get(system.id) ?? []
  return {
    ...system,
    residuals: own.map(residual => ({
      residual,
      input: {
        readings: withLeaks(readingsOf(residual, readings.get(residual.id)), {
          risenOn: residual.risenOn,
          intake: system.intake,
        }),
        status: system.status,
        declaredPerMonth: rateInForce(residual.latest, residual),
        profiles: profiles.get(residual.id) ?? [],
        widening,
      },
    })),
  }
}

function readingsOf({ latest }: ResidualState, written: WrittenReadings | undefined): CountReading[] {
  if (written !== undefined) return parseReadings(written)
  return latest ? [{ day: latest.day, count: latest.count, qualifier: latest.qualifier, reason: null }] : []
}
