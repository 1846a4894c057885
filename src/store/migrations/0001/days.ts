import type { Kysely } from 'kysely'
import type { Tables } from '../../schema.ts'
import { deltas, references } from './columns.ts'

export async function createWorkspace(db: Kysely<Tables>) {
  await db.schema
    .createTable('workspace')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('revision', 'bigint', column => column.notNull())
    .addColumn('simulated_since', 'text')
    .execute()
  await db.insertInto('workspace').values({ id: 1, revision: 0, simulated_since: null }).execute()
}

export async function createDays(db: Kysely<Tables>) {
  await deltas(db.schema.createTable('system_day').addColumn('system_id', 'bigint', references('system')))
    .addPrimaryKeyConstraint('system_day_key', ['system_id', 'unit', 'day'])
    .execute()
  await deltas(db.schema.createTable('estate_day'))
    .addPrimaryKeyConstraint('estate_day_key', ['unit', 'day'])
    .execute()
}
