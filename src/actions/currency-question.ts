import type { Day } from '../domain/calendar.ts'
import { costInForce, nextCost } from '../domain/monthly-cost.ts'
import type { Trx } from '../store/columns.ts'
import { listCosts } from '../store/money.ts'
import type { CostRow } from '../store/nouns.ts'
import type { Owner } from './places.ts'
import { ask, type Question } from './refusal.ts'

type Cost = Pick<CostRow, 'kind' | 'fromOn' | 'amountFen' | 'currency'> & { id?: number }

/**
 * Of one kind one amount counts: one in another currency takes the place of the one before it, or gives way to the one
 * after it, and does not come to it. `cost` has an id where it is in the register already.
 */
export async function askAboutCurrency(
  trx: Trx,
  owner: Owner,
  cost: Cost,
  answers: readonly string[],
): Promise<void> {
  const costs = (await listCosts(trx, owner)).filter(({ id, withdrawnOn }) => !withdrawnOn && id !== cost.id)
  const before = cost.fromOn === null ? undefined : costInForce(costs, cost.kind, cost.fromOn)
  const after = nextCost(costs, cost.kind, cost.fromOn)
  const questions = [...(before ? replaced(before, cost) : []), ...(after ? replaced(cost, after) : [])]
  ask(questions, answers)
}

/** Two entries of one day are another question, and an amount of 0 has no currency. */
function replaced(earlier: Omit<Cost, 'id'>, later: Omit<Cost, 'id'>): Question[] {
  if (earlier.currency === later.currency || earlier.fromOn === later.fromOn) return []
  if (earlier.amountFen === 0 || later.amountFen === 0) return []
  const values = {
    day: later.fromOn as Day,
    knownFen: earlier.amountFen,
    knownCurrency: earlier.currency,
    typedFen: later.amountFen,
    typedCurrency: later.currency,
  }
  const answer = `cost.other_currency:${later.fromOn}:${earlier.currency}:${later.currency}`
  return [{ path: 'currency', code: 'cost.other_currency', values, answer }]
}
