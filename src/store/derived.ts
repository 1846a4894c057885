import type { Day } from '../domain/calendar.ts'
import { lastRise } from '../domain/rises.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { type CoursePoint, courseOf, type Deltas, deltasOf, SUMMED } from './days.ts'
import { listReadingsSince } from './readings.ts'
import { listResiduals, type ResidualState, systemTotals } from './residuals.ts'

/** What the kept columns of one system have to be, worked out from its readings alone. */
export type Derived = {
  systemId: number
  residuals: (ResidualColumns & { id: number })[]
  totals: ReturnType<typeof systemTotals> & { course: string }
  days: Deltas[]
}

const AT_ONCE = 20

/** Every system in the order of ids; the readings of a few are held at a time. */
export async function* deriveAll(db: Db): AsyncGenerator<Derived> {
  const systems = await db.selectFrom('system').select('id').orderBy('id').execute()
  for (let from = 0; from < systems.length; from += AT_ONCE) {
    const ids = systems.slice(from, from + AT_ONCE).map(system => system.id)
    const residuals = await listResiduals(db, ids)
    const residualIds = residuals.map(residual => residual.id)
    const readings = await listReadingsSince(db, residualIds, '')
    const readingsOf = Map.groupBy(readings, reading => reading.residualId)
    const residualsOf = Map.groupBy(residuals, residual => residual.systemId)
    for (const id of ids) yield derive(id, residualsOf.get(id) ?? [], readingsOf)
  }
}

type Reading = Count & { day: Day; reason: ChangeReason | null }

function derive(
  systemId: number,
  residuals: readonly ResidualState[],
  readingsOf: ReadonlyMap<number, readonly Reading[]>,
): Derived {
  const counted = residuals.map(residual => ({ residual, readings: readingsOf.get(residual.id) ?? [] }))
  const sums: DaySums = new Map()
  for (const { residual, readings } of counted) addToDays(sums, daysOf(residual, readings))
  const days = daysIn(sums)
  const latest = counted.map(({ residual, readings }) => ({ ...residual, latest: readings.at(-1) ?? null }))
  return {
    systemId,
    residuals: counted.map(({ residual, readings }) => ({ id: residual.id, ...residualColumns(readings) })),
    totals: { ...systemTotals(latest), course: JSON.stringify(monthly(days)) },
    days,
  }
}

type ResidualColumns = ReturnType<typeof residualColumns>

/** The kept columns of a residual from its readings in force, oldest first. */
function residualColumns(readings: readonly Reading[]) {
  const last = readings.at(-1)
  const run = last ? readings.slice(readings.findLastIndex(one => !isSame(one, last)) + 1) : []
  return {
    first_on: readings[0]?.day ?? null,
    latest_on: last?.day ?? null,
    latest_count: last?.count ?? null,
    latest_qualifier: last?.qualifier ?? null,
    unchanged_since: run[0]?.day ?? null,
    unchanged_readings: run.length,
    risen_on: lastRise(readings)?.day ?? null,
  }
}

function isSame(one: Count, other: Count): boolean {
  return one.count === other.count && one.qualifier === other.qualifier
}

function daysOf({ unit, closedOn }: ResidualState, readings: readonly Reading[]): Deltas[] {
  const days = readings.map((to, index) =>
    deltasOf(unit, { day: to.day, from: readings[index - 1], to, readings: 1 }),
  )
  if (closedOn) {
    days.push(deltasOf(unit, { day: closedOn, from: readings.at(-1), to: undefined, readings: 0 }))
  }
  return days
}

export type DaySums = Map<string, Deltas>

export function addToDays(sums: DaySums, days: Iterable<Deltas>): DaySums {
  for (const delta of days) {
    const key = `${delta.day} ${delta.unit}`
    const sum = sums.get(key)
    if (!sum) sums.set(key, { ...delta })
    else for (const name of SUMMED) sum[name] += delta[name]
  }
  return sums
}

/** One row for each unit and day, oldest first; what comes to nothing is left out. */
export function daysIn(sums: DaySums): Deltas[] {
  const left = [...sums.values()].filter(sum => SUMMED.some(name => sum[name] !== 0))
  return left.sort((a, b) => (a.day < b.day ? -1 : 1))
}

function monthly(days: readonly Deltas[]): CoursePoint[] {
  const months = Map.groupBy(days, delta => delta.day.slice(0, 7))
  return courseOf(
    [...months.values()].map(some => ({
      day: some.at(-1)!.day,
      count: some.reduce((sum, { count_delta, bound_delta }) => sum + count_delta + bound_delta, 0),
      bounds: some.reduce((sum, { bounds_delta }) => sum + bounds_delta, 0),
    })),
  )
}
