import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createSystem } from '../../src/actions/systems.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeFailure } from '../../src/store/failure.ts'
import { migrate } from '../../src/store/migrate.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open, newUrl }) => {
  test('a database of a newer version is refused and left as it is', async () => {
    const db = await open()
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030')`.execute(db)
    await expect(migrate(db)).rejects.toThrow(
      'written by a newer version of Last Orders (it has 9999-future)',
    )
    expect(await readRevision(db)).toBe(0)
  })

  test('bringing a register up to date twice changes nothing', async () => {
    const db = await open()
    const context = contextOn('2026-03-31', db)
    await createSystem(context, { key: 'OP', name: 'OP', role: 'legacy', status: 'migrating' })
    await migrate(db)
    expect(await readRevision(db)).toBe(1)
  })

  test('a migration that fails half-way leaves nothing behind', async () => {
    const db = openDatabase(await newUrl())
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
    for (const { name } of tables.filter(table => table.name !== 'estate_day').reverse()) await drop(name)
    await expect(migrate(db)).rejects.toThrow('estate_day')
    const left = await db.introspection.getTables()
    expect(left.map(({ name }) => name)).toEqual(['estate_day'])
    await db.schema.dropTable('estate_day').execute()
    await migrate(db)
    expect(await readRevision(db)).toBe(0)
    await db.destroy()

    async function drop(name: string) {
      const table = db.schema.dropTable(name)
      await (newUrl === databases[1].newUrl ? table.cascade() : table).execute()
    }
  })
})

test.each([
  ['read_only', 'query_only = 1'],
  ['full', 'max_page_count = 1'],
] as const)('a database that is %s says so, and the change is not there', async (failure, pragma) => {
  const context = contextOn('2026-03-31', await databases[0].open())
  await sql.raw(`pragma ${pragma}`).execute(context.db)
  const long = { key: 'OP', name: 'OP', role: 'legacy', status: 'migrating', note: '长'.repeat(4000) }
  const refused = await createSystem(context, long).catch(error => error)
  expect(storeFailure(refused)).toBe(failure)
  await sql.raw('pragma query_only = 0').execute(context.db)
  expect(await readRevision(context.db)).toBe(0)
})
