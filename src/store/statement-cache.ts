import { SqliteQueryCompiler } from 'kysely'

/** Kysely prepares every statement anew; a statement prepared once serves every later call. */
export function withStatementCache<Statement>(database: {
  prepare: (text: string) => Statement
  close: () => unknown
}) {
  const statements = new Map<string, Statement>()
  const prepare = (text: string) => {
    let statement = statements.get(text)
    if (!statement) {
      if (statements.size >= KEPT_STATEMENTS) statements.clear()
      statement = database.prepare(text)
      statements.set(text, statement)
    }
    return statement
  }
  return { prepare, close: () => void database.close() }
}

const KEPT_STATEMENTS = 500

/**
 * SQLite prepares a kept statement anew at every run where the value of a bare `?` might tell it a better plan: in a
 * limit, and in whatever is compared in a query with an order. Of an expression it does not ask that.
 */
export class LastingQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder() {
    return '+?'
  }
}
