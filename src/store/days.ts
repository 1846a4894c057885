import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Db, Trx } from './columns.ts'

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
  const [from, to] = [partsOf(move.from), partsOf(move.to)]
  const delta = {
    unit: residual.unit,
    count_delta: to.count - from.count,
    bound_delta: to.bound - from.bound,
    bounds_delta: to.bounds - from.bounds,
    counted_delta: to.counted - from.counted,
  }
  await addDeltas(trx, residual.systemId, { ...delta, day: move.day, readings: move.readings })
  if (move.next) await addDeltas(trx, residual.systemId, { ...negated(delta), day: move.next, readings: 0 })
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
    .groupBy(month)
    .orderBy(month)
    .execute()
  let [count, bounds] = [0, 0]
  const course = months.map(change => {
    count += change.count
    bounds += change.bounds
    return { day: change.day, count, qualifier: bounds > 0 ? 'at_least' : 'exact' } as const
  })
  return course.slice(-COURSE_MONTHS)
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

type Deltas = {
  day: Day
  unit: Unit
  count_delta: number
  bound_delta: number
  bounds_delta: number
  counted_delta: number
  readings: number
}

async function addDeltas(trx: Trx, systemId: number, deltas: Deltas): Promise<void> {
  await trx
    .insertInto('system_day')
    .values({ system_id: systemId, ...deltas })
    .onConflict(conflict =>
      conflict.columns(['system_id', 'unit', 'day']).doUpdateSet(eb => ({
        count_delta: eb('system_day.count_delta', '+', deltas.count_delta),
        bound_delta: eb('system_day.bound_delta', '+', deltas.bound_delta),
        bounds_delta: eb('system_day.bounds_delta', '+', deltas.bounds_delta),
        counted_delta: eb('system_day.counted_delta', '+', deltas.counted_delta),
        readings: eb('system_day.readings', '+', deltas.readings),
      })),
    )
    .execute()
  await trx
    .insertInto('estate_day')
    .values(deltas)
    .onConflict(conflict =>
      conflict.columns(['unit', 'day']).doUpdateSet(eb => ({
        count_delta: eb('estate_day.count_delta', '+', deltas.count_delta),
        bound_delta: eb('estate_day.bound_delta', '+', deltas.bound_delta),
        bounds_delta: eb('estate_day.bounds_delta', '+', deltas.bounds_delta),
        counted_delta: eb('estate_day.counted_delta', '+', deltas.counted_delta),
        readings: eb('estate_day.readings', '+', deltas.readings),
      })),
    )
    .execute()
}

function partsOf(count: Count | undefined) {
  if (!count) return { count: 0, bound: 0, bounds: 0, counted: 0 }
  if (count.qualifier === 'at_least') return { count: 0, bound: count.count, bounds: 1, counted: 1 }
  return { count: count.count, bound: 0, bounds: 0, counted: 1 }
}

function negated(delta: Omit<Deltas, 'day' | 'readings'>): Omit<Deltas, 'day' | 'readings'> {
  return {
    unit: delta.unit,
    count_delta: -delta.count_delta,
    bound_delta: -delta.bound_delta,
    bounds_delta: -delta.bounds_delta,
    counted_delta: -delta.counted_delta,
  }
}
