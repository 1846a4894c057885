import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is found at the address of a register before it is opened. */

/** Whether there is something at an address already; a server is asked when it is opened. */
export function isThere(url: string): boolean {
  return !url.startsWith('sqlite:') || existsSync(url.slice('sqlite:'.length))
}

/** Whether an address is that of a folder, which is no database. */
export function isFolder(url: string): boolean {
  const found = url.startsWith('sqlite:') && statSync(url.slice('sqlite:'.length), { throwIfNoEntry: false })
  return found ? found.isDirectory() : false
}

/**
 * A copy of a file that this user may only read, for as long as the process lasts; null where there is no need of one.
 * Beside a file that it reads SQLite makes others, which would have its rights, so that its owner could not write to it
 * any more; in a folder that may only be read it cannot make them. Where they are there already, somebody has it open.
 */
export function copyToRead(path: string): string | null {
  if (!existsSync(path) || existsSync(`${path}-wal`) || isWritable(path)) return null
  const folder = mkdtempSync(join(tmpdir(), 'last-orders-read-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const copy = join(folder, 'register.sqlite')
  copyFileSync(path, copy)
  chmodSync(copy, 0o600)
  return copy
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Takes away the file of a register that was made and never filled; a server keeps what it has. */
export function removeFile(url: string): void {
  if (!url.startsWith('sqlite:')) return
  for (const end of ['', '-wal', '-shm']) rmSync(url.slice('sqlite:'.length) + end, { force: true })
}
