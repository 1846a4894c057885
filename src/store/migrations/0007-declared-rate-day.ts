import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/** The day on which a rate was declared. Of what was declared before this, nobody knows it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('residual').addColumn('declared_rate_on', 'text').execute()
}
