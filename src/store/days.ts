import { type ExpressionBuilder, sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Db, Trx } from './columns.ts'
import type { Tables } from './schema.ts'
import { statement } from './statement.ts'

/**
 * The kept daily totals: for each system, and for the whole estate, what changed on a day. A running sum over
 * them is the burn-down, however many readings there are.
 */
export type DayTotal = {
  day: Day
  unit: Unit
  count: number
  bound: number
  bounds: number
  counted: number
  readings: number
}

export type Move = {
  day: Day
  /** The day of the next reading in force: from there on the old total holds again. */
  next: Day | null
  from: Count | undefined
  to: Count | undefined
  readings: number
}

/** Moves the totals of a day from one count of a residual to another. */
export async function moveTotals(
  trx: Trx,
  residual: { systemId: number; unit: Unit },
  move: Move,
): Promise<void> {
  const { unit, systemId } = residual
  await addDeltas(trx, systemId, deltasOf(unit, move))
  const back = { day: move.next, from: move.to, to: move.from, readings: 0 }
  if (back.day) await addDeltas(trx, systemId, deltasOf(unit, { ...back, day: back.day }))
}

/** What a day adds to the running sums when a residual goes from one count to another. */
export function deltasOf(unit: Unit, move: Omit<Move, 'next'>): Deltas {
  const [from, to] = [partsOf(move.from), partsOf(move.to)]
  return {
    day: move.day,
    unit,
    count_delta: to.count - from.count,
    bound_delta: to.bound - from.bound,
    bounds_delta: to.bounds - from.bounds,
    counted_delta: to.counted - from.counted,
    readings: move.readings,
  }
}

/** The days on which a system changed or was counted, oldest first, all of them summed up to `from`. */
export async function listSystemDays(
  db: Db,
  systemIds: readonly number[],
): Promise<(DayTotal & { systemId: number })[]> {
  if (systemIds.length === 0) return []
  return db
    .selectFrom('system_day')
    .select(['system_id as systemId', ...TOTALS])
    .where('system_id', 'in', systemIds)
    .orderBy('system_id')
    .orderBy('unit')
    .orderBy('day')
    .execute()
}

export async function listEstateDays(db: Db, unit: Unit): Promise<DayTotal[]> {
  return db.selectFrom('estate_day').select(TOTALS).where('unit', '=', unit).orderBy('day').execute()
}

/** What a system had open at its last change of a month. */
export type CoursePoint = { day: Day; count: number; qualifier: 'exact' | 'at_least' }

const COURSE_MONTHS = 24

/** The last two years of a system, month by month, whatever its units. */
export async function loadCourse(db: Db, systemId: number): Promise<CoursePoint[]> {
  const month = sql<string>`substr(day, 1, 7)`
  const months = await db
    .selectFrom('system_day')
    .select(eb => [
      eb.fn.max('day').as('day'),
      eb.fn.sum<number>(eb('count_delta', '+', eb.ref('bound_delta'))).as('count'),
      eb.fn.sum<number>('bounds_delta').as('bounds'),
    ])
    .where('system_id', '=', systemId)
    .where(isSomething)
    .groupBy(month)
    .orderBy(month)
    .execute()
  return courseOf(months)
}

/** A day whose changes were all taken back is as if it had never been. */
function isSomething(eb: ExpressionBuilder<Tables, 'system_day'>) {
  return eb.or(SUMMED.map(name => eb(name, '<>', 0)))
}

export const SUMMED = ['count_delta', 'bound_delta', 'bounds_delta', 'counted_delta', 'readings'] as const

/** The running sums over what each month added; `day` is the last one on which something changed. */
export function courseOf(months: readonly { day: Day; count: number; bounds: number }[]): CoursePoint[] {
  let [count, bounds] = [0, 0]
  const course = months.map(change => {
    count += change.count
    bounds += change.bounds
    return { day: change.day, count, qualifier: bounds > 0 ? 'at_least' : 'exact' } as const
  })
  return course.slice(-COURSE_MONTHS)
}

/** A course after the newest readings of all, made on `day`: they end where the open residuals now stand. */
export function courseWith(
  course: readonly CoursePoint[],
  day: Day,
  residuals: readonly { closedOn: Day | null; latest: Count | null }[],
): CoursePoint[] {
  const latest = residuals.flatMap(residual => (residual.closedOn ? [] : (residual.latest ?? [])))
  const count = latest.reduce((sum, one) => sum + one.count, 0)
  const qualifier = latest.some(one => one.qualifier === 'at_least') ? 'at_least' : 'exact'
  const before = course.filter(point => point.day.slice(0, 7) !== day.slice(0, 7))
  return [...before, { day, count, qualifier } as const].slice(-COURSE_MONTHS)
}

const TOTALS = [
  'day',
  'unit',
  'count_delta as count',
  'bound_delta as bound',
  'bounds_delta as bounds',
  'counted_delta as counted',
  'readings',
] as const

export type Deltas = Tables['estate_day']

async function addDeltas(trx: Trx, systemId: number, deltas: Deltas): Promise<void> {
  await addToSystemDay(trx, { ...deltas, system_id: systemId })
  await addToEstateDay(trx, deltas)
}

const addToSystemDay = statement((db, the: Deltas & { system_id: number }) =>
  db
    .insertInto('system_day')
    .values({ system_id: the.system_id, ...eachOf(the) })
    .onConflict(conflict =>
      conflict.columns(['system_id', 'unit', 'day']).doUpdateSet(eb => ({
        count_delta: eb('system_day.count_delta', '+', eb.ref('excluded.count_delta')),
        bound_delta: eb('system_day.bound_delta', '+', eb.ref('excluded.bound_delta')),
        bounds_delta: eb('system_day.bounds_delta', '+', eb.ref('excluded.bounds_delta')),
        counted_delta: eb('system_day.counted_delta', '+', eb.ref('excluded.counted_delta')),
        readings: eb('system_day.readings', '+', eb.ref('excluded.readings')),
      })),
    ),
)

const addToEstateDay = statement((db, the: Deltas) =>
  db
    .insertInto('estate_day')
    .values(eachOf(the))
    .onConflict(conflict =>
      conflict.columns(['unit', 'day']).doUpdateSet(eb => ({
        count_delta: eb('estate_day.count_delta', '+', eb.ref('excluded.count_delta')),
        bound_delta: eb('estate_day.bound_delta', '+', eb.ref('excluded.bound_delta')),
        bounds_delta: eb('estate_day.bounds_delta', '+', eb.ref('excluded.bounds_delta')),
        counted_delta: eb('estate_day.counted_delta', '+', eb.ref('excluded.counted_delta')),
        readings: eb('estate_day.readings', '+', eb.ref('excluded.readings')),
      })),
    ),
)

function eachOf({ day, unit, count_delta, bound_delta, bounds_delta, counted_delta, readings }: Deltas) {
  return { day, unit, count_delta, bound_delta, bounds_delta, counted_delta, readings }
}

function partsOf(count: Count | undefined) {
  if (!count) return { count: 0, bound: 0, bounds: 0, counted: 0 }
  if (count.qualifier === 'at_least') return { count: 0, bound: count.count, bounds: 1, counted: 1 }
  return { count: count.count, bound: 0, bounds: 0, counted: 1 }
}
