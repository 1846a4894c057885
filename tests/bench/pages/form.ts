import Database from 'better-sqlite3'

/**
 * The forms that write to a register: each connection counts a residual of its own, one less on every next day,
 * so that nothing has to be asked back and every reading is a new one.
 */
export function formsFor(path: string): (connection: object) => string {
  const db = new Database(path, { readonly: true })
  const residuals = db
    .prepare(`select residual.id, latest_on as day, latest_count as count from residual
      join system on system.id = system_id where system.key = 'writes'`)
    .all() as { id: number; day: string; count: number }[]
  db.close()
  const of = new WeakMap<object, (typeof residuals)[number]>()
  let next = 0
  return connection => {
    const residual = of.get(connection) ?? residuals[next++ % residuals.length]!
    of.set(connection, residual)
    residual.day = Temporal.PlainDate.from(residual.day).add({ days: 1 }).toString()
    residual.count -= 1
    return new URLSearchParams({
      day: residual.day,
      [`count-${residual.id}`]: `${residual.count}`,
    }).toString()
  }
}
