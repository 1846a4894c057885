import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/**
 * The record asks when residuals were empty: the few readings of 0 are found without the others. The qualifier comes first
 * because SQLite takes this index only for something that it can look up, and scans the larger one otherwise.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`create index reading_zero on reading (qualifier, residual_id, day)
    where count = 0 and superseded_at is null`.execute(db)
}
