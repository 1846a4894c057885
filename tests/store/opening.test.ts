import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createSystem } from '../../src/actions/systems.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { fillRegister, openExisting, openRegister } from '../../src/opening.ts'
import { openDatabase } from '../../src/store/database.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { databases } from '../support/databases.ts'

const OP = { key: 'OP', name: 'OP', role: 'legacy', status: 'migrating' }

describe.each(databases)('on $name', kind => {
  const saysThereIsNone = async (url: string) =>
    expect(openExisting(readConfig({ DATABASE_URL: url }))).rejects.toThrow('There is no register at')

  test('a database without a single change is no register, and is one once it was filled', async () => {
    const url = await kind.newUrl()
    await saysThereIsNone(url)
    const config = readConfig({ DATABASE_URL: url })
    await (await openRegister(config, 'register')).db.destroy()
    const { db } = await openExisting(config)
    await db.destroy()
  })

  test('a database without a single table is none either, and stays without', async () => {
    const url = await newBlankUrl(kind)
    const db = openDatabase(url)
    await saysThereIsNone(url)
    expect(await db.introspection.getTables()).toEqual([])
    await db.destroy()
  })

  test('of two that start at once on a database without a single table one fills it, and both open it', async () => {
    const config = readConfig({ DATABASE_URL: await newBlankUrl(kind) })
    let filled = 0
    const start = () => openRegister(config, 'register', () => filled++)
    const opened = await Promise.all([start(), start()])
    expect(filled).toBe(1)
    const revisions = await Promise.all(opened.map(({ db }) => readRevision(db)))
    expect(revisions[0]).toBe(revisions[1])
    await Promise.all(opened.map(({ db }) => db.destroy()))
  })

  test('what fails to be filled is left without a single table, and can be filled then', async () => {
    const config = readConfig({ DATABASE_URL: await newBlankUrl(kind) })
    const half = (context: Context) => createSystem(context, OP)
    const failed = fillRegister(config, async context => {
      await half(context)
      throw new Error('the file ends early')
    })
    await expect(failed).rejects.toThrow('the file ends early')
    const db = openDatabase(config.DATABASE_URL)
    expect(await db.introspection.getTables({ withInternalKyselyTables: true })).toEqual([])
    await fillRegister(config, half)
    expect(await readRevision(db)).toBe(1)
    await db.destroy()
  })
})

test('a server that lets nobody write says so when it is to be filled', async () => {
  const url = new URL(await newBlankUrl(databases[1]))
  url.searchParams.set('options', '-c default_transaction_read_only=on')
  const filled = fillRegister(readConfig({ DATABASE_URL: url.href }), async () => {})
  await expect(filled).rejects.toThrow(/is read-only: .*cannot execute CREATE TABLE/)
})

async function newBlankUrl({ name, newUrl }: (typeof databases)[number]): Promise<string> {
  const url = await newUrl()
  if (name === 'SQLite') return `${url}.blank`
  const db = openDatabase(url)
  await sql`drop schema public cascade; create schema public`.execute(db)
  await db.destroy()
  return url
}
