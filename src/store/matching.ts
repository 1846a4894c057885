import { type ExpressionBuilder, sql } from 'kysely'
import type { Tables } from './schema.ts'

/** Rows whose key or one of whose names contains a text, whatever the case; `%` and `_` mean themselves. */
export function matches<T extends 'system' | 'service' | 'residual'>(table: T, text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  const columns = table === 'service' ? ['key', 'name'] : ['key', 'name', 'name_en']
  return (eb: ExpressionBuilder<Tables, T>) =>
    eb.or(
      columns.map(name => sql<boolean>`lower(${sql.ref(`${table}.${name}`)}) like ${pattern} escape '\\'`),
    )
}
