import { normalBelow, normalQuantile } from './normal.ts'
import type { Judged } from './record.ts'

/** How much wider than fitted the spread must be here, and from how many residuals that is known. */
export type Widening = { kind: 'too_few' | 'holds' | 'widened'; factor: number; residuals: number }

/**
 * The factor on the spread under which this installation's own outcomes are likeliest, between 1 and 2.5. A chance p becomes
 * Phi(z(p) / factor), which is what a wider spread around the same median says. Each residual counts once, however often it was
 * forecast; below twenty residuals the method stays as fitted, and a gain within noise (half a log-likelihood unit) is none.
 */
export function wideningFrom(judged: readonly Judged[]): Widening {
  const weights = new Map<string, number>()
  for (const { residual } of judged) weights.set(residual, (weights.get(residual) ?? 0) + 1)
  const residuals = weights.size
  if (residuals < ENOUGH) return { kind: 'too_few', factor: 1, residuals }
  const outcomes = judged.map(({ residual, said, came }) => ({
    deviate: normalQuantile(Math.min(CERTAIN, Math.max(1 - CERTAIN, said))),
    came,
    weight: 1 / weights.get(residual)!,
  }))
  const likelihoods = FACTORS.map(factor => logLikelihood(outcomes, factor))
  const best = Math.max(...likelihoods)
  if (best - likelihoods[0]! < NOISE) return { kind: 'holds', factor: 1, residuals }
  return { kind: 'widened', factor: FACTORS[likelihoods.indexOf(best)]!, residuals }
}

const ENOUGH = 20
const CERTAIN = 0.999
const NOISE = 0.5
const FACTORS = Array.from({ length: 31 }, (_, index) => 1 + index / 20)

type Outcome = { deviate: number; came: Judged['came']; weight: number }

function logLikelihood(outcomes: readonly Outcome[], factor: number): number {
  return outcomes.reduce((sum, { deviate, came, weight }) => {
    const chance = normalBelow(deviate / factor)
    return sum + weight * Math.log(came === 'yes' ? chance : 1 - chance)
  }, 0)
}
