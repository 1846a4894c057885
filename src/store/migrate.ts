import { type Kysely, sql } from 'kysely'
import { liftTimeLimit } from './dialect.ts'
import type { Tables } from './schema.ts'

/** A migration is never edited once it has shipped; the next change is the next number. Read only where it is missing. */
const MIGRATIONS = {
  '0001-register': () => import('./migrations/0001-register.ts'),
  '0002-forecasts': () => import('./migrations/0002-forecasts.ts'),
  '0003-plans-and-trials': () => import('./migrations/0003-plans-and-trials.ts'),
  '0004-maturity-profiles': () => import('./migrations/0004-maturity-profiles.ts'),
  '0005-indexes': () => import('./migrations/0005-indexes.ts'),
  '0006-known-readings': () => import('./migrations/0006-known-readings.ts'),
  '0007-declared-rate-day': () => import('./migrations/0007-declared-rate-day.ts'),
  '0008-zero-readings': () => import('./migrations/0008-zero-readings.ts'),
  '0009-rises-to-bounds': () => import('./migrations/0009-rises-to-bounds.ts'),
  '0010-declared-zero-days': () => import('./migrations/0010-declared-zero-days.ts'),
}

/** Brings the database up to this version. Refuses one that a newer version has written, or another program. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const tables = await listTables(db)
  const applied = await appliedMigrations(db, tables)
  const foreign = tables.filter(name => !name.startsWith('kysely_'))
  if (applied.length === 0 && foreign.length > 0) throw new ForeignDatabase(foreign)
  const unknown = applied.filter(name => !(name in MIGRATIONS))
  if (unknown.length > 0) throw new NewerDatabase(unknown)
  if (applied.length < Object.keys(MIGRATIONS).length) await applyMissing(db)
}

/** Whether nobody has ever written anything into this database. */
export async function isBlank(db: Kysely<Tables>): Promise<boolean> {
  return (await listTables(db)).length === 0
}

async function applyMissing(db: Kysely<Tables>): Promise<void> {
  if (db.isTransaction) await refuseNoTables(db)
  const { Migrator } = await import('kysely/migration')
  const named = Object.entries(MIGRATIONS).map(async ([name, load]) => [name, patient(await load())] as const)
  const provider = { getMigrations: async () => Object.fromEntries(await Promise.all(named)) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}

function patient({ up }: { up: (trx: Kysely<Tables>) => Promise<void> }) {
  return {
    up: async (trx: Kysely<Tables>) => {
      await liftTimeLimit(trx)
      await up(trx)
    },
  }
}

/** Kysely looks again after a refusal, and inside a transaction PostgreSQL then no longer says why: so it is asked first. */
async function refuseNoTables(db: Kysely<Tables>): Promise<void> {
  await db.schema.createTable('kysely_attempt').addColumn('id', 'integer').execute()
  await db.schema.dropTable('kysely_attempt').execute()
}

export class NewerDatabase extends Error {
  constructor(unknown: string[]) {
    super(
      `The database was written by a newer version of Last Orders (it has ${unknown.join(', ')}). Nothing was changed: start that version instead.`,
    )
  }
}

/** Somebody else's database: to add tables to it would mix two programs' data. */
export class ForeignDatabase extends Error {
  constructor(tables: string[]) {
    const named = tables.slice(0, 3).join(', ') + (tables.length > 3 ? ', ...' : '')
    super(
      `It holds the tables of another program (${named}) and no register of Last Orders. Nothing was changed: give DATABASE_URL a new file or an empty database.`,
    )
  }
}

async function listTables(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  return tables.filter(table => !table.isView).map(table => table.name)
}

async function appliedMigrations(db: Kysely<Tables>, tables: readonly string[]): Promise<string[]> {
  if (!tables.includes('kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(row => row.name)
}
