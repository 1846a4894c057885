import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
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
 * system. Its last 25 systems are there to be written to. Each run gets a copy of its own, so that figures compare.
 */
export async function benchDatabase(size: Size): Promise<string> {
  const pristine = await pristineDatabase(size)
  const copy = pristine.replace(/\.sqlite$/, `-run-${process.pid}.sqlite`)
  copyFileSync(pristine, copy, constants.COPYFILE_FICLONE)
  return copy
}

/** Takes the copy of a run away, with what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}

/** Made once and kept in the temporary folder. */
async function pristineDatabase({ systems, every }: Size): Promise<string> {
  const kind = `${systems}-systems-every-${every}-`
  const path = join(FOLDER, `${kind}${fingerprint()}.sqlite`)
  mkdirSync(FOLDER, { recursive: true })
  for (const name of readdirSync(FOLDER))
    if (name.startsWith(kind) && name !== basename(path) && !isInUse(name)) rmSync(join(FOLDER, name))
  if (existsSync(path)) return path
  const started = performance.now()
  const unfinished = `${path}.unfinished-${process.pid}`
  await generate(unfinished, { systems, every })
  renameSync(unfinished, path)
  console.log(`made ${path} in ${Math.round((performance.now() - started) / 1000)} s`)
  return path
}

/** Whether it is the copy of a run that has not ended. */
function isInUse(name: string): boolean {
  const pid = /-run-(\d+)\./.exec(name)?.[1]
  try {
    return pid !== undefined && process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

/** Another schema, generator or month makes another database. */
function fingerprint(): string {
  const folder = resolve(import.meta.dirname, '../../../src/store/migrations')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter(name => name.endsWith('.ts')).map(name => join(folder, name))
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
