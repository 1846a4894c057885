import type { KnownCost } from '../../domain/known-cost.ts'
import { addMoney, inWholeFen, inWholeUnits, type Money, withoutZeros } from '../../domain/money.ts'
import { sayAmount, sayMonthly } from '../../http/words.ts'
import type { CostsBeside } from '../../store/landscape-rows.ts'
import type { Visit } from '../visit.ts'

/** A sum of what services cost, in the landscape's unit of money, and what stands beside it. */
type CostSum = KnownCost & { cost: number }
type Said = { text: string; isUnknown: boolean }

export type MoneyOfServices = { monthly: (sum: CostSum) => Said; amount: (sum: CostSum) => Said }

/**
 * How sums of the analysis are said, of which each is in one currency and counts an unknown cost as nothing: "300
 * CNY/month", "at least 300 CNY/month + 70 USD/month", or unknown, which is never 0.
 */
export function moneyOfServices(
  { t, language }: Pick<Visit, 't' | 'language'>,
  { currencies: [currency = ''] }: Pick<CostsBeside, 'currencies'>,
): MoneyOfServices {
  const saying = (say: (amounts: readonly Money[]) => string) => (sum: CostSum) => {
    const amounts = withoutZeros(addMoney([{ fen: sum.cost, currency }, ...sum.others]))
    const isNothing = amounts.every(({ fen }) => fen === 0)
    if (isNothing && sum.known !== 'all') return { text: t('money.unknown'), isUnknown: true }
    const number = say(amounts)
    return { text: sum.known === 'some' ? t('count.at_least', { number }) : number, isUnknown: false }
  }
  return {
    monthly: saying(amounts => sayMonthly(t, language, inWholeFen(amounts))),
    amount: saying(amounts =>
      inWholeUnits(amounts)
        .map(amount => sayAmount(language, amount))
        .join(' + '),
    ),
  }
}

/** That money of several currencies is compared in one of them; null where there is but one. */
export function sayComparedIn(
  { t }: Visit,
  { currencies: [currency, ...others] }: CostsBeside,
): string | null {
  if (others.length === 0) return null
  return t('money.comparedIn', { currency, others: others.join(t('rests.comma')) })
}
