import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { WORKSPACE_TABLES } from '../../src/exchange/workspace-tables.ts'
import { databases } from '../support/databases.ts'
import { projectFiles } from '../support/project-files.ts'

type Columns = Record<string, 'nullable' | 'set'>

/** What the row types in `src/store` say, read from their source: TypeScript itself forgets it. */
const TYPES = new Map(
  projectFiles('src/store', '.ts')
    .flatMap(({ code }) => [...code.matchAll(/type (\w+) =([^={}]*)\{([^}]*)\}/g)])
    .map(([, name, bases, fields]) => [name!, { bases: bases!.match(/\w+/g) ?? [], fields: fields! }]),
)
const TABLES = [...TYPES.get('Tables')!.fields.matchAll(/(\w+): (\w+)/g)].map(([, table, type]) => [
  table!,
  type!,
])

function columnsOf(type: string): Columns {
  const { bases, fields } = TYPES.get(type)!
  const own = [...fields.matchAll(/(\w+): ([^;\n]+)/g)].map(([, name, is]) => [
    name,
    is!.includes('| null') ? 'nullable' : 'set',
  ])
  return Object.assign({}, ...bases.map(columnsOf), Object.fromEntries(own))
}

describe.each(databases)('on $name', ({ name: database, open }) => {
  test('every table has exactly the columns that its row type says', async () => {
    const tables = await (await open()).introspection.getTables()
    const found = tables.map(({ name, columns }): [string, Columns] => [
      name,
      // SQLite calls its primary keys nullable.
      Object.fromEntries(
        columns.map(one => [one.name, one.name !== 'id' && one.isNullable ? 'nullable' : 'set']),
      ),
    ])
    const said = TABLES.map(([table, type]) => [table, columnsOf(alias(type!))])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(said))
  })

  test('every table but the derived ones is exported, and refuses to lose a row', async () => {
    const db = await open()
    const tables = (await db.introspection.getTables()).map(({ name }) => name)
    const derived = ['workspace', 'system_day', 'estate_day']
    const kept = tables.filter(name => !derived.includes(name))
    expect(Object.keys(WORKSPACE_TABLES).toSorted()).toEqual(kept.toSorted())
    await sql`insert into system (key, name, role, status) values ('a', 'a', 'legacy', 'draining')`.execute(
      db,
    )
    await expect(sql`delete from system`.execute(db)).rejects.toThrow('never deleted')
    const triggers = await sql<{ name: string }>`${TRIGGERS[database]}`.execute(db)
    expect(triggers.rows.map(({ name }) => name).toSorted()).toEqual(
      kept.map(name => `${name}_is_kept`).toSorted(),
    )
  })
})

/** `type EstateDayTable = DayDeltas` has no columns of its own. */
function alias(type: string): string {
  if (TYPES.has(type)) return type
  const source = projectFiles('src/store', '.ts').map(({ code }) => code)
  return new RegExp(`type ${type} = (\\w+)`).exec(source.join('\n'))![1]!
}

const TRIGGERS = {
  SQLite: sql`select name from sqlite_master where type = 'trigger'`,
  PostgreSQL: sql`select tgname as name from pg_trigger where not tgisinternal`,
}
