import { sayMonthly } from '../../http/words.ts'
import { listServiceCurrencies } from '../../store/money.ts'
import type { Visit } from '../visit.ts'

/** Says the analysis' monthly cost, which has no currency of its own; null while nobody has said any cost. */
export async function monthlyCostWords({
  context,
  t,
  language,
}: Visit): Promise<((fen: number) => string) | null> {
  const currencies = await listServiceCurrencies(context.db)
  if (currencies.length === 0) return null
  const currency = currencies.length === 1 ? currencies[0]! : ''
  return fen => sayMonthly(t, language, [{ fen: Math.round(fen), currency }])
}
