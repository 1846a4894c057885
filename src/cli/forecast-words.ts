import type { RowProblem } from '../exchange/readings-csv.ts'
import type { MaturityProblem } from './maturity-file.ts'

/** What is wrong with a row of a file of the forecast, in English. */

const WORDS: Record<RowProblem['code'], (value: string) => string> = {
  not_csv: value => `cannot be read as CSV: ${value}`,
  no_rows: () => 'no reading follows',
  column_twice: value => `the column "${value}" is there twice`,
  no_column: value => `the column "${value}" is missing`,
  column_count: value => `has ${value} fields, not as many as the header`,
  no_series: () => 'has no series name',
  not_a_day: value => `"${value}" is not a day (YYYY-MM-DD)`,
  not_a_count: value => `"${value}" is not a count (a whole number from 0, 3000+ or ~50)`,
  unknown_qualifier: value => `"${value}" is not exact, at_least or about`,
  unknown_reason: value => `"${value}" is not completed, migrated_out, cancelled, recount or inflow`,
  two_as_of: value => `as_of "${value}" differs from the row before of the same series`,
}

export function sayRow({ row, code, value }: RowProblem): string {
  return `row ${row}: ${WORDS[code](value)}`
}

export function sayMaturityRow({ row, code, values }: MaturityProblem): string {
  const { text = '' } = values
  const own = MATURITY_WORDS[code]
  return own
    ? `row ${row}: ${own(values)}`
    : sayRow({ row, code: code as RowProblem['code'], value: String(text) })
}

/** By the codes of the form. */
const MATURITY_WORDS: Record<string, (values: MaturityProblem['values']) => string> = {
  no_rows: () => 'no row follows',
  other_series: ({ text }) => `there is no series "${text}" among the readings`,
  'maturity.no_count': () => 'needs a date, or - for no end day, and a count',
  'maturity.not_a_day': ({ text }) => `"${text}" is not a day (YYYY-MM-DD, or - for no end day)`,
  'maturity.past': ({ text, day }) => `${text} is not after the day of the forecast (${day})`,
  'maturity.far': ({ text }) => `${text} is more than 50 years ahead; write - for no end day`,
  'maturity.twice': ({ text, before }) => `"${text}" stands in row ${before} already`,
  'maturity.negative': ({ text }) => `a number of contracts cannot be negative: ${text}`,
  'maturity.grouped': ({ text }) => `"${text}" has separators; write the digits alone`,
  'maturity.not_a_count': ({ text }) => `"${text}" is not a whole number`,
  'maturity.not_counted': ({ day }) => `nothing was counted on or before ${day}`,
  'maturity.empty': () => 'the contracts of the series add up to nothing',
  'maturity.too_many': values => `${sum(values)} too many`,
  'maturity.too_few': values => `${sum(values)} missing; those without an end day get a row with the date -`,
}

function sum({ total, count, on, difference }: MaturityProblem['values']): string {
  return `the contracts of the series add up to ${total}, but the count of ${on} is ${count}: ${difference}`
}
