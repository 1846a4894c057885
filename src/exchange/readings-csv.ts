import { type Day, parseDay } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import { CHANGE_REASONS, QUALIFIERS } from '../domain/vocabulary.ts'
import { readWrittenCount } from '../domain/written-numbers.ts'
import { type CsvProblem, parseCsv } from './csv-rows.ts'

export type ReadingSeries = {
  name: string
  /** The series' own day to look from, when the file has a column `as_of`. */
  asOf: Day | null
  readings: CountReading[]
}

/** `row` as a spreadsheet numbers it: the header is 1. */
export type RowProblem = { row: number; code: ProblemCode; value: string }

type ProblemCode =
  | CsvProblem['code']
  | 'no_series'
  | 'not_a_day'
  | 'not_a_count'
  | 'unknown_qualifier'
  | 'unknown_reason'
  | 'two_as_of'

/**
 * Readings from a CSV file: columns `series,date,count` in any order, also `as_of`, `qualifier`, `reason`; comma, semicolon or tab;
 * UTF-8 or GB 18030, with or without a byte order mark. Counts are written as in the forms: `3000+` is at least 3000, `~54` about 54. Every bad row is reported.
 */
export function parseReadings(bytes: Uint8Array): { series: ReadingSeries[]; problems: RowProblem[] } {
  const { rows, problems } = parseCsv(bytes, ['series', 'date', 'count'], ['as_of', 'qualifier', 'reason'])
  const series = new Map<string, ReadingSeries>()
  const wrong: RowProblem[] = [...problems]
  for (const { row, cell } of rows) {
    const problem = addReading(series, cell)
    if (problem) wrong.push({ row, ...problem })
  }
  return { series: [...series.values()], problems: wrong.sort((one, other) => one.row - other.row) }
}

type CellProblem = Omit<RowProblem, 'row'>

function addReading(series: Map<string, ReadingSeries>, cell: (name: string) => string): CellProblem | null {
  const name = cell('series')
  const day = parseDay(cell('date'))
  const asOf = cell('as_of') === '' ? null : parseDay(cell('as_of'))
  const counted = readWrittenCount(cell('count'))
  const reason = CHANGE_REASONS.find(code => code === cell('reason')) ?? null
  const qualifier = QUALIFIERS.find(
    code => code === (cell('qualifier') || (typeof counted !== 'string' && counted.qualifier)),
  )
  if (name === '') return { code: 'no_series', value: '' }
  if (day === null) return { code: 'not_a_day', value: cell('date') }
  if (asOf === null && cell('as_of') !== '') return { code: 'not_a_day', value: cell('as_of') }
  if (typeof counted === 'string') return { code: 'not_a_count', value: cell('count') }
  if (!qualifier) return { code: 'unknown_qualifier', value: cell('qualifier') }
  if (reason === null && cell('reason') !== '') return { code: 'unknown_reason', value: cell('reason') }
  const known = series.get(name) ?? { name, asOf, readings: [] }
  if (known.asOf !== asOf) return { code: 'two_as_of', value: cell('as_of') }
  known.readings.push({ day, count: counted.count, qualifier, reason })
  series.set(name, known)
  return null
}
