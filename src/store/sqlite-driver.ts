import { setTimeout } from 'node:timers/promises'
import { CompiledQuery, type DatabaseConnection, SqliteDriver, type TransactionSettings } from 'kysely'
import { storeFailure } from './failure.ts'

/** So long SQLite itself waits for another writer, and a transaction before it tries again. */
export const BUSY_MILLISECONDS = 25
const LONGEST_WAIT = 5000

/**
 * Takes the right to write when a transaction begins. While another process has it, this one goes on: the one
 * connection is handed on between two tries, so that whoever reads need not wait with the writer.
 */
export class PatientDriver extends SqliteDriver {
  #lastTurn: Promise<void> = Promise.resolve()
  #endTurn = () => {}

  /** One after another, in the order in which they ask. */
  override async acquireConnection() {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = this.#lastTurn
    this.#lastTurn = promise
    await before
    this.#endTurn = resolve
    return super.acquireConnection()
  }

  override async releaseConnection() {
    this.#endTurn()
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings) {
    const begin = CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate')
    const end = performance.now() + LONGEST_WAIT
    for (;;) {
      try {
        await connection.executeQuery(begin)
        return
      } catch (error) {
        if (storeFailure(error) !== 'busy' || performance.now() > end) throw error
        await this.releaseConnection()
        await setTimeout(BUSY_MILLISECONDS)
        await this.acquireConnection()
      }
    }
  }

  /** A full disk makes SQLite roll back by itself; what then fails to roll back must not hide why. */
  override rollbackTransaction(connection: DatabaseConnection) {
    return super.rollbackTransaction(connection).catch(error => {
      if (!/no transaction is active/.test(String(error))) throw error
    })
  }
}
