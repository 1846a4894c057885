import type { Day } from '../domain/calendar.ts'
import { type Grain, isAtMost } from '../domain/forecast/arrival-range.ts'
import type { Law } from '../domain/forecast/law.ts'
import type { Said } from '../domain/forecast/statements.ts'
import type { Translate } from './languages.ts'

/** How a chance and a day of a forecast are said, wherever they stand. */

/** Over a lower bound every chance is at most what is said, and every date at the earliest. */
export type Bound = 'exact' | 'at_most'

export function sayBound(parts: readonly { law: Law }[]): Bound {
  return isAtMost(parts) ? 'at_most' : 'exact'
}

/** "25 %", "below 5 %", "above 95 %"; of a lower bound "at most 25 %". */
export function sayChance(t: Translate, said: Said, bound: Bound = 'exact'): string {
  const chance = t(`forecast.chance.${said.kind}`, { percent: said.percent })
  return bound === 'at_most' && said.kind !== 'below' ? t('forecast.atMost', { chance }) : chance
}

/** "13 % to 21 %", "at most 21 %" where the lower end is below all that is said; over a lower bound the upper end only. */
export function sayChanceRange(t: Translate, low: Said, high: Said, bound: Bound = 'exact'): string {
  if (bound === 'at_most') return sayChance(t, high, bound)
  if (low.kind === 'below' && high.kind === 'about') return sayChance(t, high, 'at_most')
  const [from, to] = [sayChance(t, low), sayChance(t, high)]
  return from === to ? from : t('forecast.range', { from, to })
}

export function sayForecastDay(day: Day, grain: Grain): string {
  return grain === 'month' ? day.slice(0, 7) : day
}
