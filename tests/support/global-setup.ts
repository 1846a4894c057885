import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { administrate, startPostgres } from './postgres.ts'

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
  const given = process.env.TEST_PG_URL
  const server = given ? { url: given, stop: async () => {} } : await startPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'last-orders-tests-'))
  const template = `last_orders_template_${process.pid}`
  const cleanUp = async () => {
    rmSync(folder, { recursive: true, force: true })
    if (given) await administrate(given, `DROP DATABASE IF EXISTS ${template}`)
    await server.stop()
  }
  try {
    await administrate(server.url, `CREATE DATABASE ${template}`)
    const address = new URL(server.url)
    address.pathname = template
    for (const url of [address.href, `sqlite:${join(folder, 'template.sqlite')}`]) await migrateAt(url)
  } catch (error) {
    await cleanUp()
    throw error
  }
  project.provide('postgres', { url: server.url, template })
  project.provide('folder', folder)
  return cleanUp
}

async function migrateAt(url: string): Promise<void> {
  const db = openDatabase(url)
  await migrate(db).finally(() => db.destroy())
}
