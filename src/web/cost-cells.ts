import { knownOf } from '../domain/known-cost.ts'
import type { CostOfMonth } from '../domain/monthly-cost.ts'
import { amountCells } from '../exchange/money-cells.ts'
import type { Translate } from '../http/languages.ts'

/** A monthly cost as the cells of a table that is added up: the amount, its currency, and how much of it is known. */
export function costCells(t: Translate, ofMonth: CostOfMonth) {
  const [cost, currency] = amountCells(ofMonth.known)
  return { cost, currency, costKnown: t(`plan.known.${knownOf(ofMonth)}`) }
}
