import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import { type Db, selectRows, type Trx } from './columns.ts'
import { moveTotals } from './days.ts'
import { NOUNS, type Reading } from './nouns.ts'
import type { ResidualState } from './residuals.ts'

/** The reading in force on a day or last before it: the one a new reading of that day is compared with. */
export async function findReadingBy(db: Db, residualId: number, day: Day): Promise<Reading | undefined> {
  return inForce(db, residualId)
    .where('reading.day', '<=', day)
    .orderBy('reading.day', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Readings in force of some residuals from a day on, oldest first. */
export async function listReadingsSince(db: Db, residualIds: readonly number[], from: Day) {
  if (residualIds.length === 0) return []
  return db
    .selectFrom('reading')
    .select(['residual_id as residualId', 'day', 'count', 'qualifier', 'reason'])
    .where('superseded_at', 'is', null)
    .where('residual_id', 'in', residualIds)
    .where('day', '>=', from)
    .orderBy('residual_id')
    .orderBy('day')
    .execute()
}

/** All readings of a residual, newest day first, superseded and withdrawn ones after the one in force. */
export async function listReadings(
  db: Db,
  residualId: number,
  limit: number,
  before?: Day,
): Promise<Reading[]> {
  let query = selectRows(db, NOUNS.reading).where('reading.residual_id', '=', residualId)
  if (before) query = query.where('reading.day', '<', before)
  return query.orderBy('reading.day', 'desc').orderBy('reading.id', 'desc').limit(limit).execute()
}

export type NewReading = Omit<Reading, 'id' | 'supersededAt' | 'supersededBy' | 'withdrawnReason'>

/**
 * Keeps a reading. One of the same day that was in force is superseded and stays. `previous` is what
 * `findReadingBy` says. The residual's latest count and the kept daily totals follow; the system's own totals
 * are refreshed by the caller, once for all its residuals.
 */
export async function saveReading(
  trx: Trx,
  residual: ResidualState,
  reading: NewReading,
  previous: (Count & { id: number; day: Day }) | undefined,
): Promise<number> {
  const replaced = previous?.day === reading.day ? previous : undefined
  if (replaced) await supersede(trx, replaced.id, reading.recordedAt)
  const { id } = await trx
    .insertInto('reading')
    .values({
      residual_id: reading.residualId,
      day: reading.day,
      count: reading.count,
      qualifier: reading.qualifier,
      reason: reading.reason,
      note: reading.note,
      source: reading.source,
      recorded_by: reading.recordedBy,
      recorded_at: reading.recordedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (replaced)
    await trx.updateTable('reading').set({ superseded_by: id }).where('id', '=', replaced.id).execute()
  const next = await findNextDay(trx, residual, reading.day)
  await moveTotals(trx, residual, {
    day: reading.day,
    next,
    from: previous,
    to: reading,
    readings: replaced ? 0 : 1,
  })
  await (next || replaced
    ? refreshLatest(trx, residual.id)
    : appendLatest(trx, residual, reading, isRise(reading, previous)))
  return id
}

/** Takes a reading out of force, with a reason; the one before it then holds on. */
export async function withdrawReading(
  trx: Trx,
  residual: ResidualState,
  reading: Reading,
  { at, reason }: { at: string; reason: string },
): Promise<void> {
  await trx
    .updateTable('reading')
    .set({ superseded_at: at, withdrawn_reason: reason })
    .where('id', '=', reading.id)
    .execute()
  const previous = await findReadingBy(trx, residual.id, reading.day)
  const next = await findNextDay(trx, residual, reading.day)
  await moveTotals(trx, residual, { day: reading.day, next, from: reading, to: previous, readings: -1 })
  await refreshLatest(trx, residual.id)
}

function inForce(db: Db, residualId: number) {
  return selectRows(db, NOUNS.reading)
    .where('reading.residual_id', '=', residualId)
    .where('reading.superseded_at', 'is', null)
}

async function supersede(trx: Trx, id: number, at: string): Promise<void> {
  await trx.updateTable('reading').set({ superseded_at: at }).where('id', '=', id).execute()
}

async function findNextDay(trx: Trx, { id, latest }: ResidualState, day: Day): Promise<Day | null> {
  if (!latest || latest.day <= day) return null
  const next = await inForce(trx, id)
    .where('reading.day', '>', day)
    .orderBy('reading.day')
    .limit(1)
    .executeTakeFirst()
  return next?.day ?? null
}

async function appendLatest(
  trx: Trx,
  { id, firstOn, latest, risenOn }: ResidualState,
  reading: NewReading,
  rises: boolean,
): Promise<void> {
  const isSame = latest?.count === reading.count && latest.qualifier === reading.qualifier
  await trx
    .updateTable('residual')
    .set({
      first_on: firstOn ?? reading.day,
      latest_on: reading.day,
      latest_count: reading.count,
      latest_qualifier: reading.qualifier,
      unchanged_since: isSame ? latest.unchangedSince : reading.day,
      unchanged_readings: isSame ? latest.unchangedReadings + 1 : 1,
      risen_on: rises ? reading.day : risenOn,
    })
    .where('id', '=', id)
    .execute()
}

/** Works the latest count out of the readings themselves. */
export async function refreshLatest(trx: Trx, residualId: number): Promise<void> {
  const newest = await inForce(trx, residualId).orderBy('reading.day', 'desc').limit(1).executeTakeFirst()
  const oldest = await inForce(trx, residualId).orderBy('reading.day').limit(1).executeTakeFirst()
  const run = newest ? await equalRun(trx, newest) : null
  await trx
    .updateTable('residual')
    .set({
      first_on: oldest?.day ?? null,
      latest_on: newest?.day ?? null,
      latest_count: newest?.count ?? null,
      latest_qualifier: newest?.qualifier ?? null,
      unchanged_since: run?.since ?? null,
      unchanged_readings: run?.readings ?? 0,
      risen_on: await findLastRise(trx, residualId),
    })
    .where('id', '=', residualId)
    .execute()
}

/** Since when, and in how many readings, the newest count has stood as it is. */
async function equalRun(trx: Trx, newest: Reading): Promise<{ since: Day; readings: number }> {
  const other = await inForce(trx, newest.residualId)
    .where(eb =>
      eb.or([eb('reading.count', '<>', newest.count), eb('reading.qualifier', '<>', newest.qualifier)]),
    )
    .orderBy('reading.day', 'desc')
    .limit(1)
    .executeTakeFirst()
  let query = trx
    .selectFrom('reading')
    .where('residual_id', '=', newest.residualId)
    .where('superseded_at', 'is', null)
  if (other) query = query.where('day', '>', other.day)
  const run = await query
    .select(eb => [eb.fn.min('day').as('since'), eb.fn.countAll<number>().as('readings')])
    .executeTakeFirstOrThrow()
  return { since: run.since ?? newest.day, readings: run.readings }
}

/** Of a lower bound nobody can say that it rose, and a recount is no new work. */
function isRise(reading: Count & { reason: ChangeReason | null }, previous: Count | undefined): boolean {
  if (!previous || reading.reason === 'recount' || previous.qualifier === 'at_least') return false
  return reading.qualifier !== 'at_least' && reading.count > previous.count
}

async function findLastRise(trx: Trx, residualId: number): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select max(day) as day from (
      select day, count, reason, qualifier,
        lag(count) over (order by day) as previous_count, lag(qualifier) over (order by day) as previous_qualifier
      from reading where residual_id = ${residualId} and superseded_at is null
    ) as beside
    where count > previous_count and coalesce(reason, '') <> 'recount'
      and qualifier <> 'at_least' and previous_qualifier <> 'at_least'`.execute(trx)
  return rows[0]?.day ?? null
}
