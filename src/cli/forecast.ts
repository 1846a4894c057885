import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Day, parseDay } from '../domain/calendar.ts'
import { forecastResidual } from '../domain/forecast/residual.ts'
import { type Asked, forecastAsJson, type SeriesForecast } from '../exchange/forecast-json.ts'
import { parseReadings, type ReadingSeries, type RowProblem } from '../exchange/readings-csv.ts'
import { sayFileTrouble } from './bad-input.ts'
import { forecastAsTable } from './forecast-table.ts'

export type ForecastOptions = {
  readings?: string
  asOf?: string
  horizons: string
  levels: string
  probs: string
  json?: true
}

/** `forecast --readings FILE.csv --as-of DAY [--json]`: when each series of counts will be at zero. Exit code 2 for wrong input. */
export function printForecast(options: ForecastOptions, command: Command): void {
  const refuse = (message: string): never => command.error(message, { exitCode: 2 })
  const asOf = options.asOf === undefined ? null : parseDay(options.asOf)
  if (options.asOf !== undefined && (asOf === null || asOf > LAST_DAY))
    refuse(`--as-of: ${options.asOf} is not a day (YYYY-MM-DD) up to ${LAST_DAY}`)
  const asked: Asked = {
    horizons:
      numbersIn(options.horizons, days => Number.isInteger(days) && days >= 0 && days <= MOST_DAYS) ??
      refuse(`--horizons: whole days from 0 to ${MOST_DAYS}, like 30,90,180`),
    levels: levelsIn(options.levels) ?? refuse('--levels: half, quarter or counts, like half,10,0'),
    probs:
      numbersIn(options.probs, share => share > 0 && share < 1) ??
      refuse('--probs: shares between 0 and 1, like 0.1,0.5,0.9'),
  }
  const { series, problems } = parseReadings(bytesFrom(options.readings, refuse))
  if (problems.length > 0) refuse(problems.map(inWords).join('\n'))
  const dayOf = (one: ReadingSeries) => one.asOf ?? asOf ?? refuse(`--as-of: from which day? (${one.name})`)
  const forecasts = series.map(one => forecastSeries(one, dayOf(one)))
  command.configureOutput().writeErr?.(notesOn(series, dayOf))
  const text = options.json
    ? `${JSON.stringify(forecastAsJson(forecasts, asOf, asked))}\n`
    : forecastAsTable(forecasts)
  process.stdout.write(text)
}

/** No forecast reaches further, and none is made later. */
const MOST_DAYS = 36_500
const LAST_DAY = '9000-12-31'

/** What was given and not used: it is no fault, but nobody should wonder. */
function notesOn(series: readonly ReadingSeries[], dayOf: (one: ReadingSeries) => Day): string {
  const days = series.map(one => ({ known: one.readings.map(({ day }) => day), asOf: dayOf(one) }))
  const later = sum(days.map(({ known, asOf }) => known.filter(day => day > asOf).length))
  const twice = sum(days.map(({ known }) => known.length - new Set(known).size))
  return [
    ...(later > 0 ? [`note: readings after the day of the forecast, not used: ${later}`] : []),
    ...(twice > 0 ? [`note: readings of a day that has a later line, not used: ${twice}`] : []),
  ]
    .map(line => `${line}\n`)
    .join('')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function forecastSeries({ name, readings, asOf: own }: ReadingSeries, asOf: Day): SeriesForecast {
  const input = { readings, status: 'draining', declaredPerMonth: null, profiles: [], widening: 1 } as const
  return { name, ownDay: own, forecast: forecastResidual(input, asOf) }
}

function bytesFrom(file: string | undefined, refuse: (message: string) => never): Uint8Array {
  if (file === undefined) return refuse('--readings: which CSV file?')
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    return refuse(`--readings: ${file}: ${sayFileTrouble(error as NodeJS.ErrnoException)}`)
  }
}

function numbersIn(text: string, isAllowed: (number: number) => boolean): number[] | null {
  const numbers = text.split(',').map(part => (part.trim() === '' ? Number.NaN : Number(part)))
  return numbers.every(number => Number.isFinite(number) && isAllowed(number)) ? numbers : null
}

function levelsIn(text: string): string[] | null {
  const levels = text.split(',').map(level => level.trim())
  return levels.every(level => /^(half|quarter|\d+)$/.test(level)) ? levels : null
}

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

function inWords({ row, code, value }: RowProblem): string {
  return `row ${row}: ${WORDS[code](value)}`
}
