import { addDays, daysBetween } from '../../../src/domain/calendar.ts'
import type { Burndown } from './generated.ts'
import type { Asked, Method } from './methods.ts'

const PROBS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20)
const HORIZONS = [30, 90, 180]
const TWO_YEARS = 730
const CUTS = [0.15, 0.3, 0.45, 0.6, 0.75]

/** The measures of the backtest, as far as generated series need them. */
export type Scores = {
  crps: number
  mase: number
  cov80: number
  cov30: number
  cov180: number
  ibs: number
  ece: number
  m50: number
  m85: number
  gap2y: number
}

/** Looks from five days in each run-off, as long as something is left, at what followed. */
export function scoreMethod(method: Method, burndowns: readonly Burndown[]): Scores {
  const kept = new Tally()
  for (const burndown of burndowns) {
    const gone = burndown.truth.indexOf(0)
    const end = gone > 0 ? gone : burndown.truth.length - TWO_YEARS
    for (const cut of CUTS) scoreCut(method, burndown, Math.floor(end * cut), kept)
  }
  return {
    crps: kept.mean('crps'),
    mase: kept.mean('error') / kept.mean('naive'),
    cov80: kept.mean('covered'),
    cov30: kept.mean('covered30'),
    cov180: kept.mean('covered180'),
    ibs: kept.mean('brier'),
    ece: kept.calibrationError(),
    m50: kept.mean('by50'),
    m85: kept.mean('by85'),
    gap2y: kept.mean('came') - kept.mean('said'),
  }
}

function scoreCut(method: Method, { readings, truth }: Burndown, today: number, kept: Tally): void {
  const known = readings.filter(({ date }) => daysBetween(readings[0]!.date, date) <= today)
  const count = known.at(-1)?.count ?? 0
  if (count === 0 || today + TWO_YEARS >= truth.length) return
  const asked: Asked = { horizons: HORIZONS, levels: [Math.floor(count / 2), 0], probs: PROBS }
  const asOf = addDays(readings[0]!.date, today)
  const answer = method(known, asOf, asked)
  HORIZONS.forEach((days, index) => {
    scoreCount(answer.count[index]!, truth[today + days]!, count, days, kept)
  })
  asked.levels.forEach((level, index) => {
    const reached = truth.slice(today, today + TWO_YEARS).findIndex(left => left <= level)
    const chance = answer.reachProb
      ? (days: number) => answer.reachProb!(level, days)
      : chanceFrom(answer.reach[index]!)
    scoreDates(chance, reached < 0 ? Infinity : reached, kept)
  })
}

function scoreCount(quantiles: number[], truth: number, count: number, days: number, kept: Tally): void {
  const scale = Math.max(count, 5)
  const loss = PROBS.map((prob, index) => {
    const over = truth - quantiles[index]!
    return over >= 0 ? prob * over : (prob - 1) * over
  })
  const covered = truth >= Math.floor(quantiles[1]!) && truth <= Math.ceil(quantiles[17]!) ? 1 : 0
  kept.add('crps', (2 * loss.reduce((sum, one) => sum + one, 0)) / PROBS.length / scale)
  kept.add('error', Math.abs(quantiles[9]! - truth) / scale)
  kept.add('naive', Math.abs(count - truth) / scale)
  kept.add('covered', covered)
  kept.add(`covered${days}`, covered)
}

function scoreDates(chance: (days: number) => number, reached: number, kept: Tally): void {
  for (let part = 0.5; part < 20; part++) {
    const days = (part * TWO_YEARS) / 20
    kept.add('brier', (chance(days) - (reached <= days ? 1 : 0)) ** 2)
  }
  for (const days of [30, 90, 180, 365]) kept.addChance(chance(days), reached <= days ? 1 : 0)
  const within = chance(TWO_YEARS)
  kept.add('said', within)
  kept.add('came', reached <= TWO_YEARS ? 1 : 0)
  if (reached > TWO_YEARS || within === 0) return
  const share = chance(Math.max(reached, 0.5)) / within
  kept.add('by50', share <= 0.5 ? 1 : 0)
  kept.add('by85', share <= 0.85 ? 1 : 0)
}

/** The chance by day that a row of quantiles says, straight between them. */
function chanceFrom(quantiles: number[]): (days: number) => number {
  return days => {
    const above = quantiles.findIndex(quantile => quantile > days)
    if (above < 0) return 1
    if (above === 0) return Number.isFinite(quantiles[0]!) ? (0.05 * days) / quantiles[0]! : 0
    const [low, high] = [quantiles[above - 1]!, quantiles[above]!]
    return PROBS[above - 1]! + (Number.isFinite(high) ? (0.05 * (days - low)) / (high - low) : 0)
  }
}

class Tally {
  private readonly sums = new Map<string, { sum: number; count: number }>()
  private readonly bins = Array.from({ length: 10 }, () => ({ said: 0, came: 0, count: 0 }))

  add(measure: string, value: number): void {
    const kept = this.sums.get(measure) ?? { sum: 0, count: 0 }
    this.sums.set(measure, { sum: kept.sum + value, count: kept.count + 1 })
  }

  addChance(said: number, came: number): void {
    const bin = this.bins[Math.min(9, Math.floor(said * 10))]!
    bin.said += said
    bin.came += came
    bin.count++
  }

  mean(measure: string): number {
    const { sum, count } = this.sums.get(measure) ?? { sum: 0, count: 0 }
    return sum / count
  }

  calibrationError(): number {
    const count = this.bins.reduce((sum, bin) => sum + bin.count, 0)
    return this.bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.came), 0) / count
  }
}
