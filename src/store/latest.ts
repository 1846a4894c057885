import type { Selectable } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import { isRiseOver, lastRise } from '../domain/rises.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import { type Db, selectRows, type Trx } from './columns.ts'
import { NOUNS, type Reading } from './nouns.ts'
import type { ResidualState } from './residuals.ts'
import type { Tables } from './schema.ts'
import { statement } from './statement.ts'

/** What the readings of a residual come to, kept on the residual itself. */

type LatestCandidate = Count & { day: Day; reason: ChangeReason | null }

/** Takes a reading newer than all others over onto the residual; `ceiling` is what a rise is measured against. */
export async function appendLatest(
  trx: Trx,
  { id, firstOn, latest, risenOn }: ResidualState,
  reading: LatestCandidate,
  ceiling: Count | undefined,
): Promise<void> {
  const isSame = latest?.count === reading.count && latest.qualifier === reading.qualifier
  await updateLatest(trx, {
    id,
    first_on: firstOn ?? reading.day,
    latest_on: reading.day,
    latest_count: reading.count,
    latest_qualifier: reading.qualifier,
    unchanged_since: isSame ? latest.unchangedSince : reading.day,
    unchanged_readings: isSame ? latest.unchangedReadings + 1 : 1,
    risen_on: isRiseOver(reading, ceiling) ? reading.day : risenOn,
  })
}

type Kept = Pick<
  Selectable<Tables['residual']>,
  | 'id'
  | 'first_on'
  | 'latest_on'
  | 'latest_count'
  | 'latest_qualifier'
  | 'unchanged_since'
  | 'unchanged_readings'
  | 'risen_on'
>

const updateLatest = statement((db, the: Kept) =>
  db
    .updateTable('residual')
    .set({
      first_on: the.first_on,
      latest_on: the.latest_on,
      latest_count: the.latest_count,
      latest_qualifier: the.latest_qualifier,
      unchanged_since: the.unchanged_since,
      unchanged_readings: the.unchanged_readings,
      risen_on: the.risen_on,
    })
    .where('id', '=', the.id),
)

/** Works the latest count out of the readings themselves. */
export async function refreshLatest(trx: Trx, residualId: number): Promise<void> {
  const newest = await inForce(trx, residualId).orderBy('reading.day', 'desc').limit(1).executeTakeFirst()
  const oldest = await inForce(trx, residualId).orderBy('reading.day').limit(1).executeTakeFirst()
  const run = newest ? await equalRun(trx, newest) : null
  await updateLatest(trx, {
    id: residualId,
    first_on: oldest?.day ?? null,
    latest_on: newest?.day ?? null,
    latest_count: newest?.count ?? null,
    latest_qualifier: newest?.qualifier ?? null,
    unchanged_since: run?.since ?? null,
    unchanged_readings: run?.readings ?? 0,
    risen_on: await findLastRise(trx, residualId),
  })
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

async function findLastRise(trx: Trx, residualId: number): Promise<Day | null> {
  const readings = await trx
    .selectFrom('reading')
    .select(['day', 'count', 'qualifier', 'reason'])
    .where('residual_id', '=', residualId)
    .where('superseded_at', 'is', null)
    .orderBy('day')
    .execute()
  return lastRise(readings)?.day ?? null
}

/** The readings that hold: neither superseded nor withdrawn. */
export function inForce(db: Db, residualId: number) {
  return selectRows(db, NOUNS.reading)
    .where('reading.residual_id', '=', residualId)
    .where('reading.superseded_at', 'is', null)
}
