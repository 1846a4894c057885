import type { Known } from '../../domain/known-cost.ts'
import type { Money } from '../../domain/savings.ts'
import { sayAmount, sayMonthly } from '../../http/words.ts'
import { listServiceCurrencies } from '../../store/money.ts'
import type { Visit } from '../visit.ts'

/** A sum of what services cost, in the landscape's unit of money, and how much of it is known. */
type CostSum = { cost: number; known: Known }
type Said = { text: string; isUnknown: boolean }

export type MoneyOfServices = { monthly: (sum: CostSum) => Said; amount: (sum: CostSum) => Said }

/**
 * How sums of the analysis are said, which has no currency of its own and counts an unknown cost as nothing: "300
 * CNY/month", "at least 300 CNY/month", or unknown, which is never 0.
 */
export async function moneyOfServices({ context, t, language, today }: Visit): Promise<MoneyOfServices> {
  const currencies = await listServiceCurrencies(context.db, today)
  const currency = currencies.length === 1 ? currencies[0]! : ''
  const saying = (say: (money: Money, isBound: boolean) => string) => (sum: CostSum) => {
    const isBound = sum.known === 'some'
    if (sum.known === 'all' && sum.cost === 0)
      return { text: say({ fen: 0, currency }, isBound), isUnknown: false }
    if (currencies.length === 0 || sum.known === 'none' || (isBound && sum.cost === 0))
      return { text: t('money.unknown'), isUnknown: true }
    const number = say({ fen: sum.cost, currency }, isBound)
    return { text: isBound ? t('count.at_least', { number }) : number, isUnknown: false }
  }
  return {
    monthly: saying(({ fen }) => sayMonthly(t, language, [{ fen: Math.round(fen), currency }])),
    amount: saying(({ fen }, isBound) => sayAmount(language, { fen: inWhole(fen, isBound), currency })),
  }
}

/** An amount that was worked out, and not only added up, has no hundredths; a lower bound that is rounded up is none. */
function inWhole(fen: number, isBound: boolean): number {
  if (Number.isInteger(fen)) return fen
  return 100 * (isBound ? Math.floor(fen / 100) : Math.round(fen / 100))
}
