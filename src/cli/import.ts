import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { importWorkspace } from '../actions/import-workspace.ts'
import { DatabaseNotEmpty, RowsRefused } from '../actions/refusal.ts'
import { JsonTextError } from '../exchange/json-text.ts'
import { WorkspaceFileError } from '../exchange/workspace-checks.ts'
import { openWorkspace } from '../exchange/workspace-json.ts'
import { BadInput, sayFileTrouble } from './bad-input.ts'
import type { Open } from './opened.ts'

/**
 * `import FILE`: an exported register into a database that holds nothing, of either kind. The
 * file is opened and its head is read before a database is made for it.
 */
export async function importFrom(file: string, open: Open): Promise<void> {
  try {
    const workspace = await openWorkspace(await bytesOf(file))
    const rows = await open.blank(context => importWorkspace(context, workspace))
    console.error(`Imported: ${rows} rows, up to change ${workspace.head.revision}`)
  } catch (error) {
    if (error instanceof DatabaseNotEmpty) throw new BadInput(error.message)
    if (isOfInput(error)) throw new BadInput(`${file}: ${sayFileTrouble(error)}`)
    throw error
  }
}

async function bytesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin
  const stream = createReadStream(file, { highWaterMark: 1 << 20 })
  await once(stream, 'open')
  return stream
}

function isOfInput(error: unknown): error is Error {
  if (error instanceof JsonTextError || error instanceof WorkspaceFileError || error instanceof RowsRefused)
    return true
  return error instanceof Error && 'syscall' in error && /^(open|read)$/.test(String(error.syscall))
}
