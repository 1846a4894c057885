import { CsvError, parse } from 'csv-parse/sync'

/** A row by the names of its columns; `row` as a spreadsheet numbers it: the header is 1, and a cell of two lines is in one row. */
export type CsvRow = { row: number; cell: (name: string) => string }

export type CsvProblem = {
  row: number
  code: 'not_csv' | 'no_rows' | 'no_column' | 'column_twice' | 'column_count'
  value: string
}

/**
 * The rows of a CSV file: columns in any order, comma, semicolon or tab, UTF-8 or GB 18030, with or without a byte order
 * mark. Without its columns it has no rows; a row that has not as many fields as the header is left out and reported.
 */
export function parseCsv(
  bytes: Uint8Array,
  required: readonly string[],
  optional: readonly string[] = [],
): { rows: CsvRow[]; problems: CsvProblem[] } {
  const problems: CsvProblem[] = []
  const [header, ...records] = recordsOf(decode(bytes), problems)
  const names = header?.cells.map(cell => cell.trim().toLowerCase()) ?? []
  const missing = problems.length > 0 ? [] : required.filter(column => !names.includes(column))
  problems.push(...missing.map(value => ({ row: 1, code: 'no_column' as const, value })))
  const known = [...required, ...optional]
  const twice = known.filter(column => names.indexOf(column) !== names.lastIndexOf(column))
  problems.push(...twice.map(value => ({ row: 1, code: 'column_twice' as const, value })))
  if (problems.length === 0 && records.length === 0) problems.push({ row: 1, code: 'no_rows', value: '' })
  if (problems.length > 0) return { rows: [], problems }
  const rows: CsvRow[] = []
  for (const { row, cells } of records) {
    if (cells.length === names.length)
      rows.push({ row, cell: name => cells[names.indexOf(name)]?.trim() ?? '' })
    else problems.push({ row, code: 'column_count', value: String(cells.length) })
  }
  return { rows, problems }
}

type CsvRecord = { row: number; cells: string[] }

function recordsOf(text: string, problems: CsvProblem[]): CsvRecord[] {
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      trim: true,
    })
    return records
      .map((cells, index) => ({ row: index + 1, cells }))
      .filter(({ cells }) => cells.some(cell => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ row: Number(error.records ?? 0) + 1, code: 'not_csv', value: error.message })
    return []
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  return [';', '\t'].find(mark => header.includes(mark)) ?? ','
}
