import { forecastResidual, type ResidualInput, type Running } from '../../domain/forecast/residual.ts'
import { statementsOf } from '../../domain/forecast/statements.ts'
import { sayBound, sayChance } from '../../http/chances.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** What somebody's "about n a month", or "no change", does to the chance; null without it, or once readings outweigh it. */
export function sayDeclared({ t, language, today }: Visit, input: ResidualInput, forecast: Running) {
  const without = forecastResidual({ ...input, declaredPerMonth: null }, today)
  const { declaredPerMonth: rate } = input
  if (rate === null || without.kind !== 'running' || without.speed === forecast.speed) return null
  const bound = sayBound([forecast])
  const [chance, undeclared] = [forecast, without].map(({ law }) =>
    sayChance(t, statementsOf(law, today, null).within.said, bound),
  )
  const asDeclared = { chance, undeclared }
  if (rate > 0) {
    const values = { rate: sayNumber(language, rate), time: sayTime({ t, language }, forecast, rate) }
    return t(`forecast.declared.${chance === undeclared ? 'rateSame' : 'rate'}`, { ...asDeclared, ...values })
  }
  if (chance === undeclared) return t('forecast.declared.stillSame', asDeclared)
  return t(`forecast.declared.${forecast.law.schedule ? 'stillScheduled' : 'still'}`, asDeclared)
}

/** Up to two years in months. */
const MOST_MONTHS = 24

function sayTime({ t, language }: Pick<Visit, 't' | 'language'>, { law }: Running, rate: number): string {
  const months = Math.ceil(law.count / rate)
  const count = months <= MOST_MONTHS ? months : Math.round(months / 12)
  const number = sayNumber(language, count)
  return t(`forecast.declared.${months <= MOST_MONTHS ? 'months' : 'years'}`, { count, number })
}
