import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import {
  type ColumnDefinitionBuilder,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  sql,
  type TransactionSettings,
} from 'kysely'
import type { Tables } from './schema.ts'
import { LastingQueryCompiler, withStatementCache } from './statement-cache.ts'

/** Everything in which the two databases differ. */

export function dialectOf(url: string): Dialect {
  return url.startsWith('sqlite:') ? sqliteDialect(url.slice('sqlite:'.length)) : postgresDialect(url)
}

function sqliteDialect(path: string): Dialect {
  makeFolder(dirname(path))
  const database = new Database(path)
  database.pragma('busy_timeout = 5000')
  database.pragma('journal_mode = WAL')
  // FULL: a count that was confirmed survives a power cut. It costs 0.1 ms a commit.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // 8 MB. The system keeps the rest of the file, and not once for each process.
  database.pragma('cache_size = -8000')
  // Waiting inside SQLite stops this process, so from here on it is short, and a transaction tries again.
  database.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`)
  return new PatientSqliteDialect({ database: withStatementCache(database) })
}

/** The last folder of the path only: a whole new path is more likely a slip. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder)
}

const BUSY_MILLISECONDS = 25
const LONGEST_WAIT = 5000

class PatientSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver() {
    return new PatientSqliteDriver(this.#config)
  }

  override createAdapter() {
    return new WholeMigrationsAdapter()
  }

  override createQueryCompiler() {
    return new LastingQueryCompiler()
  }
}

/** Takes the right to write when a transaction begins, and waits for another writer without stopping the process. */
class PatientSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings) {
    const begin = CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate')
    const end = performance.now() + LONGEST_WAIT
    for (;;) {
      try {
        await connection.executeQuery(begin)
        return
      } catch (error) {
        if (storeFailure(error) !== 'busy' || performance.now() > end) throw error
        await setTimeout(BUSY_MILLISECONDS)
      }
    }
  }

  /** A full disk makes SQLite roll back by itself; what then fails to roll back must not hide why. */
  override rollbackTransaction(connection: DatabaseConnection) {
    return super.rollbackTransaction(connection).catch(error => {
      if (!/no transaction is active/.test(String(error))) throw error
    })
  }
}

/** SQLite can take back a half-done migration as PostgreSQL does; Kysely does not ask it to. */
class WholeMigrationsAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

function postgresDialect(url: string): Dialect {
  return new PostgresDialect({ pool: () => openPool(url) })
}

/** Who keeps the register in SQLite does not load the other driver. */
async function openPool(url: string) {
  const { Pool, types } = (await import('pg')).default
  const wholeNumbers: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC]
  // Counts, sums and fen are whole numbers below 2^53 here; pg would hand them over as text.
  const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
    wholeNumbers.includes(oid) ? Number : types.getTypeParser(oid, format as 'text')
  const pool = new Pool({ connectionString: url, max: 10, types: { getTypeParser } })
  // An idle connection that breaks must not end the process: the next query reports it.
  pool.on('error', () => {})
  return pool
}

function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
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

const FAILURES: readonly [RegExp, StoreFailure][] = [
  [/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|25006|42501)/, 'read_only'],
  [/^(SQLITE_FULL|SQLITE_IOERR|53100|53200)/, 'full'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03|40P01)/, 'busy'],
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT)/, 'broken'],
  [
    /^(SQLITE_CANTOPEN|ECONN|ENOTFOUND|ETIMEDOUT|EAI_|EACCES|EPERM|ENOENT|EROFS|ENOTDIR|08|57P|28|3D)/,
    'lost',
  ],
]

export type StoreFailure = 'read_only' | 'full' | 'busy' | 'broken' | 'lost'

/** What kind of trouble the database itself reports, or null when the error is not of its making. */
export function storeFailure(error: unknown): StoreFailure | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = FAILURES.find(([pattern]) => pattern.test(code))
  if (known) return known[1]
  return /Connection terminated|database connection is not open/.test(String(error)) ? 'lost' : null
}

/** Whether the database refused a row because of another: a key twice, or a reference to nothing. */
export function isConstraint(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(SQLITE_CONSTRAINT|23)/.test(String(error.code))
}

/** Whether there is something at an address already; a server is asked when it is opened. */
export function isThere(url: string): boolean {
  return !url.startsWith('sqlite:') || existsSync(url.slice('sqlite:'.length))
}

/** Takes away the file of a register that was made and never filled; a server keeps what it has. */
export function removeFile(url: string): void {
  if (!url.startsWith('sqlite:')) return
  for (const end of ['', '-wal', '-shm']) rmSync(url.slice('sqlite:'.length) + end, { force: true })
}
