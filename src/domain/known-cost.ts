import type { CostOfMonth } from './savings.ts'

/**
 * How much of an amount is known: the whole, a part (so it is a lower bound), or nothing. A landscape keeps a cost
 * as a number, in which what nobody has said adds nothing; this stands beside it wherever it is told.
 */
export type Known = 'all' | 'some' | 'none'

/** How much is known of the monthly cost of each service, by its id. */
export type KnownCosts = (service: string) => Known

/** Of one cost: the landscape counts in one currency, so a second one is a part that it leaves out. */
export function knownOf({ known, missing }: CostOfMonth): Known {
  if (known.length === 0) return 'none'
  return known.length > 1 || missing.length > 0 ? 'some' : 'all'
}

/** Of the sum of the costs of some services; of none at all the sum is 0, and that is the whole. */
export function knownOfSum(services: Iterable<string>, knownCosts: KnownCosts): Known {
  const found = new Set<Known>()
  for (const service of services) found.add(knownCosts(service))
  if (found.size > 1) return 'some'
  return found.values().next().value ?? 'all'
}
