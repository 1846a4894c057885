import type { KnownCosts } from '../../src/domain/known-cost.ts'

/** Every cost is known as a whole, in one currency. */
export const ALL_KNOWN: KnownCosts = () => ({ known: 'all', others: [] })
