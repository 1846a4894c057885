import { arrivalOf, daysWithinTwoYears } from './arrival.ts'
import { TWO_YEARS } from './constants.ts'
import type { Law } from './law.ts'
import { type Said, sayChance } from './statements.ts'

/** A lower bound where a part of it is unknown. */
export type KnownMonthly = { fen: number; bound: 'exact' | 'at_least' }

/** Money in the smallest unit of one currency, or days: whole ones, rounded so that a bound stays one. */
export type Bounded = { value: number; bound: 'exact' | 'at_least' | 'at_most' }

export type WaitOrMigrate = {
  /** What each remaining order costs a month, just by being there; null where neither the cost nor the count is more than a lower bound. */
  carryingPerOrder: Bounded | null
  /** Waiting costs this until half and until 85 of 100 of those gone within two years are gone, */
  untilP50: Waiting
  untilP85: Waiting
  /** and this when it is not gone by then: the chance of that is the rest of `within`. */
  twoYears: Waiting
  /** At most this where the count is a lower bound. */
  within: { chance: number; said: Said; bound: 'exact' | 'at_most' }
  /** Against the price of one forced migration, typed by the user; null until typed. */
  advice: Advice | null
}

/** `breakEven`: a forced migration below this price per order is cheaper than that wait; null where nobody knows how many there are. */
type Waiting = { days: Bounded; cost: Bounded; breakEven: Bounded | null }

type Advice = 'migrate' | 'depends' | 'wait' | 'open_count' | 'open_cost'

/**
 * Is it cheaper to wait for the last orders or to move them by force? For a residual with something left. `monthly` is what ends
 * when it is gone. *migrate* when moving costs less than even the wait until P50; *wait* when more than two years of waiting.
 * More orders than counted are dearer to move and take longer to wait for, so over a lower bound of the count nobody can say:
 * *open_count*. A higher cost makes waiting dearer, so over a lower bound of the cost only *migrate* is sure; the rest is *open_cost*.
 */
export function waitOrMigrate(law: Law, monthly: KnownMonthly, migrationPrice: number | null): WaitOrMigrate {
  const arrival = arrivalOf(law)
  const later = law.open === 'above' ? 'at_least' : 'exact'
  const until = (prob: number) => waiting(law, monthly, daysWithinTwoYears(arrival, prob), later)
  const chance = arrival.chance(TWO_YEARS)
  const untilP50 = until(0.5)
  const twoYears = waiting(law, monthly, TWO_YEARS, 'exact')
  return {
    carryingPerOrder: carrying(law, monthly),
    untilP50,
    untilP85: until(0.85),
    twoYears,
    within: { chance, said: sayChance(chance), bound: law.open === 'above' ? 'at_most' : 'exact' },
    advice: migrationPrice === null ? null : adviceAt(migrationPrice, untilP50, twoYears),
  }
}

function carrying(law: Law, { fen, bound }: KnownMonthly): Bounded | null {
  const each = fen / law.count
  if (law.open !== 'above') return rounded(each, bound)
  return bound === 'exact' ? rounded(each, 'at_most') : null
}

function waiting(law: Law, monthly: KnownMonthly, days: number, later: KnownMonthly['bound']): Waiting {
  const cost = (monthly.fen * 12 * days) / 365
  return {
    days: { value: Math.ceil(days), bound: later },
    cost: rounded(cost, later === 'at_least' ? later : monthly.bound),
    breakEven: law.open === 'above' ? null : rounded(cost / law.count, monthly.bound),
  }
}

const ROUND = { exact: Math.round, at_least: Math.floor, at_most: Math.ceil }

/** Rounding never takes a bound to its wrong side. */
export function rounded(value: number, bound: Bounded['bound'], step = 1): Bounded {
  return { value: step * ROUND[bound](value / step), bound }
}

function adviceAt(price: number, { breakEven: soonest }: Waiting, { breakEven: latest }: Waiting): Advice {
  if (!soonest || !latest) return 'open_count'
  if (price < soonest.value) return 'migrate'
  if (latest.bound === 'at_least') return 'open_cost'
  return price > latest.value ? 'wait' : 'depends'
}
