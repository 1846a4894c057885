import { type LawConstants, RISE, SPREAD_SPEED } from './constants.ts'
import { normalBelow, normalQuantile } from './normal.ts'
import { type Schedule, scheduledLogDays } from './schedule.ts'

/**
 * How long a residual takes to fall: the log of the days to any lower level is normal around a median that grows with
 * the log distance. Plain data, so that it can be kept. Days count from the day of the forecast.
 */
export type Law = {
  /** What is left; 0 when it is done. */
  count: number
  eta: number
  g: number
  /** Added to the log median: the residual's own pace. */
  shift: number
  spread: number
  /** Chance that the count is higher later than now, and the share by which it then is at most. */
  rise: number
  riseBy: number
  /** The true count may lie anywhere above: quantiles over the median are infinite, all others are lower bounds. */
  open: 'above' | null
  schedule: Schedule | null
}

export function etaAndSpread(constants: LawConstants, speed: number): { eta: number; spread: number } {
  const relative = Math.min(Math.E ** 2, Math.max(1 / Math.E, speed / SPREAD_SPEED))
  return {
    eta: constants.a + constants.b * Math.log(speed),
    spread: constants.spread * relative ** constants.spreadBySpeed,
  }
}

/** Log of the median days from a count down to a level below it. */
export function logMedian(g: number, eta: number, count: number, level: number): number {
  return g * (Math.log(Math.log1p(count) - Math.log1p(level)) - eta)
}

/** Chance to be at `level` or below within `days`; 1 when it is there already. */
export function chanceToReach(law: Law, level: number, days: number): number {
  if (level >= law.count) return 1
  if (days <= 0) return 0
  const own = normalBelow((Math.log(days) - center(law, level)) / law.spread)
  return law.schedule ? scheduledChance(law.schedule, level, days, own) : own
}

/** As the contracts say, or, where they do not hold, as others go. What has no end day is not gone before its own law says so. */
function scheduledChance(schedule: Schedule, level: number, days: number, own: number): number {
  const ended = normalBelow((Math.log(days) - scheduledLogDays(schedule, level)) / schedule.spread)
  const asSaid = level < schedule.open ? Math.min(ended, own) : ended
  return own + schedule.weight * (asSaid - own)
}

/** Days until a share `prob` of such residuals is at `level` or below: any positive number, or 0 when it is there already. */
export function daysToReach(law: Law, level: number, prob: number): number {
  if (level >= law.count) return 0
  const deviate = normalQuantile(prob)
  const own = center(law, level) + law.spread * deviate
  if (!law.schedule) return Math.exp(own)
  const ended = scheduledLogDays(law.schedule, level) + law.schedule.spread * deviate
  return scheduledDays(law, level, prob, [Math.min(own, ended), Math.max(own, ended)])
}

/** A mixture has no closed inverse: by halving, between the quantiles of its two parts. */
function scheduledDays(law: Law, level: number, prob: number, [from, to]: [number, number]): number {
  let [low, high] = [from, to]
  while (high - low > 1e-12 * Math.max(1, Math.abs(high))) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (chanceToReach(law, level, Math.exp(middle)) < prob) low = middle
    else high = middle
  }
  return Math.exp(high)
}

/** The count below which a share `prob` lies `days` from now; Infinity where a lower bound leaves the top open. */
export function countAfter(law: Law, days: number, prob: number): number {
  if (law.count === 0) return 0
  if (law.open === 'above' && prob > 0.5) return Infinity
  const falling = 1 - law.rise
  if (prob > falling) {
    return law.count * (1 + (law.riseBy * (prob - falling)) / law.rise)
  }
  return countAtShare(law, days, Math.min(1 - 1e-12, prob / falling))
}

/** Mean count `days` from now; with an open top that of the lower bound. */
export function expectedAfter(law: Law, days: number): number {
  const countAt = law.schedule ? countAtShare : countAtDeviate
  const slices = law.schedule ? SHARES : DEVIATES
  const sum = slices.reduce((total, slice) => total + countAt(law, days, slice), 0)
  return (1 - law.rise) * (sum / slices.length) + law.rise * law.count * (1 + law.riseBy / 2)
}

/** Middles of twenty equally likely slices. */
const SHARES = Array.from({ length: 20 }, (_, index) => (index + 0.5) / 20)
const DEVIATES = SHARES.map(normalQuantile)

/** Of one of those that do not rise. */
function countAtShare(law: Law, days: number, share: number): number {
  return law.schedule ? scheduledCount(law, days, share) : countAtDeviate(law, days, normalQuantile(share))
}

function countAtDeviate(law: Law, days: number, deviate: number): number {
  if (days <= 0) return law.count
  const logDays = Math.log(days) - law.spread * deviate
  const left = (1 + law.count) * Math.exp(-Math.exp(law.eta + (logDays - law.shift) / law.g)) - 1
  return Math.min(law.count, Math.max(0, Math.round(left)))
}

/** The smallest level that is reached with this share; by halving. */
function scheduledCount(law: Law, days: number, share: number): number {
  let low = 0
  let high = law.count
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (chanceToReach(law, middle, days) < share) low = middle + 1
    else high = middle
  }
  return low
}

function center(law: Law, level: number): number {
  return logMedian(law.g, law.eta, law.count, level) + law.shift
}

export const DONE_LAW: Law = {
  count: 0,
  eta: 0,
  g: 1,
  shift: 0,
  spread: 1,
  rise: RISE.seen / RISE.of,
  riseBy: 0,
  open: null,
  schedule: null,
}
