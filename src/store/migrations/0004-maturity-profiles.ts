import type { Kysely } from 'kysely'
import { refuseDeletes } from '../dialect.ts'
import type { Tables } from '../schema.ts'
import { index, kept, references, withdrawable } from './0001/columns.ts'

export async function up(db: Kysely<Tables>): Promise<void> {
  await withdrawable(kept(db, 'maturity_profile'))
    .addColumn('residual_id', 'bigint', references('residual'))
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('ends', 'text', column => column.notNull())
    .addColumn('recorded_by', 'text', column => column.notNull())
    .addColumn('recorded_at', 'text', column => column.notNull())
    .execute()
  await index(db, 'maturity_profile', 'residual_id')
  await refuseDeletes(db, 'maturity_profile')
}
