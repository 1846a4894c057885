import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import {
  type ColumnDefinitionBuilder,
  CompiledQuery,
  type Dialect,
  type Expression,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  sql,
} from 'kysely'
import { storeFailure } from './failure.ts'
import type { Tables } from './schema.ts'
import { BUSY_MILLISECONDS, PatientDriver } from './sqlite-driver.ts'
import { copyToRead } from './sqlite-file.ts'
import { LastingQueryCompiler, withStatementCache } from './statement-cache.ts'

/** Everything in which the two databases differ. */

/** `read`: a file that may only be read is opened all the same, and a write says why it fails. */
export type Use = 'read' | 'write'

export function dialectOf(url: string, use: Use): Dialect {
  return url.startsWith('sqlite:') ? sqliteDialect(url.slice('sqlite:'.length), use) : postgresDialect(url)
}

function sqliteDialect(path: string, use: Use): Dialect {
  makeFolder(dirname(path))
  const copy = use === 'read' ? copyToRead(path) : null
  const database = new Database(copy ?? path)
  database.pragma('busy_timeout = 5000')
  useLog(database, use)
  // FULL: a count that was confirmed survives a power cut. It costs 0.1 ms a commit.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // 8 MB. The system keeps the rest of the file, and not once for each process.
  database.pragma('cache_size = -8000')
  // Waiting inside SQLite stops this process, so from here on it is short, and a transaction tries again.
  database.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`)
  database.function('folded', { deterministic: true }, foldLetters)
  // What is written to a copy would be lost.
  if (copy) database.pragma('query_only = ON')
  return new PatientSqliteDialect({ database: withStatementCache(database) })
}

function useLog(database: Database.Database, use: Use): void {
  try {
    database.pragma('journal_mode = WAL')
  } catch (error) {
    if (use === 'write' || storeFailure(error) !== 'read_only') throw error
  }
}

/** SQLite's own lower() knows the 26 letters of ASCII only, and it has no normal forms. */
function foldLetters(text: unknown): string | null {
  return text === null ? null : String(text).normalize('NFKC').toLowerCase()
}

/** The last folder of the path only: a whole new path is more likely a slip. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder)
}

class PatientSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver() {
    return new PatientDriver(this.#config)
  }

  override createAdapter() {
    return new PatientSqliteAdapter()
  }

  override createQueryCompiler() {
    return new LastingQueryCompiler()
  }
}

class PatientSqliteAdapter extends SqliteAdapter {
  /** SQLite can take back a half-done migration as PostgreSQL does; Kysely does not ask it to. */
  override get supportsTransactionalDdl() {
    return true
  }

  /** There is one connection, but the driver itself hands it from one to the next. */
  override get supportsMultipleConnections() {
    return true
  }
}

/** Nobody waits for ever for a server that does not answer, or for a change that somebody else does not end. */
const LONGEST_CONNECTING = 10_000
const LONGEST_STATEMENT = 60_000

function postgresDialect(url: string): Dialect {
  return new PostgresDialect({
    pool: () => openPool(url),
    // By a statement of its own: a pooler before the server refuses it among what a connection begins with.
    onCreateConnection: async connection => {
      await connection.executeQuery(CompiledQuery.raw(`set statement_timeout = ${LONGEST_STATEMENT}`))
    },
  })
}

/** Who keeps the register in SQLite does not load the other driver. */
async function openPool(url: string) {
  const { Pool, types } = (await import('pg')).default
  const wholeNumbers: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC]
  // Counts, sums and fen are whole numbers below 2^53 here; pg would hand them over as text.
  const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
    wholeNumbers.includes(oid) ? Number : types.getTypeParser(oid, format as 'text')
  const pool = new Pool({
    connectionString: url,
    max: 10,
    types: { getTypeParser },
    connectionTimeoutMillis: LONGEST_CONNECTING,
  })
  // An idle connection that breaks must not end the process: the next query reports it.
  pool.on('error', () => {})
  return pool
}

function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

/** Until the transaction ends: what changes every row at once may take its time. */
export async function liftTimeLimit(trx: Kysely<Tables>): Promise<void> {
  if (isPostgres(trx)) await sql`set local statement_timeout = 0`.execute(trx)
}

/** A day so many days before another, one of them as the row says. */
export function daysBefore(
  db: Kysely<Tables>,
  day: string | Expression<string | null>,
  days: Expression<number | null>,
) {
  return isPostgres(db)
    ? sql<string>`to_char(${day}::date - ${days}, 'YYYY-MM-DD')`
    : sql<string>`date(${day}, '-' || ${days} || ' days')`
}

/** Sorts by code point on every server, whatever language its database was made for: SQLite knows no other order. */
export function inCodeOrder(db: Kysely<Tables>, text: Expression<string | null>) {
  return isPostgres(db) ? sql<string>`${text} collate "C"` : text
}

/** A text in small letters of one width and composition, those of every script. */
export function folded(db: Kysely<Tables>, text: Expression<string | null>) {
  return isPostgres(db) ? sql<string>`lower(normalize(${text}, NFKC))` : sql<string>`folded(${text})`
}

/** The type and the settings of a primary key that counts up by itself and accepts a given value. */
export function identity(db: Kysely<Tables>) {
  return isPostgres(db)
    ? {
        type: sql`bigint`,
        settings: (column: ColumnDefinitionBuilder) => column.primaryKey().generatedByDefaultAsIdentity(),
      }
    : {
        type: sql`integer`,
        settings: (column: ColumnDefinitionBuilder) => column.primaryKey().autoIncrement(),
      }
}

/** Makes the database itself refuse a DELETE, so that nothing written is lost by a slip. */
export async function refuseDeletes(db: Kysely<Tables>, table: string): Promise<void> {
  const trigger = sql.id(`${table}_is_kept`)
  if (isPostgres(db)) {
    await sql`create or replace function refuse_delete() returns trigger language plpgsql as
      $$ begin raise exception 'rows of % are never deleted', tg_table_name; end $$`.execute(db)
    await sql`create trigger ${trigger} before delete on ${sql.table(table)}
      for each row execute function refuse_delete()`.execute(db)
  } else {
    await sql`create trigger ${trigger} before delete on ${sql.table(table)}
      begin select raise(abort, 'rows are never deleted'); end`.execute(db)
  }
}

/** After rows came in with ids of their own, lets the next id follow the highest. SQLite does so by itself. */
export async function continueIds(db: Kysely<Tables>, table: string): Promise<void> {
  if (!isPostgres(db)) return
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'),
    (select coalesce(max(id), 0) + 1 from ${sql.table(table)}), false)`.execute(db)
}
