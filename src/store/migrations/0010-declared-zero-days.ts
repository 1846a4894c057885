import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Few residuals have a day on which somebody says they will be empty; the landscape asks for them without the others. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`create index residual_declared_zero on residual (system_id)
    where closed_on is null and declared_zero_on is not null`.execute(db)
}
