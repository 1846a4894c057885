import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/**
 * All that forecasts and charts look at of a reading stands in the index itself: a year of one residual lies together there, and not
 * among those of all others. `superseded_at` is in it so that SQLite sees that it needs nothing else.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createIndex('reading_known')
    .on('reading')
    .columns(['residual_id', 'day', 'count', 'qualifier', 'reason', 'superseded_at'])
    .where('superseded_at', 'is', null)
    .execute()
}
