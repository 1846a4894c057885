import Database from 'better-sqlite3'

/** A form as it is sent: where to, and its fields. */
export type Form = { path: string; body: string }

/**
 * The forms that write to a register: one residual after another is counted, each time one less and a day later,
 * so that nothing has to be asked back and every reading is a new one.
 */
export function formsFor(path: string): () => Form {
  const db = new Database(path, { readonly: true })
  const residuals = db
    .prepare(`select residual.id, system.key, latest_on as day, latest_count as count from residual
      join system on system.id = system_id where system.key like 'writes-%'`)
    .all() as { id: number; key: string; day: string; count: number }[]
  db.close()
  let next = 0
  return () => {
    const residual = residuals[next++ % residuals.length]!
    residual.day = Temporal.PlainDate.from(residual.day).add({ days: 1 }).toString()
    residual.count -= 1
    const fields = { day: residual.day, [`count-${residual.id}`]: `${residual.count}` }
    return { path: `/systems/${residual.key}`, body: new URLSearchParams(fields).toString() }
  }
}
