import type { ExpressionBuilder } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { OpenInUnit } from '../domain/open-orders.ts'
import type { Status } from '../domain/vocabulary.ts'
import { type Db, selectRows } from './columns.ts'
import type { CoursePoint } from './days.ts'
import { inCodeOrder } from './dialect.ts'
import { matches } from './matching.ts'
import { NOUNS, type System } from './nouns.ts'
import type { Tables } from './schema.ts'
import { statement } from './statement.ts'

/** A system with what its residuals add up to. */
export type SystemState = System & {
  openTotal: number
  openByUnit: OpenInUnit[]
  /** Of residuals that are open; those that were closed are counted beside them. */
  residualCount: number
  closedCount: number
  uncountedCount: number
  unsettledCount: number
  oldestReadingOn: Day | null
  course: CoursePoint[]
}

export const SYSTEM_SORTS = [
  'register',
  'name',
  'status',
  'open',
  'uncounted',
  'target',
  'owner',
  'age',
] as const
export type SystemSort = (typeof SYSTEM_SORTS)[number]

export type SystemFilter = { status?: Status; owner?: string; text?: string }
export type Page = { limit: number; offset: number }

/** One page of systems; unknown days come last in either order. */
export async function listSystems(
  db: Db,
  filter: SystemFilter,
  sort: SystemSort,
  page: Page,
): Promise<SystemState[]> {
  let query = where(db, filter)
  if (sort === 'name') query = query.orderBy(eb => inCodeOrder(db, eb.ref('system.name')))
  if (sort === 'status') query = query.orderBy('system.status')
  if (sort === 'open') query = query.orderBy('system.open_total', 'desc')
  if (sort === 'uncounted') query = query.orderBy('system.uncounted_count', 'desc')
  if (sort === 'target') query = query.orderBy('system.target_on', order => order.asc().nullsLast())
  if (sort === 'owner')
    query = query.orderBy(
      eb => inCodeOrder(db, eb.ref('system.owner')),
      order => order.asc().nullsLast(),
    )
  if (sort === 'age') query = query.orderBy('system.oldest_reading_on', order => order.asc().nullsLast())
  return (await query.orderBy('system.id').limit(page.limit).offset(page.offset).execute()).map(toState)
}

export async function countSystems(db: Db, filter: SystemFilter): Promise<number> {
  let query = db.selectFrom('system').select(eb => eb.fn.countAll<number>().as('total'))
  if (filter.status) query = query.where('system.status', '=', filter.status)
  if (filter.owner) query = query.where('system.owner', '=', filter.owner)
  if (filter.text) query = query.where(matches(db, 'system', filter.text))
  return (await query.executeTakeFirstOrThrow()).total
}

export async function findSystem(db: Db, key: string): Promise<SystemState | undefined> {
  const row = await selectStates(db).where('system.key', '=', key.normalize('NFC')).executeTakeFirst()
  return row && toState(row)
}

export async function findSystemsById(db: Db, ids: readonly number[]): Promise<SystemState[]> {
  const [id] = ids
  if (id === undefined) return []
  const rows =
    ids.length === 1
      ? await selectSystem(db, { id })
      : await selectStates(db).where('system.id', 'in', ids).execute()
  return rows.map(toState)
}

const selectSystem = statement((db, the: { id: number }) => selectStates(db).where('system.id', '=', the.id))

export async function findSystemsByKey(db: Db, keys: readonly string[]): Promise<SystemState[]> {
  if (keys.length === 0) return []
  return (await selectStates(db).where('system.key', 'in', keys).execute()).map(toState)
}

/** The owners that are named, for the filter of the round. */
export async function listOwners(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('system')
    .select('owner')
    .where('owner', 'is not', null)
    .groupBy('owner')
    .orderBy(eb => inCodeOrder(db, eb.ref('owner')))
    .execute()
  return rows.flatMap(({ owner }) => (owner ? [owner] : []))
}

/** Keys and names, for a choice in a form. */
export async function listSystemNames(
  db: Db,
  limit: number,
): Promise<{ id: number; key: string; name: string; nameEn: string | null }[]> {
  return db
    .selectFrom('system')
    .select(['id', 'key', 'name', 'name_en as nameEn'])
    .orderBy('id')
    .limit(limit)
    .execute()
}

function selectStates(db: Db) {
  return selectRows(db, NOUNS.system).select(eb => [
    countClosed(eb).as('closedCount'),
    'system.open_total as openTotal',
    'system.open_by_unit as openByUnit',
    'system.residual_count as residualCount',
    'system.uncounted_count as uncountedCount',
    'system.unsettled_count as unsettledCount',
    'system.oldest_reading_on as oldestReadingOn',
    'system.course',
  ])
}

function countClosed(eb: ExpressionBuilder<Tables, 'system'>) {
  return eb
    .selectFrom('residual')
    .select(({ fn }) => fn.countAll<number>().as('closed'))
    .whereRef('residual.system_id', '=', 'system.id')
    .where('residual.closed_on', 'is not', null)
    .$asScalar()
    .$notNull()
}

function where(db: Db, filter: SystemFilter) {
  let filtered = selectStates(db)
  if (filter.status) filtered = filtered.where('system.status', '=', filter.status)
  if (filter.owner) filtered = filtered.where('system.owner', '=', filter.owner)
  if (filter.text) filtered = filtered.where(matches(db, 'system', filter.text))
  return filtered
}

type StateRow = Omit<SystemState, 'openByUnit' | 'course'> & { openByUnit: string; course: string }

function toState({ openByUnit, course, ...row }: StateRow): SystemState {
  return {
    ...row,
    openByUnit: JSON.parse(openByUnit) as OpenInUnit[],
    course: JSON.parse(course) as CoursePoint[],
  }
}
