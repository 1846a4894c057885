import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** What the pages ask for by more than an id, so that none of them reads a whole table for it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const index of INDEXES) await index.execute(db)
}

const INDEXES = [
  sql`create index residual_latest on residual (coalesce(latest_on, '9999-12-31'), system_id, id)
    where closed_on is null`,
  sql`create index residual_own_cadence on residual (latest_on)
    where closed_on is null and cadence_days is not null`,
  sql`create index residual_unmoved on residual (unchanged_since)
    where closed_on is null and (unchanged_readings >= 3 or declared_rate = 0)`,
  sql`create index residual_risen on residual (risen_on) where closed_on is null and risen_on is not null`,
  sql`create index system_standing on system (status, owner, residual_count, uncounted_count)`,
  sql`create index system_open on system (open_total desc, id)`,
  sql`create index gate_closes_on on gate (closes_on) where withdrawn_on is null`,
  sql`create index event_day on event (day, id)`,
]
