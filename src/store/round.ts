import type { SelectQueryBuilder } from 'kysely'
import type { Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { matches } from './matching.ts'
import {
  LATEST_DAY,
  NEVER_COUNTED,
  type ResidualState,
  type ResidualStateRow,
  selectResidualStates,
  toResidualState,
} from './residuals.ts'
import type { Tables } from './schema.ts'
import type { Page } from './systems.ts'

/** A residual as it stands in a round of counting: beside its system and the reading that is shown. */
export type RoundResidual = ResidualState & {
  systemKey: string
  systemName: string
  systemNameEn: string | null
  systemStatus: Status
  /** The latest reading in force; null where nobody has counted. */
  latestId: number | null
}

export type RoundFilter = {
  systemId?: number
  owner?: string
  status?: Status
  text?: string
  counted?: 'yes' | 'no'
}

/**
 * The open residuals to be counted, oldest reading first and never counted ones last: they are often the ones
 * that nobody can count yet. Those of systems that are retired, or stay, only when asked for.
 */
export async function listRound(db: Db, filter: RoundFilter, page: Page): Promise<RoundResidual[]> {
  // Which ones first, and only then what is said of them: a large round is ordered without its readings.
  const rows = await where(db, filter)
    .select('residual.id')
    .orderBy(LATEST_DAY)
    .orderBy('residual.system_id')
    .orderBy('residual.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return findRoundResiduals(
    db,
    rows.map(({ id }) => id),
  )
}

/** The id of the last reading that was entered, whatever it counts; 0 where there is none. */
export async function findLastEntered(db: Db): Promise<number> {
  const last = await db.selectFrom('reading').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last?.id ?? 0
}

/** How many there are, and how many of them nobody has counted. */
export async function countRound(
  db: Db,
  filter: RoundFilter,
): Promise<{ residuals: number; uncounted: number }> {
  const { residuals, uncounted } = filter.text ? await countByText(db, filter) : await addUp(db, filter)
  if (filter.counted === 'yes') return { residuals: residuals - uncounted, uncounted: 0 }
  return { residuals: filter.counted === 'no' ? uncounted : residuals, uncounted }
}

async function countByText(db: Db, filter: RoundFilter) {
  const found = await where(db, { ...filter, counted: undefined })
    .select(eb => [
      eb.fn.countAll<number>().as('residuals'),
      eb.fn.count<number>('residual.latest_on').as('counted'),
    ])
    .executeTakeFirstOrThrow()
  return { residuals: found.residuals, uncounted: found.residuals - found.counted }
}

/** Each system keeps how many it has. */
async function addUp(db: Db, filter: RoundFilter) {
  const sums = await whereSystem(db.selectFrom('system'), filter)
    .select(eb => [
      eb.fn.sum<number | null>('residual_count').as('residuals'),
      eb.fn.sum<number | null>('uncounted_count').as('uncounted'),
    ])
    .executeTakeFirstOrThrow()
  return { residuals: sums.residuals ?? 0, uncounted: sums.uncounted ?? 0 }
}

/** The open residuals of one system in the order of the register. */
export async function listRoundOfSystem(db: Db, systemId: number, limit: number): Promise<RoundResidual[]> {
  const query = where(db, { systemId }).select('residual.id')
  const rows = await query.orderBy('residual.id').limit(limit).execute()
  return findRoundResiduals(
    db,
    rows.map(({ id }) => id),
  )
}

/** Named residuals in the order named, closed ones too: a form that was sent shows again what it showed. */
export async function findRoundResiduals(db: Db, ids: readonly number[]): Promise<RoundResidual[]> {
  if (ids.length === 0) return []
  const rows = await selectRound(db).where('residual.id', 'in', ids).execute()
  const byId = new Map(rows.map(row => [row.id, toRoundResidual(row)]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

function selectOpen(db: Db) {
  return db
    .selectFrom('residual')
    .innerJoin('system', 'system.id', 'residual.system_id')
    .where('residual.closed_on', 'is', null)
}

function selectRound(db: Db) {
  return selectResidualStates(db)
    .innerJoin('system', 'system.id', 'residual.system_id')
    .leftJoin('reading', join =>
      join
        .onRef('reading.residual_id', '=', 'residual.id')
        .onRef('reading.day', '=', 'residual.latest_on')
        .on('reading.superseded_at', 'is', null),
    )
    .select([
      'system.key as systemKey',
      'system.name as systemName',
      'system.name_en as systemNameEn',
      'system.status as systemStatus',
      'reading.id as latestId',
    ])
}

type Beside = Omit<RoundResidual, keyof ResidualState>
type RoundRow = ResidualStateRow & Beside

function toRoundResidual({
  systemKey,
  systemName,
  systemNameEn,
  systemStatus,
  latestId,
  ...row
}: RoundRow): RoundResidual {
  return { ...toResidualState(row), systemKey, systemName, systemNameEn, systemStatus, latestId }
}

function where(db: Db, filter: RoundFilter) {
  const { text, counted } = filter
  let chosen = whereSystem(selectOpen(db), filter)
  if (counted) chosen = chosen.where(LATEST_DAY, counted === 'yes' ? '<' : '=', NEVER_COUNTED)
  if (text)
    chosen = chosen.where(eb =>
      eb.or([matches(db, 'system', text)(eb as never), matches(db, 'residual', text)(eb as never)]),
    )
  return chosen
}

function whereSystem<T extends 'system' | 'residual'>(
  query: SelectQueryBuilder<Tables, T | 'system', object>,
  { systemId, owner, status }: RoundFilter,
) {
  let chosen = query as unknown as SelectQueryBuilder<Tables, 'system', object>
  if (systemId !== undefined) chosen = chosen.where('system.id', '=', systemId)
  else if (status === undefined) chosen = chosen.where('system.status', 'not in', ['retired', 'cancelled'])
  if (status !== undefined) chosen = chosen.where('system.status', '=', status)
  if (owner) chosen = chosen.where('system.owner', '=', owner)
  return chosen as unknown as typeof query
}
