import type { Day } from '../domain/calendar.ts'
import { type Db, selectRows, type Trx } from './columns.ts'
import { moveTotals } from './days.ts'
import { appendLatest, inForce, refreshLatest } from './latest.ts'
import { NOUNS, type Reading } from './nouns.ts'
import type { ResidualState } from './residuals.ts'
import { statement } from './statement.ts'

/** The reading in force on a day or last before it: the one a new reading of that day is compared with. */
export async function findReadingBy(db: Db, residualId: number, day: Day): Promise<Reading | undefined> {
  return (await selectReadingBy(db, { residualId, day }))[0]
}

const selectReadingBy = statement((db, the: { residualId: number; day: Day }) =>
  inForce(db, the.residualId).where('reading.day', '<=', the.day).orderBy('reading.day', 'desc').limit(1),
)

/** Of the readings in force before a day, oldest first, those since the last that is no lower bound, itself included. */
export async function listBoundsBefore(db: Db, residualId: number, day: Day): Promise<Reading[]> {
  const before = inForce(db, residualId).where('reading.day', '<', day).orderBy('reading.day', 'desc')
  const last = await before.where('qualifier', '<>', 'at_least').limit(1).executeTakeFirst()
  return (await before.where('reading.day', '>=', last?.day ?? '').execute()).reverse()
}

/** The readings in force after a day, oldest first, up to the first that is no lower bound. */
export async function listBoundsAfter(db: Db, residualId: number, day: Day): Promise<Reading[]> {
  const after = inForce(db, residualId).where('reading.day', '>', day).orderBy('reading.day')
  const first = await after.where('qualifier', '<>', 'at_least').limit(1).executeTakeFirst()
  return (first ? after.where('reading.day', '<=', first.day) : after).execute()
}

/** The reading in force first after a day. */
async function findReadingAfter(db: Db, residualId: number, day: Day): Promise<Reading | undefined> {
  return inForce(db, residualId)
    .where('reading.day', '>', day)
    .orderBy('reading.day')
    .limit(1)
    .executeTakeFirst()
}

/** Those of some readings that hold still. */
export async function listInForce(db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('reading')
    .select('id')
    .where('id', 'in', ids)
    .where('superseded_at', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The reading of the same day that this one took out of force. */
export async function findSuperseded(db: Db, id: number): Promise<Reading | undefined> {
  return selectRows(db, NOUNS.reading).where('reading.superseded_by', '=', id).executeTakeFirst()
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

/** The same, each led by the last reading before that day: where its line comes from, or how old what is known is. */
export async function listReadingsInto(db: Db, residualIds: readonly number[], from: Day) {
  if (residualIds.length === 0) return []
  const before = await db
    .selectFrom('residual')
    .innerJoin('reading', 'reading.residual_id', 'residual.id')
    .select(['residual_id as residualId', 'reading.day', 'reading.count', 'qualifier', 'reason'])
    .where('residual.id', 'in', residualIds)
    .where('superseded_at', 'is', null)
    .where('reading.day', '=', eb =>
      eb
        .selectFrom('reading as earlier')
        .select(last => last.fn.max('earlier.day').as('day'))
        .whereRef('earlier.residual_id', '=', 'residual.id')
        .where('earlier.superseded_at', 'is', null)
        .where('earlier.day', '<', from),
    )
    .execute()
  return [...before, ...(await listReadingsSince(db, residualIds, from))]
}

/** All readings of a residual, newest day first, superseded and withdrawn ones after the one in force. */
export async function listReadings(
  db: Db,
  residualId: number,
  limit: number,
  offset = 0,
): Promise<Reading[]> {
  return inForce(db, residualId)
    .unionAll(noLongerInForce(db, residualId))
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countReadings(db: Db, residualId: number): Promise<number> {
  const parts = [inForce(db, residualId), noLongerInForce(db, residualId)]
  const counts = parts.map(part => {
    return part
      .clearSelect()
      .select(eb => eb.fn.countAll<number>().as('readings'))
      .executeTakeFirstOrThrow()
  })
  return (await Promise.all(counts)).reduce((sum, { readings }) => sum + readings, 0)
}

export type NewReading = Omit<Reading, 'id' | 'supersededAt' | 'supersededBy' | 'withdrawnReason'>

/**
 * Keeps a reading. One of the same day that was in force is superseded and stays. `previous` is what
 * `findReadingBy` says, `ceiling` what a rise is measured against. The residual's latest count and the kept daily
 * totals follow; the system's own totals are refreshed by the caller, once for all its residuals.
 */
export async function saveReading(
  trx: Trx,
  residual: ResidualState,
  reading: NewReading,
  { previous, ceiling }: { previous: Reading | undefined; ceiling: Reading | undefined },
): Promise<number> {
  const replaced = previous?.day === reading.day ? previous : undefined
  if (replaced) await supersede(trx, replaced.id, reading.recordedAt)
  const id = (await insertReading(trx, reading))[0]!.id
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
  await (next || replaced ? refreshLatest(trx, residual.id) : appendLatest(trx, residual, reading, ceiling))
  return id
}

const insertReading = statement((db, the: NewReading) => {
  const values = {
    residual_id: the.residualId,
    day: the.day,
    count: the.count,
    qualifier: the.qualifier,
    reason: the.reason,
    note: the.note,
    source: the.source,
    recorded_by: the.recordedBy,
    recorded_at: the.recordedAt,
  }
  return db.insertInto('reading').values(values).returning('id')
})

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
  // A residual that was closed took its last count away on that day, so what comes back goes with it.
  const next = (await findNextDay(trx, residual, reading.day)) ?? residual.closedOn
  await moveTotals(trx, residual, { day: reading.day, next, from: reading, to: previous, readings: -1 })
  await refreshLatest(trx, residual.id)
}

function noLongerInForce(db: Db, residualId: number) {
  return selectRows(db, NOUNS.reading)
    .where('reading.residual_id', '=', residualId)
    .where('reading.superseded_at', 'is not', null)
}

async function supersede(trx: Trx, id: number, at: string): Promise<void> {
  await trx.updateTable('reading').set({ superseded_at: at }).where('id', '=', id).execute()
}

async function findNextDay(trx: Trx, { id, latest }: ResidualState, day: Day): Promise<Day | null> {
  if (!latest || latest.day <= day) return null
  return (await findReadingAfter(trx, id, day))?.day ?? null
}
