/** A monthly amount in the smallest unit of its currency. */
export type Money = { fen: number; currency: string }

/** Adds amounts up, currency by currency. */
export function addMoney(amounts: readonly Money[]): Money[] {
  if (amounts.length < 2) return [...amounts]
  const sums = new Map<string, number>()
  for (const { fen, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + fen)
  return [...sums]
    .map(([currency, fen]) => ({ currency, fen }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** Those to tell beside one another: 0 of one currency says nothing where there is some of another. */
export function withoutZeros(amounts: readonly Money[]): readonly Money[] {
  const some = amounts.filter(({ fen }) => fen !== 0)
  return some.length > 0 ? some : amounts.slice(0, 1)
}
