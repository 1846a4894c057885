import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from './columns.ts'
import { folded } from './dialect.ts'
import type { Tables } from './schema.ts'

/** Rows whose key or one of whose names contains a text, whatever its case, width or composition; `%` and `_` mean themselves. */
export function matches<T extends 'system' | 'service' | 'residual'>(db: Db, table: T, text: string) {
  const pattern = `%${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  const columns = table === 'service' ? ['key', 'name'] : ['key', 'name', 'name_en']
  return (eb: ExpressionBuilder<Tables, T>) =>
    eb.or(
      columns.map(name => {
        const column = sql.ref<string>(`${table}.${name}`)
        const small = isPlain(text) ? sql`lower(${column})` : folded(db, column)
        return sql<boolean>`${small} like ${pattern} escape '\\'`
      }),
    )
}

/** Most that is searched for is of full form, and has no case, as Chinese, or that of ASCII: both databases fold it fast. */
function isPlain(text: string): boolean {
  if (text.normalize('NFKC') !== text) return false
  return [...text].every(letter => letter < '\u0080' || letter.toLowerCase() === letter.toUpperCase())
}
