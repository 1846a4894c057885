import { readMaturityLine, sumProblem } from '../actions/maturity-lines.ts'
import type { Day } from '../domain/calendar.ts'
import { type CountReading, readingsKnownOn } from '../domain/forecast/history.ts'
import type { Maturity, MaturityProfile } from '../domain/forecast/schedule.ts'
import { halfWidth } from '../domain/written-numbers.ts'
import { type CsvRow, parseCsv } from '../exchange/csv-rows.ts'

/** What is wrong with a row, by the code that the form has for it too. */
export type MaturityProblem = { row: number; code: string; values: Values }
type Values = Record<string, string | number>

/** A series of readings, and the day from which it is looked at: what is known of its contracts is known on that day. */
type Counted = { name: string; readings: readonly CountReading[]; day: Day }

/**
 * The maturity profiles of some series from a CSV file with the columns `series,date,count`, `-` for no end day. What the
 * form refuses is refused here, each at its row; a sum that is not the count, at the first row of its series.
 */
export function readProfiles(
  bytes: Uint8Array,
  series: readonly Counted[],
): { profiles: Map<string, MaturityProfile>; problems: MaturityProblem[] } {
  const { rows, problems: unread } = parseCsv(bytes, ['series', 'date', 'count'])
  const problems = unread.map(({ row, code, value }) => ({
    row,
    code: code as string,
    values: { text: value } as Values,
  }))
  const profiles = new Map<string, MaturityProfile>()
  for (const [name, some] of Map.groupBy(rows, ({ cell }) => cell('series'))) {
    const counted = series.find(one => one.name === name)
    if (!counted) problems.push({ row: some[0]!.row, code: 'other_series', values: { text: name } })
    else profiles.set(name, { day: counted.day, ends: endsOf(some, counted, problems) })
  }
  return { profiles, problems: problems.sort((one, other) => one.row - other.row) }
}

function endsOf(
  rows: readonly CsvRow[],
  { day, readings }: Counted,
  problems: MaturityProblem[],
): Maturity[] {
  const seen = new Map<Day | null, number>()
  const ends: Maturity[] = []
  for (const { row, cell } of rows) {
    const read = readMaturityLine(halfWidth(`${cell('date')},${cell('count')}`), day, seen)
    if ('code' in read) problems.push({ row, code: read.code, values: read.values ?? {} })
    else {
      seen.set(read.endsOn, row)
      ends.push(read)
    }
  }
  const wrong =
    ends.length < rows.length ? null : sumProblem(ends, readingsKnownOn(readings, day).at(-1), day)
  if (wrong) problems.push({ row: rows[0]!.row, code: wrong.code, values: wrong.values ?? {} })
  return ends
}
