import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely'
import { identity } from '../../dialect.ts'
import type { Tables } from '../../schema.ts'

export type Table = CreateTableBuilder<string, string>

export function withId(db: Kysely<Tables>, name: string): Table {
  const id = identity(db)
  return db.schema.createTable(name).addColumn('id', id.type, id.settings) as Table
}

export function kept(db: Kysely<Tables>, name: string): Table {
  return withId(db, name)
    .addColumn('version', 'integer', column => column.notNull().defaultTo(1))
    .addColumn('note', 'text')
    .addColumn('source', 'text') as Table
}

export function withdrawable(table: Table): Table {
  return table.addColumn('withdrawn_on', 'text').addColumn('withdrawn_reason', 'text') as Table
}

export function use(table: Table): Table {
  return withdrawable(table)
    .addColumn('provider_id', 'bigint', references('service'))
    .addColumn('strength', 'text', column => column.notNull())
    .addColumn('needs', 'text', column => column.notNull())
    .addColumn('declared_on', 'text')
    .addColumn('declared_by', 'text')
    .addColumn('last_seen_on', 'text')
    .addColumn('quiet_days', 'integer')
    .addColumn('until_on', 'text')
    .addColumn('waived_on', 'text')
    .addColumn('waived_by', 'text')
    .addColumn('waived_until', 'text')
    .addColumn('waiver_reason', 'text') as Table
}

export function deltas(table: CreateTableBuilder<string, never>): Table {
  return (table as Table)
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('unit', 'text', column => column.notNull())
    .addColumn('count_delta', 'bigint', column => column.notNull())
    .addColumn('bound_delta', 'bigint', column => column.notNull())
    .addColumn('bounds_delta', 'integer', column => column.notNull())
    .addColumn('counted_delta', 'integer', column => column.notNull())
    .addColumn('readings', 'integer', column => column.notNull()) as Table
}

export const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

export function references(table: string) {
  return (column: ColumnDefinitionBuilder) => column.notNull().references(`${table}.id`)
}

export async function index(db: Kysely<Tables>, table: string, column: string) {
  await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
}
