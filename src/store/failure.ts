/**
 * What the two databases report, by the codes of their drivers: SQLite's own, PostgreSQL's SQLSTATE, and those of the
 * network. A code that any other file or request may fail with is none of them.
 */
const FAILURES: readonly [RegExp, StoreFailure][] = [
  // Insufficient privilege, a read-only transaction.
  [/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|25006$|42501$)/, 'read_only'],
  // Disk full, out of memory.
  [/^(SQLITE_FULL|SQLITE_IOERR|53100$|53200$)/, 'full'],
  // Lock not available, deadlock, serialization failure, too many connections, statement timeout.
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03$|40P01$|40001$|53300$|57014$)/, 'busy'],
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT)/, 'broken'],
  // Connection exceptions, shutdown by the operator, a wrong password, no such database.
  [/^(SQLITE_CANTOPEN|(08|28|3D)[0-9A-Z]{3}$|57P0\d$)/, 'lost'],
  [/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EAI_)/, 'lost'],
]

/** After so long a program may ask again: most troubles of a database are short. */
export const RETRY_SECONDS = '10'

export type StoreFailure = 'read_only' | 'full' | 'busy' | 'broken' | 'lost'

/** What kind of trouble the database itself reports, or null when the error is not of its making. */
export function storeFailure(error: unknown): StoreFailure | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  const known = FAILURES.find(([pattern]) => pattern.test(code))
  if (known) return known[1]
  if ('syscall' in error && WAYS_IN.has(String(error.syscall))) return 'lost'
  return FAILURES_IN_WORDS.find(([pattern]) => pattern.test(error.message))?.[1] ?? null
}

/** The folder of the file, the server's name, its address or socket: only the database is reached by these. */
const WAYS_IN: ReadonlySet<string> = new Set(['mkdir', 'getaddrinfo', 'connect'])

/** What the drivers say without a code. */
const FAILURES_IN_WORDS: readonly [RegExp, StoreFailure][] = [
  [/Connection terminated|database connection is not open/, 'lost'],
  [/^timeout exceeded when trying to connect/, 'busy'],
]

/** Whether the database refused a row because of another: a key twice, or a reference to nothing. */
export function isConstraint(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(SQLITE_CONSTRAINT|23)/.test(String(error.code))
}
