import { randomUUID } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { open as openFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exportWorkspace } from '../actions/export-workspace.ts'
import { BadInput, sayFileTrouble } from './bad-input.ts'
import type { Open } from './opened.ts'
import { inChunks, print } from './output.ts'

/** `export FILE [--force]`: the whole register with its history, in the format that `import` reads. */
export async function exportTo(file: string, ifThere: 'replace' | 'refuse', open: Open): Promise<void> {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new BadInput(
      `${file} is a folder. Give the name of a file in it, such as ${join(file, 'register.json')}.`,
    )
  if (file !== '-' && ifThere === 'refuse' && existsSync(file))
    throw new BadInput(`${file} is there already. Give another name, or --force to replace it.`)
  await open.existing(context =>
    exportWorkspace(context, pieces => (file === '-' ? print(pieces) : writeWhole(file, pieces))),
  )
  if (file !== '-') console.error(`Written: ${file}`)
}

/** The file is there as a whole or not at all: it is written beside and then renamed. */
async function writeWhole(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`)
  try {
    const handle = await openFile(beside, 'wx')
    try {
      for await (const chunk of inChunks(pieces)) await handle.writeFile(chunk)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    if (!isOfFile(error)) throw error
    throw new BadInput(`${file} cannot be written: ${sayFileTrouble(error)}`)
  }
}

function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
