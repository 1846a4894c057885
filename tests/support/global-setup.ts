import { chmodSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { administrate, databaseAddress, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** An administrator's address, and the name of the migrated database that tests clone. */
    postgres: { url: string; template: string }
    /** A folder of this run, for SQLite files; `template.sqlite` is the migrated one. */
    folder: string
  }
}

/** Runs once before the project `whole`: starts PostgreSQL (or takes the one that `TEST_PG_URL` names). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = newFolder(hasRoom(MEMORY) ? MEMORY : openFolder())
  const given = process.env.TEST_PG_URL
  const server = given
    ? { url: given, stop: async () => {} }
    : await startPostgres(join(folder, 'postgres'), newFolder(openFolder()))
  const template = `last_orders_template_${process.pid}`
  await administrate(server.url, `CREATE DATABASE ${template}`)
  await migrateAt(databaseAddress(server.url, template))
  await migrateAt(`sqlite:${join(folder, 'template.sqlite')}`)
  project.provide('postgres', { url: server.url, template })
  project.provide('folder', folder)
  return async () => {
    if (given) await administrate(given, `DROP DATABASE ${template}`)
    await server.stop()
  }
}

/** Where Linux keeps files in memory: on a disk, making a database for each test takes as long as the tests. */
const MEMORY = '/dev/shm'

/** A run takes up to 300 MB; containers often have 64 here. */
function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path)
    return isOpen(path) && bavail * bsize > 2 ** 30
  } catch {
    return false
  }
}

function openFolder(): string {
  return isOpen(tmpdir()) ? tmpdir() : '/tmp'
}

function isOpen(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isOpen(dirname(path)))
}

/** Gone when the run ends, also by Ctrl-C or when the terminal closes. PostgreSQL's user must get through it. */
function newFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'last-orders-tests-'))
  chmodSync(folder, 0o711)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  process.once('SIGHUP', () => process.exit(129))
  return folder
}

async function migrateAt(url: string): Promise<void> {
  const db = openDatabase(url)
  await migrate(db).finally(() => db.destroy())
}
