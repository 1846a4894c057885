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
