import { knownOf } from '../domain/known-cost.ts'
import type { CostOfMonth } from '../domain/savings.ts'
import type { Translate } from '../http/languages.ts'

/**
 * A monthly cost as the cells of a table that is added up: the amount in units, its currency, and how much of it is
 * known. Several currencies make no number, so they stand beside each other.
 */
export function costCells(t: Translate, cost: CostOfMonth) {
  const [only, ...others] = cost.known
  const known = others.length > 0 && cost.missing.length === 0 ? 'all' : knownOf(cost)
  return {
    cost: only && others.length === 0 ? only.fen / 100 : cost.known.map(({ fen }) => fen / 100).join(' | '),
    currency: cost.known.map(({ currency }) => currency).join(' | '),
    costKnown: t(`plan.known.${known}`),
  }
}
