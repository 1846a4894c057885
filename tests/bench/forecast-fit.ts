import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { daysBetween } from '../../src/domain/calendar.ts'
import {
  FIRST_LAW,
  type LawConstants,
  OWN_PACE,
  SECOND_LAW,
  SPREAD_SPEED,
  TWO_YEARS,
} from '../../src/domain/forecast/constants.ts'
import { historyOf, readingsKnownOn } from '../../src/domain/forecast/history.ts'
import { etaAndSpread, logMedian } from '../../src/domain/forecast/law.ts'
import { logNormalAbove } from '../../src/domain/forecast/normal.ts'
import { ownPace } from '../../src/domain/forecast/own-pace.ts'
import { speedAt } from '../../src/domain/forecast/speed.ts'
import { parseReadings, type ReadingSeries } from '../../src/exchange/readings-csv.ts'

/** Log of the log distance: half is at -0.4, zero from 100 at 1.5. Around here the median is held. */
const USUAL_DISTANCE = 0.5

/** `npm run forecast:fit -- [FILE.csv]`: fits the constants of both laws again and prints them beside those in use. */
const file = process.argv[2] ?? recordedSeries('../shared/forecast')
const series = readSeries(file)
const checks = series.flatMap(checksOf)
const projects = [...new Set(checks.map(check => check.project))]
console.log(
  `${series.length} series of ${projects.length} projects, ${checks.length} times to a lower level, from ${file}`,
)
refit('FIRST_LAW', { ...FIRST_LAW, believed: 0 }, ['a', 'b', 'g', 'spread', 'spreadBySpeed'])
refit('SECOND_LAW', { ...SECOND_LAW, believed: OWN_PACE.believed }, [
  'a',
  'b',
  'g',
  'spread',
  'spreadBySpeed',
  'believed',
])

type Constants = LawConstants & { believed: number }

/** From a reading to a lower level: the days it took, or within which it did not happen. */
type Check = {
  project: string
  weight: number
  speed: number
  ownPace: number
  count: number
  level: number
  days: number
  outcome: 'reached' | 'pending'
}

function recordedSeries(folder: string): string {
  const name = readdirSync(folder).find(name => /^series.*\.csv$/.test(name))
  if (!name) throw new Error(`no series*.csv in ${folder}: give a file`)
  return join(folder, name)
}

type ProjectSeries = ReadingSeries & { project: string }

/** Columns `series` (or `series_id`), `date`, `count`; `source` names the project, without it each series is its own. */
function readSeries(path: string): ProjectSeries[] {
  const [header, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = header!.split(',')
  const place = names.indexOf('source')
  const lines = rows.map(row => row.split(','))
  const projectOf = new Map(lines.map(cells => [cells[0]!, cells[place] ?? cells[0]!]))
  const plain = lines.map(cells => [cells[0], ...cells.slice(-2)].join(','))
  const { series, problems } = parseReadings(Buffer.from(['series,date,count', ...plain].join('\n')))
  if (problems.length > 0) throw new Error(`row ${problems[0]!.row}: ${problems[0]!.code}`)
  return series.map(one => ({ ...one, project: projectOf.get(one.name)! }))
}

function checksOf({ readings, project }: ProjectSeries): Check[] {
  const end = readings.at(-1)!.day
  const checks: Omit<Check, 'weight'>[] = []
  let latest = ''
  for (const { day, count } of readings) {
    if (count === 0 || (latest && daysBetween(latest, day) < 30) || daysBetween(day, end) < 30) continue
    latest = day
    const history = historyOf(readingsKnownOn(readings, day))!
    const today = history.days.at(-1)!
    const known = {
      speed: speedAt(history, history.days.length - 1, today),
      ownPace: ownPace(history, today),
    }
    for (const level of new Set([Math.floor(count / 2), Math.floor(count / 4), 0])) {
      const reachedOn = readings.find(later => later.day > day && later.count <= level)?.day
      const days = Math.min(TWO_YEARS, daysBetween(day, reachedOn ?? end))
      const outcome = reachedOn && days < TWO_YEARS ? 'reached' : 'pending'
      checks.push({ project, ...known, count, level, days, outcome })
    }
  }
  const same = series.filter(other => other.project === project).length
  return checks.map(check => ({ ...check, weight: 1 / Math.sqrt(same) / checks.length }))
}

/**
 * All projects together, then each left out in turn. The constants in use have seen every project, the refitted ones not the one left out:
 * adopt new ones only when `npm run bench:forecast` gains as well.
 */
function refit(title: string, used: Constants, free: (keyof Constants)[]): void {
  const found = climb(used, free, checks)
  const sums = { used: 0, found: 0 }
  for (const project of projects) {
    const others = checks.filter(check => check.project !== project)
    const left = checks.filter(check => check.project === project)
    sums.used += logLikelihood(used, left)
    sums.found += logLikelihood(climb(found, free, others), left)
  }
  console.log(
    `\n${title}: log-likelihood of projects left out, in use ${sums.used.toFixed(3)}, refitted ${sums.found.toFixed(3)}`,
  )
  console.table(
    Object.fromEntries(
      free.map(name => [name, { 'in use': used[name], refitted: Number(found[name].toFixed(3)) }]),
    ),
  )
}

/** Hooke and Jeeves: try each constant up and down, halve the steps when nothing helps. */
function climb(start: Constants, free: (keyof Constants)[], seen: Check[]): Constants {
  let best = start
  let highest = logLikelihood(best, seen)
  for (let step = 0.16; step > 0.004; ) {
    const before = highest
    for (const name of free) {
      for (const change of [step, -step]) {
        const tried = varied(best, name, change)
        const likelihood = tried.spread > 0.1 && tried.g > 0.1 ? logLikelihood(tried, seen) : -Infinity
        if (likelihood > highest) [best, highest] = [tried, likelihood]
      }
    }
    if (highest - before < 1e-4) step /= 2
  }
  return best
}

/** One constant moved, `a` following so that the median at a usual speed and distance stays: else the climb sticks on a ridge. */
function varied(from: Constants, name: keyof Constants, change: number): Constants {
  const to = { ...from, [name]: from[name] + change }
  if (name !== 'b' && name !== 'g') return to
  const usual = Math.log(SPREAD_SPEED)
  const eta = USUAL_DISTANCE - (from.g / to.g) * (USUAL_DISTANCE - from.a - from.b * usual)
  return { ...to, a: eta - to.b * usual }
}

function logLikelihood(constants: Constants, seen: Check[]): number {
  return seen.reduce((sum, check) => {
    const { eta, spread } = etaAndSpread(constants, check.speed)
    const median = logMedian(constants.g, eta, check.count, check.level) + constants.believed * check.ownPace
    const deviate = (Math.log(check.days) - median) / spread
    const part =
      check.outcome === 'pending' ? logNormalAbove(deviate) : -(deviate ** 2) / 2 - Math.log(spread)
    return sum + check.weight * part
  }, 0)
}
