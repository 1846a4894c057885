import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from './columns.ts'
import { lowered } from './dialect.ts'
import type { Tables } from './schema.ts'

/** Rows whose key or one of whose names contains a text, whatever the case; `%` and `_` mean themselves. */
export function matches<T extends 'system' | 'service' | 'residual'>(db: Db, table: T, text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  const columns = table === 'service' ? ['key', 'name'] : ['key', 'name', 'name_en']
  return (eb: ExpressionBuilder<Tables, T>) =>
    eb.or(
      columns.map(name => {
        const column = sql.ref<string>(`${table}.${name}`)
        const small = isAsciiCased(text) ? sql`lower(${column})` : lowered(db, column)
        return sql<boolean>`${small} like ${pattern} escape '\\'`
      }),
    )
}

/** Most that is searched for has no case, as Chinese, or that of ASCII: both databases fold it fast. */
function isAsciiCased(text: string): boolean {
  return [...text].every(letter => letter < '\u0080' || letter.toLowerCase() === letter.toUpperCase())
}
