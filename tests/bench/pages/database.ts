import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { openDatabase } from '../../../src/store/database.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { refreshSystemTotals } from '../../../src/store/residuals.ts'
import { fillEstate, fillReadings, WRITTEN } from './bulk.ts'

/** `every`: days between two readings of a residual. */
export type Size = { systems: number; every: number }

const FOLDER = join(tmpdir(), 'last-orders-bench')

/**
 * A register of generated systems, 4 residuals each, with a year of readings, one service and four uses for each
 * system; kept in the temporary folder for the next run. Its last 25 systems are there to be written to.
 */
export async function benchDatabase({ systems, every }: Size): Promise<string> {
  const kind = `${systems}-systems-every-${every}-`
  const path = join(FOLDER, `${kind}${fingerprint()}.sqlite`)
  mkdirSync(FOLDER, { recursive: true })
  for (const name of readdirSync(FOLDER))
    if (name.startsWith(kind) && !name.startsWith(basename(path))) rmSync(join(FOLDER, name))
  if (existsSync(path)) return path
  const started = performance.now()
  const unfinished = `${path}.unfinished-${process.pid}`
  await generate(unfinished, { systems, every })
  renameSync(unfinished, path)
  console.log(`made ${path} in ${Math.round((performance.now() - started) / 1000)} s`)
  return path
}

/** Another schema, generator or month makes another database. */
function fingerprint(): string {
  const folder = resolve(import.meta.dirname, '../../../src/store/migrations/0001')
  const files = readdirSync(folder).map(name => join(folder, name))
  const hash = createHash('sha256')
  for (const file of [...files.sort(), join(import.meta.dirname, 'bulk.ts')]) hash.update(readFileSync(file))
  return `${new Date().toISOString().slice(0, 7)}-${hash.digest('hex').slice(0, 8)}`
}

async function generate(path: string, { systems, every }: Size): Promise<void> {
  const db = openDatabase(`sqlite:${path}`)
  await migrate(db)
  await db.destroy()
  const bulk = new Database(path)
  bulk.pragma('journal_mode = OFF')
  bulk.pragma('synchronous = OFF')
  bulk.pragma('cache_size = -1000000')
  fillEstate(bulk, systems)
  fillReadings(bulk, every)
  bulk.close()
  await keepTotals(path, systems + WRITTEN)
}

/** The totals of each system as the product itself works them out. */
async function keepTotals(path: string, systems: number): Promise<void> {
  const db = openDatabase(`sqlite:${path}`)
  await db.transaction().execute(async trx => {
    for (let id = 1; id <= systems; id++) await refreshSystemTotals(trx, id)
  })
  await db.destroy()
}
