import type { Kysely } from 'kysely'
import { refuseDeletes } from '../dialect.ts'
import type { Tables } from '../schema.ts'
import { index, references, withId } from './0001/columns.ts'

export async function up(db: Kysely<Tables>): Promise<void> {
  await withId(db, 'kept_forecast')
    .addColumn('system_id', 'bigint', references('system'))
    .addColumn('residual_id', 'bigint', column => column.references('residual.id'))
    .addColumn('made_on', 'text', column => column.notNull())
    .addColumn('method', 'text', column => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('count', 'bigint')
    .addColumn('p50_on', 'text')
    .addColumn('p85_on', 'text')
    .addColumn('within_two_years', 'double precision')
    .addColumn('target_on', 'text')
    .addColumn('target_chance', 'double precision')
    .addColumn('law', 'text')
    .execute()
  await index(db, 'kept_forecast', 'system_id')
  await index(db, 'kept_forecast', 'residual_id')
  await refuseDeletes(db, 'kept_forecast')
}
