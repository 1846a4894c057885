import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { inject, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import type { Tables } from '../../src/store/schema.ts'
import { administrate, databaseAddress } from './postgres.ts'

/** Both databases of the product, for `describe.each(databases)('on $name', ({ open }) => ...)`. */
export const databases = [
  { name: 'SQLite', newUrl: newSqliteUrl, open: () => open(newSqliteUrl) },
  { name: 'PostgreSQL', newUrl: newPostgresUrl, open: () => open(newPostgresUrl) },
] as const

/** A migrated, empty register of one test (about 2 ms on SQLite, 30 ms on PostgreSQL), closed when it ends. */
async function open(newUrl: () => Promise<string>): Promise<Kysely<Tables>> {
  const db = openDatabase(await newUrl())
  onTestFinished(() => db.destroy())
  return db
}

async function newSqliteUrl(): Promise<string> {
  const path = join(inject('folder'), `${crypto.randomUUID()}.sqlite`)
  copyFileSync(join(inject('folder'), 'template.sqlite'), path)
  return `sqlite:${path}`
}

async function newPostgresUrl(): Promise<string> {
  const { url, template } = inject('postgres')
  const name = `last_orders_${crypto.randomUUID().replaceAll('-', '')}`
  await administrate(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
  onTestFinished(() => administrate(url, `DROP DATABASE ${name} WITH (FORCE)`))
  return databaseAddress(url, name)
}
