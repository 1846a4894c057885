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

/** As what was worked out is told, on pages and in the API: rounded, never cut, so that 99.9 fen are 1 yuan everywhere. */
export function inWholeFen(amounts: readonly Money[]): Money[] {
  return amounts.map(({ fen, currency }) => ({ fen: Math.round(fen), currency }))
}

/** The same in whole units of the currency, but for what was only added up and so has its own hundredths. */
export function inWholeUnits(amounts: readonly Money[]): Money[] {
  return inWholeFen(amounts).map((amount, at) =>
    Number.isInteger(amounts[at]!.fen) ? amount : { ...amount, fen: 100 * Math.round(amount.fen / 100) },
  )
}
