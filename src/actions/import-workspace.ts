import type { Context } from '../context.ts'
import type { Workspace } from '../exchange/workspace-json.ts'
import { liftTimeLimit } from '../store/dialect.ts'
import { isConstraint } from '../store/failure.ts'
import { rebuildDerived } from '../store/rebuild.ts'
import { takeOver } from '../store/workspace.ts'
import { continueAllIds, writeRows } from '../store/workspace-rows.ts'
import { restored } from './action.ts'
import { DatabaseNotEmpty, RowsRefused } from './refusal.ts'

/**
 * Takes over a whole register with its history, into a database that holds nothing. Throws DatabaseNotEmpty,
 * RowsRefused, or what reading the file throws; nothing is written then. Gives the number of rows.
 */
export async function importWorkspace(context: Context, { head, rows }: Workspace): Promise<number> {
  return restored(context, async trx => {
    await liftTimeLimit(trx)
    if (!(await takeOver(trx, head.revision, head.simulatedSince))) throw new DatabaseNotEmpty()
    let written = 0
    for await (const part of rows) {
      await writeRows(trx, part.table, part.rows).catch(error => {
        throw isConstraint(error) ? new RowsRefused(part.table, part.rows, error) : error
      })
      written += part.rows.length
    }
    await continueAllIds(trx)
    await rebuildDerived(trx)
    return written
  })
}
