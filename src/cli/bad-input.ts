/** What was given cannot be used: wrong option, wrong file. The program says it and ends with code 2. */
export class BadInput extends Error {}

export const BAD_INPUT = 2

/** What the operating system says of a file; its own messages begin with a code and name temporary files. */
export function sayFileTrouble(error: NodeJS.ErrnoException): string {
  return FILE_TROUBLES[error.code ?? ''] ?? error.message
}

const FILE_TROUBLES: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'part of the path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not open it',
  EPERM: 'this user may not open it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}
