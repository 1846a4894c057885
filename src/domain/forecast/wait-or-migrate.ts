import { arrivalOf, daysWithinTwoYears } from './arrival.ts'
import { TWO_YEARS } from './constants.ts'
import type { Law } from './law.ts'
import { type Said, sayChance } from './statements.ts'

/** Money in the smallest unit of one currency, rounded to whole ones. */
export type WaitOrMigrate = {
  /** What each remaining order costs a month, just by being there. */
  carryingPerOrder: number
  /** Waiting costs this until half and until 85 of 100 of those gone within two years are gone, */
  untilP50: Waiting
  untilP85: Waiting
  /** and this when it is not gone by then: the chance of that is the rest of `within`. */
  twoYears: Waiting
  within: { chance: number; said: Said }
  /** Against the price of one forced migration, typed by the user; null until typed. */
  advice: Advice | null
}

/** `breakEven`: a forced migration below this price per order is cheaper than that wait. */
type Waiting = { days: number; cost: number; breakEven: number }

export const ADVICE = ['migrate', 'depends', 'wait'] as const
type Advice = (typeof ADVICE)[number]

/**
 * Is it cheaper to wait for the last orders or to move them by force? For a residual with something left. `costPerMonth` is what ends
 * when it is gone. *migrate* when moving costs less than even the wait until P50; *wait* when more than two years of waiting.
 */
export function waitOrMigrate(law: Law, costPerMonth: number, migrationPrice: number | null): WaitOrMigrate {
  const arrival = arrivalOf(law)
  const waiting = (days: number): Waiting => {
    const cost = (costPerMonth * 12 * days) / 365
    return { days: Math.ceil(days), cost: Math.round(cost), breakEven: Math.round(cost / law.count) }
  }
  const chance = arrival.chance(TWO_YEARS)
  const untilP50 = waiting(daysWithinTwoYears(arrival, 0.5))
  const twoYears = waiting(TWO_YEARS)
  return {
    carryingPerOrder: Math.round(costPerMonth / law.count),
    untilP50,
    untilP85: waiting(daysWithinTwoYears(arrival, 0.85)),
    twoYears,
    within: { chance, said: sayChance(chance) },
    advice: migrationPrice === null ? null : adviceAt(migrationPrice, untilP50, twoYears),
  }
}

function adviceAt(price: number, soonest: Waiting, latest: Waiting): Advice {
  if (price < soonest.breakEven) return 'migrate'
  return price > latest.breakEven ? 'wait' : 'depends'
}
