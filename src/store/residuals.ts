import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import { type OpenInUnit, openOrders } from '../domain/open-orders.ts'
import type { Count, Qualifier } from '../domain/vocabulary.ts'
import type { Db, Trx } from './columns.ts'
import { selectRows } from './columns.ts'
import { type CoursePoint, courseWith, loadCourse } from './days.ts'
import { NOUNS, type Residual } from './nouns.ts'
import { statement } from './statement.ts'

/** A residual with what its readings say, kept beside it so that no page adds up the history. */
export type ResidualState = Residual & {
  firstOn: Day | null
  /** Day of the last reading that rose and was no recount. */
  risenOn: Day | null
  latest: (Count & { day: Day; unchangedSince: Day; unchangedReadings: number }) | null
}

/** The residuals of a system, closed ones last. */
export async function listResiduals(db: Db, systemIds: readonly number[]): Promise<ResidualState[]> {
  const [systemId] = systemIds
  const rows =
    systemIds.length === 1 && systemId !== undefined
      ? await selectOfSystem(db, { systemId })
      : await selectResidualStates(db)
          .where('residual.system_id', 'in', systemIds)
          .orderBy('residual.id')
          .execute()
  return rows.map(toResidualState).sort((a, b) => Number(a.closedOn !== null) - Number(b.closedOn !== null))
}

export async function findResiduals(db: Db, ids: readonly number[]): Promise<ResidualState[]> {
  const [id] = ids
  if (id === undefined) return []
  const rows =
    ids.length === 1
      ? await selectResidual(db, { id })
      : await selectResidualStates(db).where('residual.id', 'in', ids).execute()
  return rows.map(toResidualState)
}

const selectResidual = statement((db, the: { id: number }) =>
  selectResidualStates(db).where('residual.id', '=', the.id),
)

const selectOfSystem = statement((db, the: { systemId: number }) =>
  selectResidualStates(db).where('residual.system_id', '=', the.systemId).orderBy('residual.id'),
)

/** Works out anew what the open residuals of a system add up to, and keeps it on the system. */
export async function refreshSystemTotals(trx: Trx, systemId: number): Promise<void> {
  await keepTotals(trx, systemId, await listResiduals(trx, [systemId]), await loadCourse(trx, systemId))
}

/** The same after counts of one day, from the course as it was before them. */
export async function appendSystemTotals(
  trx: Trx,
  { id, course }: { id: number; course: readonly CoursePoint[] },
  day: Day,
): Promise<void> {
  const last = course.at(-1)
  if (last && day < last.day) return refreshSystemTotals(trx, id)
  const residuals = (await selectCounts(trx, { id })).map(toCounted)
  await keepTotals(trx, id, residuals, courseWith(course, day, residuals))
}

/** On the way of every written count: of each residual only what is added up. */
const selectCounts = statement((db, the: { id: number }) =>
  db
    .selectFrom('residual')
    .select(['unit', 'closed_on as closedOn', 'latest_on as latestOn'])
    .select(['latest_count as latestCount', 'latest_qualifier as latestQualifier'])
    .where('system_id', '=', the.id)
    .orderBy('id'),
)

type CountsRow = Pick<ResidualStateRow, 'unit' | 'closedOn' | 'latestOn' | 'latestCount' | 'latestQualifier'>

function toCounted({ unit, closedOn, latestOn: day, latestCount, latestQualifier }: CountsRow): Counted {
  const isCounted = day !== null && latestCount !== null && latestQualifier !== null
  return {
    unit,
    closedOn,
    latest: isCounted ? { day, count: latestCount, qualifier: latestQualifier } : null,
  }
}

async function keepTotals(
  trx: Trx,
  id: number,
  residuals: readonly Counted[],
  course: readonly CoursePoint[],
): Promise<void> {
  await updateTotals(trx, { ...systemTotals(residuals), course: JSON.stringify(course), id })
}

type KeptTotals = ReturnType<typeof systemTotals> & { course: string; id: number }

const updateTotals = statement((db, the: KeptTotals) =>
  db
    .updateTable('system')
    .set({
      open_total: the.open_total,
      open_by_unit: the.open_by_unit,
      residual_count: the.residual_count,
      uncounted_count: the.uncounted_count,
      unsettled_count: the.unsettled_count,
      oldest_reading_on: the.oldest_reading_on,
      course: the.course,
    })
    .where('id', '=', the.id),
)

/** The kept totals of a system; closed residuals add nothing. */
export function systemTotals(residuals: readonly Counted[]) {
  const open = residuals.filter(residual => !residual.closedOn)
  const sum = openOrders(open)
  const days = open.flatMap(({ latest }) => (latest ? [latest.day] : []))
  return {
    open_total: sum.total,
    open_by_unit: JSON.stringify(sum.byUnit satisfies OpenInUnit[]),
    residual_count: sum.residuals,
    uncounted_count: sum.uncounted,
    unsettled_count: sum.unsettled,
    oldest_reading_on: days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : null,
  }
}

type Counted = Pick<ResidualState, 'unit' | 'closedOn'> & { latest: (Count & { day: Day }) | null }

export function selectResidualStates(db: Db) {
  return selectRows(db, NOUNS.residual).select([
    'residual.first_on as firstOn',
    'residual.risen_on as risenOn',
    'residual.latest_on as latestOn',
    'residual.latest_count as latestCount',
    'residual.latest_qualifier as latestQualifier',
    'residual.unchanged_since as unchangedSince',
    'residual.unchanged_readings as unchangedReadings',
  ])
}

/** The day of the latest count, as the index over open residuals knows it: that of one never counted comes last. */
export const LATEST_DAY = sql<Day>`coalesce(residual.latest_on, '9999-12-31')`
export const NEVER_COUNTED = sql<Day>`'9999-12-31'`

export type ResidualStateRow = Residual & {
  firstOn: Day | null
  risenOn: Day | null
  latestOn: Day | null
  latestCount: number | null
  latestQualifier: Qualifier | null
  unchangedSince: Day | null
  unchangedReadings: number
}

export function toResidualState({
  latestOn,
  latestCount,
  latestQualifier,
  unchangedSince,
  unchangedReadings,
  ...row
}: ResidualStateRow): ResidualState {
  if (latestOn === null || latestCount === null || latestQualifier === null) return { ...row, latest: null }
  const day = latestOn
  const unchanged = { unchangedSince: unchangedSince ?? day, unchangedReadings }
  return { ...row, latest: { day, count: latestCount, qualifier: latestQualifier, ...unchanged } }
}
