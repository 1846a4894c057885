import { type ExpressionBuilder, sql } from 'kysely'
import type { Tables } from './schema.ts'

/** Rows whose key or name contains a text, whatever the case; `%` and `_` mean themselves. */
export function matches<T extends 'system' | 'service' | 'residual'>(table: T, text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  return (eb: ExpressionBuilder<Tables, T>) =>
    eb.or([
      sql<boolean>`lower(${sql.ref(`${table}.key`)}) like ${pattern} escape '\\'`,
      sql<boolean>`lower(${sql.ref(`${table}.name`)}) like ${pattern} escape '\\'`,
    ])
}
