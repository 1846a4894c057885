import { type Money, withoutZeros } from '../domain/money.ts'

/**
 * Amounts as the cells of a table that is added up: the number in units, and its currency. Several currencies make no
 * number, so they stand beside each other.
 */
export function amountCells(amounts: readonly Money[]): [amount: number | string, currency: string] {
  const told = withoutZeros(amounts)
  const [only, ...others] = told
  return [
    only && others.length === 0 ? only.fen / 100 : told.map(({ fen }) => fen / 100).join(' | '),
    told.map(({ currency }) => currency).join(' | '),
  ]
}
