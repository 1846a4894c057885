import { ENTRY } from './audit-log.ts'
import { type Columns, columnsOf, type Db, selectRows, type Trx } from './columns.ts'
import { continueIds } from './dialect.ts'
import { KEPT_FORECAST } from './kept-forecasts.ts'
import { NOUNS } from './nouns.ts'
import { WHOLE_PLAN } from './plan-columns.ts'
import type { Tables } from './schema.ts'

/** Every table of a workspace, each after those it refers to. What is derived from them is not among them. */
const TABLES = {
  system: NOUNS.system,
  residual: NOUNS.residual,
  reading: NOUNS.reading,
  service: NOUNS.service,
  service_system: columnsOf('service_system', {
    id: 'id',
    serviceId: 'service_id',
    systemId: 'system_id',
    endedOn: 'ended_on',
  }),
  gate: NOUNS.gate,
  dependency: NOUNS.dependency,
  external_consumer: NOUNS.external_consumer,
  monthly_cost: NOUNS.monthly_cost,
  expected_saving: NOUNS.expected_saving,
  event: NOUNS.event,
  audit_log: ENTRY,
  kept_forecast: KEPT_FORECAST,
  plan: WHOLE_PLAN,
  trial_shutdown: NOUNS.trial_shutdown,
  trial_complaint: NOUNS.trial_complaint,
  maturity_profile: NOUNS.maturity_profile,
} as const

type Table = keyof typeof TABLES
type Row = { id: number } & Record<string, unknown>
type Names = Columns<keyof Tables, Row>

/** A plan has its whole landscape in it, so that many of them would be longer than any text may be. */
const readAtOnce = (table: Table) => (table === 'plan' ? 1 : 2000)
const WRITTEN_AT_ONCE = 100

/** All rows in the order of their ids, table by table, a stretch at a time; at least one stretch for each table. */
export async function* readWorkspaceRows(db: Db): AsyncGenerator<{ table: Table; rows: Row[] }> {
  for (const table of Object.keys(TABLES) as Table[]) {
    let last = 0
    let rows: Row[]
    do {
      rows = await rowsAfter(db, table, last)
      yield { table, rows: JSON_FIELDS[table] ? rows.map(row => withFields(table, row)) : rows }
      last = rows.at(-1)?.id ?? 0
    } while (rows.length === readAtOnce(table))
  }
}

/** Writes rows under the ids that they bring. */
export async function writeRows(trx: Trx, table: Table, rows: readonly Row[]): Promise<void> {
  const names = Object.entries((TABLES[table] as unknown as Names).names)
  for (let from = 0; from < rows.length; from += WRITTEN_AT_ONCE) {
    const some = rows.slice(from, from + WRITTEN_AT_ONCE).map(row => {
      const kept = withTexts(table, row)
      return Object.fromEntries(names.map(([name, column]) => [column, kept[name]]))
    })
    await trx
      .insertInto(table)
      .values(some as never)
      .execute()
  }
}

/** After the last row: the next one of each table follows the highest id. */
export async function continueAllIds(trx: Trx): Promise<void> {
  for (const table of Object.keys(TABLES)) await continueIds(trx, table)
}

async function rowsAfter(db: Db, table: Table, id: number): Promise<Row[]> {
  const query = selectRows(db, TABLES[table] as unknown as Names)
    .where(`${table}.id` as never, '>', id as never)
    .orderBy(`${table}.id` as never)
    .limit(readAtOnce(table))
  return (await query.execute()) as Row[]
}

/** What is kept as JSON: the changed fields of the history, the law of a forecast, the ends of contracts. */
const JSON_FIELDS: Partial<Record<Table, readonly string[]>> = {
  audit_log: ['before', 'after'],
  kept_forecast: ['law'],
  maturity_profile: ['ends'],
}

function withFields(table: Table, row: Row): Row {
  const fields = JSON_FIELDS[table] ?? []
  return { ...row, ...Object.fromEntries(fields.map(field => [field, fieldsOf(row[field])])) }
}

function withTexts(table: Table, row: Row): Row {
  const fields = JSON_FIELDS[table] ?? []
  return {
    ...row,
    ...Object.fromEntries(fields.map(field => [field, row[field] && JSON.stringify(row[field])])),
  }
}

function fieldsOf(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : null
}
