import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openExisting, openRegister } from '../../src/opening.ts'
import { openDatabase } from '../../src/store/database.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ name, newUrl }) => {
  const saysThereIsNone = async (url: string) =>
    expect(openExisting(readConfig({ DATABASE_URL: url }))).rejects.toThrow('There is no register at')

  test('a database without a single change is no register, and is one once it was filled', async () => {
    const url = await newUrl()
    await saysThereIsNone(url)
    const config = readConfig({ DATABASE_URL: url })
    await (await openRegister(config, 'register')).db.destroy()
    const { db } = await openExisting(config)
    await db.destroy()
  })

  test('a database without a single table is none either, and stays without', async () => {
    const url = name === 'SQLite' ? `sqlite:${(await newUrl()).slice(7)}.blank` : await newUrl()
    const db = openDatabase(url)
    if (name === 'PostgreSQL') await sql`drop schema public cascade; create schema public`.execute(db)
    await saysThereIsNone(url)
    expect(await db.introspection.getTables()).toEqual([])
    await db.destroy()
  })
})
