import { CsvError, parse } from 'csv-parse/sync'
import { type Day, parseDay } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import { CHANGE_REASONS, type Count, QUALIFIERS } from '../domain/vocabulary.ts'

export type ReadingSeries = {
  name: string
  /** The series' own day to look from, when the file has a column `as_of`. */
  asOf: Day | null
  readings: CountReading[]
}

/** `row` as a spreadsheet numbers it: the header is 1. */
export type RowProblem = { row: number; code: ProblemCode; value: string }

type ProblemCode =
  | 'not_csv'
  | 'no_rows'
  | 'no_column'
  | 'column_twice'
  | 'column_count'
  | 'no_series'
  | 'not_a_day'
  | 'not_a_count'
  | 'unknown_qualifier'
  | 'unknown_reason'
  | 'two_as_of'

/**
 * Readings from a CSV file: columns `series,date,count` in any order, also `as_of`, `qualifier`, `reason`; comma, semicolon or tab;
 * UTF-8 or GB 18030, with or without a byte order mark. `3000+` is at least 3000, `~54` about 54. Every bad row is reported.
 */
export function parseReadings(bytes: Uint8Array): { series: ReadingSeries[]; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const series = new Map<string, ReadingSeries>()
  const [header, ...rows] = rowsOf(decode(bytes), problems)
  const names = header?.cells.map(cell => cell.trim().toLowerCase()) ?? []
  const missing = problems.length > 0 ? [] : REQUIRED.filter(column => !names.includes(column))
  problems.push(...missing.map(value => ({ row: 1, code: 'no_column' as const, value })))
  const twice = KNOWN.filter(column => names.indexOf(column) !== names.lastIndexOf(column))
  problems.push(...twice.map(value => ({ row: 1, code: 'column_twice' as const, value })))
  if (problems.length === 0 && rows.length === 0) problems.push({ row: 1, code: 'no_rows', value: '' })
  if (problems.length > 0) return { series: [], problems }
  for (const { row, cells } of rows) {
    const cell = (name: string): string => cells[names.indexOf(name)]?.trim() ?? ''
    const problem =
      cells.length === names.length
        ? addReading(series, cell)
        : { code: 'column_count' as const, value: String(cells.length) }
    if (problem) problems.push({ row, ...problem })
  }
  return { series: [...series.values()], problems }
}

const REQUIRED = ['series', 'date', 'count']
const KNOWN = [...REQUIRED, 'as_of', 'qualifier', 'reason']

type Row = { row: number; cells: string[] }

function rowsOf(text: string, problems: RowProblem[]): Row[] {
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return records
      .map(({ info, record }) => ({ row: info.lines, cells: record }))
      .filter(({ cells }) => cells.some(cell => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ row: Number(error.lines ?? 1), code: 'not_csv', value: error.message })
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

type CellProblem = Omit<RowProblem, 'row'>

function addReading(series: Map<string, ReadingSeries>, cell: (name: string) => string): CellProblem | null {
  const name = cell('series')
  const day = parseDay(cell('date'))
  const asOf = cell('as_of') === '' ? null : parseDay(cell('as_of'))
  const counted = countOf(cell('count'))
  const reason = CHANGE_REASONS.find(code => code === cell('reason')) ?? null
  const qualifier = QUALIFIERS.find(code => code === (cell('qualifier') || counted?.qualifier))
  if (name === '') return { code: 'no_series', value: '' }
  if (day === null) return { code: 'not_a_day', value: cell('date') }
  if (asOf === null && cell('as_of') !== '') return { code: 'not_a_day', value: cell('as_of') }
  if (counted === null) return { code: 'not_a_count', value: cell('count') }
  if (!qualifier) return { code: 'unknown_qualifier', value: cell('qualifier') }
  if (reason === null && cell('reason') !== '') return { code: 'unknown_reason', value: cell('reason') }
  const known = series.get(name) ?? { name, asOf, readings: [] }
  if (known.asOf !== asOf) return { code: 'two_as_of', value: cell('as_of') }
  known.readings.push({ day, count: counted.count, qualifier, reason })
  series.set(name, known)
  return null
}

const COUNT = /^(>=|≥|~|≈|约)?\s*(\d+)(?:\.0+)?\s*(\+)?$/

/** Whole numbers from 0; an empty field is no count. */
function countOf(text: string): Count | null {
  const parts = COUNT.exec(text)
  const count = Number(parts?.[2] ?? Number.NaN)
  if (!parts || !Number.isSafeInteger(count)) return null
  const [, before, , after] = parts
  if (after || before === '>=' || before === '≥') return { count, qualifier: 'at_least' }
  return { count, qualifier: before ? 'about' : 'exact' }
}
