import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ name, open }) => {
  test('a test gets the database that it asks for', async () => {
    const question = name === 'SQLite' ? sql`select sqlite_version()` : sql`show server_version`
    const { rows } = await question.execute(await open())
    expect(rows).toEqual([expect.anything()])
  })

  test('what one test writes, the next does not find', async () => {
    const [first, second] = [await open(), await open()]
    await first.schema.createTable('mark').addColumn('id', 'integer').execute()
    const names = (await second.introspection.getTables()).map(table => table.name)
    expect(names).toContain('residual')
    expect(names).not.toContain('mark')
  })
})
