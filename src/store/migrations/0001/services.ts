import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../schema.ts'
import { index, kept, references, use, withdrawable, withId } from './columns.ts'

export async function createServices(db: Kysely<Tables>) {
  await kept(db, 'service')
    .addColumn('key', 'text', column => column.notNull().unique())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('role', 'text')
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('off_since', 'text')
    .addColumn('off_reason', 'text')
    .addColumn('override_reason', 'text')
    .addColumn('owner', 'text')
    .execute()
  await withId(db, 'service_system')
    .addColumn('service_id', 'bigint', references('service'))
    .addColumn('system_id', 'bigint', references('system'))
    .addColumn('ended_on', 'text')
    .execute()
  await index(db, 'service_system', 'service_id')
  await index(db, 'service_system', 'system_id')
}

export async function createGates(db: Kysely<Tables>) {
  await withdrawable(kept(db, 'gate'))
    .addColumn('system_id', 'bigint', column => column.references('system.id'))
    .addColumn('service_id', 'bigint', column => column.references('service.id'))
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('name_en', 'text')
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('closes_on', 'text')
    .addColumn('closed_on', 'text')
    .addColumn('evidence', 'text')
    .addColumn('evidence_expires_on', 'text')
    .addColumn('waived_on', 'text')
    .addColumn('waived_by', 'text')
    .addColumn('waived_until', 'text')
    .addColumn('waiver_reason', 'text')
    .addCheckConstraint('gate_of_one', sql`(system_id is null) <> (service_id is null)`)
    .addUniqueConstraint('gate_of_system', ['system_id', 'key'])
    .addUniqueConstraint('gate_of_service', ['service_id', 'key'])
    .execute()
}

export async function createUses(db: Kysely<Tables>) {
  await use(kept(db, 'dependency')).addColumn('consumer_id', 'bigint', references('service')).execute()
  await index(db, 'dependency', 'consumer_id')
  await index(db, 'dependency', 'provider_id')
  await use(kept(db, 'external_consumer'))
    .addColumn('name', 'text', column => column.notNull())
    .execute()
  await index(db, 'external_consumer', 'provider_id')
}
