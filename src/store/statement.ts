import type { Compilable, CompiledQuery } from 'kysely'
import type { Db } from './columns.ts'

/** Where a value comes in when the statement is run. */
class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A statement on the way of every written count, built and compiled once for each kind of database: that takes
 * longer than running it. `build` is handed a stand-in for each value and may only hand it on, so the text of the
 * statement is the same whatever the values are.
 */
export function statement<Values extends object, Row>(build: (db: Db, the: Values) => Compilable<Row>) {
  const compiled = new WeakMap<object, CompiledQuery<Row>>()
  const standIns = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as Values
  return async (db: Db, values: Values): Promise<Row[]> => {
    const executor = db.getExecutor()
    let query = compiled.get(executor.adapter)
    if (!query) {
      query = build(db, standIns).compile()
      compiled.set(executor.adapter, query)
    }
    const given = values as Record<string, unknown>
    const parameters = query.parameters.map(one => (one instanceof Slot ? given[one.name] : one))
    const bound = { ...query, parameters }
    // Straight to the connection: no plugin has anything to add.
    return (await executor.provideConnection(connection => connection.executeQuery<Row>(bound))).rows
  }
}
