import { type Kysely, sql } from 'kysely'
import { refuseDeletes } from '../dialect.ts'
import type { Tables } from '../schema.ts'
import { index, references, withdrawable, withId } from './0001/columns.ts'

export async function up(db: Kysely<Tables>): Promise<void> {
  await createPlans(db)
  await createTrials(db)
  await createComplaints(db)
  for (const table of ['plan', 'trial_shutdown', 'trial_complaint']) await refuseDeletes(db, table)
}

async function createPlans(db: Kysely<Tables>) {
  await withdrawable(versioned(db, 'plan'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('note', 'text')
    .addColumn('made_on', 'text', column => column.notNull())
    .addColumn('made_by', 'text', column => column.notNull())
    .addColumn('revision', 'bigint', column => column.notNull())
    .addColumn('rules_version', 'text', column => column.notNull())
    .addColumn('hash', 'text', column => column.notNull())
    .addColumn('landscape', 'text', column => column.notNull())
    .execute()
}

async function createTrials(db: Kysely<Tables>) {
  await versioned(db, 'trial_shutdown')
    .addColumn('service_id', 'bigint', references('service'))
    .addColumn('started_on', 'text', column => column.notNull())
    .addColumn('note', 'text')
    .addColumn('ended_on', 'text')
    .addColumn('end_note', 'text')
    .execute()
  await index(db, 'trial_shutdown', 'service_id')
  await db.schema
    .createIndex('trial_running')
    .on('trial_shutdown')
    .column('service_id')
    .unique()
    .where(sql.ref('ended_on'), 'is', null)
    .execute()
}

async function createComplaints(db: Kysely<Tables>) {
  await withdrawable(versioned(db, 'trial_complaint'))
    .addColumn('trial_id', 'bigint', references('trial_shutdown'))
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('complainant', 'text', column => column.notNull())
    .addColumn('complaint', 'text', column => column.notNull())
    .addColumn('dependency_id', 'bigint', column => column.references('dependency.id'))
    .addColumn('external_consumer_id', 'bigint', column => column.references('external_consumer.id'))
    .addCheckConstraint('complaint_of_one', sql`dependency_id is null or external_consumer_id is null`)
    .execute()
  await index(db, 'trial_complaint', 'trial_id')
}

function versioned(db: Kysely<Tables>, name: string) {
  return withId(db, name).addColumn('version', 'integer', column =>
    column.notNull().defaultTo(1),
  ) as ReturnType<typeof withId>
}
