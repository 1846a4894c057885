/** A cell: text is guarded, a number is written as it is. */
export type Cell = string | number

/**
 * A table as CSV that opens rightly in a spreadsheet: a byte order mark, so that Chinese is read as UTF-8; CRLF;
 * quotes where needed; and an apostrophe before text that a spreadsheet would take for a formula.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map(row => `${row.map(cellText).join(',')}\r\n`).join('')}`
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const guarded = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n\t;']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
