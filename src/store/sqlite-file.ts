import { existsSync, rmSync, statSync } from 'node:fs'

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

/** Takes away the file of a register that was made and never filled; a server keeps what it has. */
export function removeFile(url: string): void {
  if (!url.startsWith('sqlite:')) return
  for (const end of ['', '-wal', '-shm']) rmSync(url.slice('sqlite:'.length) + end, { force: true })
}
