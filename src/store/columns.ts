import type { Kysely, Selectable, SelectQueryBuilder, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

type Table = keyof Tables & string

/** Which columns of a table the product sees, and under which names; `Row` is what one then looks like. */
export type Columns<T extends Table, Row> = { table: T; names: Readonly<Record<string, string>>; row?: Row }
export type RowOf<C> = C extends { row?: infer Row } ? NonNullable<Row> : never

type Renamed<T extends Table, N> = {
  -readonly [K in keyof N]: N[K] extends keyof Selectable<Tables[T]> ? Selectable<Tables[T]>[N[K]] : never
}

/** `columnsOf('system', { nameEn: 'name_en' })`: rows stop being rows here. */
export function columnsOf<
  T extends Table,
  const N extends Readonly<Record<string, keyof Tables[T] & string>>,
>(table: T, names: N): Columns<T, Renamed<T, N>> {
  return { table, names }
}

/** `select system.name_en as "nameEn", ...` */
export function selectRows<T extends Table, Row>(db: Db, { table, names }: Columns<T, Row>) {
  const aliased = Object.entries(names).map(([name, column]) => `${table}.${column} as ${name}`)
  const query = db.selectFrom(table as Table).select(aliased as never)
  return query as unknown as SelectQueryBuilder<Tables, T, Row>
}

export async function findRow<T extends Table, Row>(
  db: Db,
  columns: Columns<T, Row>,
  id: number,
): Promise<Row | undefined> {
  const query = selectRows(db, columns).where(`${columns.table}.id` as never, '=', id as never)
  return (await query.executeTakeFirst()) as Row | undefined
}

/** Whose keys may not repeat: those of one system, of one service, or (empty) of all. */
export type KeyScope = { systemId?: number; serviceId?: number }

export async function findIdByKey<T extends Table, Row>(
  db: Db,
  { table, names }: Columns<T, Row>,
  key: string,
  scope: KeyScope,
): Promise<number | undefined> {
  let query = db
    .selectFrom(table as Table)
    .select('id' as never)
    .where('key' as never, '=', key as never)
  for (const [name, id] of Object.entries(scope)) query = query.where(names[name] as never, '=', id as never)
  return ((await query.executeTakeFirst()) as { id: number } | undefined)?.id
}

/** The one key that differs from this one in nothing but case, with every script's own idea of it; of several none. */
export async function findKeyButForCase<T extends Table, Row>(
  db: Db,
  columns: Columns<T, Row>,
  key: string,
): Promise<string | undefined> {
  const [found, another] = await listOtherKeys(db, columns, key, small => small.toLowerCase(), {})
  return another === undefined ? found : undefined
}

/** A key that looks like this one: it differs in nothing but case or width. */
export async function findKeyAlike<T extends Table, Row>(
  db: Db,
  columns: Columns<T, Row>,
  key: string,
  among: { ownId?: number; scope?: KeyScope },
): Promise<string | undefined> {
  const [found] = await listOtherKeys(db, columns, key, wide => wide.normalize('NFKC').toLowerCase(), among)
  return found
}

async function listOtherKeys<T extends Table, Row>(
  db: Db,
  { table, names }: Columns<T, Row>,
  key: string,
  fold: (key: string) => string,
  { ownId, scope = {} }: { ownId?: number; scope?: KeyScope },
): Promise<string[]> {
  let query = db.selectFrom(table as Table).select(['id', 'key'] as never)
  for (const [name, id] of Object.entries(scope)) query = query.where(names[name] as never, '=', id as never)
  const rows = (await query.execute()) as unknown as { id: number; key: string }[]
  const folded = fold(key)
  const others = rows.filter(row => row.id !== ownId && row.key !== key && fold(row.key) === folded)
  return others.map(row => row.key)
}

/** Writes a new row and gives its id. */
export async function insertRow<T extends Table, Row>(
  trx: Trx,
  columns: Columns<T, Row>,
  values: Partial<Row>,
): Promise<number> {
  const query = trx.insertInto(columns.table as Table).values(toRow(columns.names, values) as never)
  const inserted = await query.returning('id' as never).executeTakeFirstOrThrow()
  return (inserted as { id: number }).id
}

/** Changes a row and raises its version. False when somebody else has changed it since `version`. */
export async function updateRow<T extends Table, Row>(
  trx: Trx,
  columns: Columns<T, Row>,
  { id, version }: { id: number; version: number },
  values: Partial<Row>,
): Promise<boolean> {
  const query = trx
    .updateTable(columns.table as Table)
    .set({ ...toRow(columns.names, values), version: version + 1 } as never)
    .where('id' as never, '=', id as never)
    .where('version' as never, '=', version as never)
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

function toRow(names: Readonly<Record<string, string>>, values: object): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [names[name], value]))
}
