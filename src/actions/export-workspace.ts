import type { Context } from '../context.ts'
import { workspaceText } from '../exchange/workspace-json.ts'
import { findSimulatedSince, readRevision } from '../store/workspace.ts'
import { readWorkspaceRows } from '../store/workspace-rows.ts'
import { asOfOneMoment } from './action.ts'

/** Hands the whole register with its history to `write`, piece by piece, as it stood at one moment. */
export async function exportWorkspace(
  context: Context,
  write: (pieces: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  return asOfOneMoment(context, async db => {
    const head = { revision: await readRevision(db), simulatedSince: await findSimulatedSince(db) }
    await write(workspaceText({ head, rows: readWorkspaceRows(db) }))
  })
}
