import { FIRST_LAW, OWN_PACE } from './constants.ts'
import type { History } from './history.ts'
import { etaAndSpread, logMedian } from './law.ts'
import { logNormalAbove } from './normal.ts'
import { speedAt } from './speed.ts'

/**
 * Posterior mean of the residual's own log factor on time. At earlier readings, what the first law would have said about
 * losing a fifth and a half is compared with what happened; "not yet" counts as longer than until today.
 * The checks overlap, so their likelihood is weakened. 0 when nothing can be checked.
 */
export function ownPace(history: History, today: number): number {
  const checks = checkEarlierReadings(history, today)
  if (checks.asked === 0) return 0
  const weakened = Math.max(2, checks.asked / 6)
  let total = 0
  let mean = 0
  for (const factor of GRID) {
    const likelihood = logLikelihood(checks, factor) / weakened - factor ** 2 / (2 * OWN_PACE.prior ** 2)
    const weight = Math.exp(likelihood)
    total += weight
    mean += weight * factor
  }
  return mean / total
}

const GRID = Array.from({ length: 25 }, (_, index) => index / 4 - 3)

/** Residuals (log days less log median) of finished checks as weighted sums, of unfinished ones one by one. */
type Checks = {
  asked: number
  precision: number
  weightedSum: number
  /** Residual and spread in turn: plain numbers, since there may be hundreds. */
  pending: number[]
}

function logLikelihood(checks: Checks, factor: number): number {
  let sum = factor * (checks.weightedSum - (checks.precision * factor) / 2)
  const { pending } = checks
  for (let index = 0; index < pending.length; index += 2) {
    sum += logNormalAbove((pending[index]! - factor) / pending[index + 1]!)
  }
  return sum
}

/** The first reading is not checked: no speed was known then. */
function checkEarlierReadings(history: History, today: number): Checks {
  const { days, counts, start } = history
  const checks: Checks = { asked: 0, precision: 0, weightedSum: 0, pending: [] }
  const lowest = lowestFrom(counts)
  let latest = -Infinity
  for (let index = start + 1; index < days.length; index++) {
    const day = days[index]!
    const tooFresh = today - day < OWN_PACE.minAge || day - latest < OWN_PACE.apart
    if (tooFresh || counts[index]! < OWN_PACE.minCount) continue
    latest = day
    const { eta, spread } = etaAndSpread(FIRST_LAW, speedAt(history, index, day))
    for (const loss of OWN_PACE.losses) {
      const level = Math.floor(counts[index]! * (1 - loss))
      const reachedOn = lowest[index + 1]! <= level ? dayAtOrBelow(history, index, level) : null
      const median = logMedian(FIRST_LAW.g, eta, counts[index]!, level)
      const residual = Math.log((reachedOn ?? today) - day) - median
      checks.asked++
      if (reachedOn === null) checks.pending.push(residual, spread)
      else {
        checks.precision += 1 / spread ** 2
        checks.weightedSum += residual / spread ** 2
      }
    }
  }
  return checks
}

/** The lowest count from each reading on; Infinity after the last. */
function lowestFrom(counts: readonly number[]): Float64Array {
  const lowest = new Float64Array(counts.length + 1).fill(Infinity)
  for (let index = counts.length - 1; index >= 0; index--) {
    lowest[index] = Math.min(counts[index]!, lowest[index + 1]!)
  }
  return lowest
}

function dayAtOrBelow({ days, counts }: History, after: number, level: number): number {
  let index = after + 1
  while (counts[index]! > level) index++
  return days[index]!
}
