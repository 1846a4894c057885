import { addMoney, type Money } from './money.ts'
import type { CostOfMonth } from './monthly-cost.ts'

/**
 * How much of an amount is known: the whole, a part (so it is a lower bound), or nothing. A landscape keeps a cost
 * as a number, in which what nobody has said adds nothing; this stands beside it wherever it is told.
 */
export type Known = 'all' | 'some' | 'none'

/**
 * What the number of a cost, or of a sum of costs, does not tell: how much is known, and the parts in other currencies
 * than the landscape's, which the number is without. Parts of 0 are none.
 */
export type KnownCost = { known: Known; others: readonly Money[] }

/** What stands beside the monthly cost of each service, by its id. */
export type KnownCosts = (service: string) => KnownCost

/** Of one cost, whatever its currencies. */
export function knownOf({ known, missing }: CostOfMonth): Known {
  if (known.length === 0) return 'none'
  return missing.length > 0 ? 'some' : 'all'
}

/** Of the sum of the costs of some services; of none at all the sum is 0, and that is the whole. */
export function knownOfSum(services: Iterable<string>, knownCosts: KnownCosts): KnownCost {
  const found = new Set<Known>()
  const parts: Money[] = []
  for (const service of services) {
    const { known, others } = knownCosts(service)
    found.add(known)
    parts.push(...others)
  }
  const [known = 'all', another] = found
  return { known: another ? 'some' : known, others: addMoney(parts) }
}

/**
 * The currency that a landscape counts in, in which the most services cost something, then the others in which any does.
 * Services are counted, because unlike amounts cannot be compared; of two with as many the first by the alphabet.
 */
export function currenciesOf(costs: Iterable<readonly Money[]>): string[] {
  const services = new Map<string, number>()
  for (const amounts of costs)
    for (const { fen, currency } of amounts)
      services.set(currency, (services.get(currency) ?? 0) + (fen > 0 ? 1 : 0))
  return [...services]
    .sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .filter(([, count], at) => at === 0 || count > 0)
    .map(([currency]) => currency)
}

/** The part of some amounts that is in one currency; 0 where none is. */
export function fenIn(currency: string | undefined, amounts: readonly Money[]): number {
  return amounts.find(amount => amount.currency === currency)?.fen ?? 0
}

type CostedService = { id: string; state: 'on' | 'off'; cost: number }

/** Services that are off and still cost something on record: saved and not written down, or leakage. Most first. */
export function listPaidAfterShutdown<S extends CostedService>(
  services: readonly S[],
  knownCosts: KnownCosts,
): S[] {
  return services
    .filter(({ id, state, cost }) => state === 'off' && (cost > 0 || knownCosts(id).others.length > 0))
    .sort((a, b) => b.cost - a.cost)
}
