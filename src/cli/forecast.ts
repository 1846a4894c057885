import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Day, parseDay } from '../domain/calendar.ts'
import { forecastResidual } from '../domain/forecast/residual.ts'
import type { MaturityProfile } from '../domain/forecast/schedule.ts'
import { type Asked, forecastAsJson, type SeriesForecast } from '../exchange/forecast-json.ts'
import { parseReadings, type ReadingSeries } from '../exchange/readings-csv.ts'
import { sayFileTrouble } from './bad-input.ts'
import { forecastAsTable } from './forecast-table.ts'
import { sayMaturityRow, sayRow } from './forecast-words.ts'
import { readProfiles } from './maturity-file.ts'

export type ForecastOptions = {
  readings?: string
  maturity?: string
  asOf?: string
  horizons: string
  levels: string
  probs: string
  json?: true
}

/** `forecast --readings FILE.csv --as-of DAY [--maturity FILE.csv] [--json]`: when each series of counts will be at zero. Exit code 2 for wrong input. */
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
  const { series, problems } = parseReadings(bytesFrom('--readings', options.readings, refuse))
  if (problems.length > 0) refuse(problems.map(sayRow).join('\n'))
  const dayOf = (one: ReadingSeries) => one.asOf ?? asOf ?? refuse(`--as-of: from which day? (${one.name})`)
  const counted = series.map(one => ({ ...one, day: dayOf(one) }))
  const profiles = profilesFrom(options.maturity, counted, refuse)
  const forecasts = series.map(one => forecastSeries(one, dayOf(one), profiles.get(one.name)))
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

function forecastSeries(
  { name, readings, asOf: own }: ReadingSeries,
  asOf: Day,
  profile: MaturityProfile | undefined,
): SeriesForecast {
  const profiles = profile ? [profile] : []
  const input = { readings, status: 'draining', declaredPerMonth: null, profiles, widening: 1 } as const
  return { name, ownDay: own, forecast: forecastResidual(input, asOf) }
}

function profilesFrom(
  file: string | undefined,
  series: Parameters<typeof readProfiles>[1],
  refuse: (message: string) => never,
): ReadonlyMap<string, MaturityProfile> {
  if (file === undefined) return new Map()
  const { profiles, problems } = readProfiles(bytesFrom('--maturity', file, refuse), series)
  if (problems.length > 0) refuse(problems.map(one => `--maturity: ${sayMaturityRow(one)}`).join('\n'))
  return profiles
}

function bytesFrom(option: string, file: string | undefined, refuse: (message: string) => never): Uint8Array {
  if (file === undefined) return refuse(`${option}: which CSV file?`)
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    return refuse(`${option}: ${file}: ${sayFileTrouble(error as NodeJS.ErrnoException)}`)
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
