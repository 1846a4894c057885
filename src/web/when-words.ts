import type { Judgement } from '../domain/shutdown/judge.ts'
import { isDay, type When } from '../domain/shutdown/moments.ts'
import type { ServiceJudgement } from '../domain/shutdown/service.ts'
import type { ForecastDays } from '../http/forecast-days.ts'
import type { Translate } from '../http/languages.ts'

/**
 * A date in a table: the day, or that nobody knows it, or never; and, where it comes of a forecast, its chance. A phrase
 * takes several lines where there is no room for one.
 */
export type SaidMoment = { text: string; isUnknown: boolean; chance?: string; isPhrase?: true }

export function sayMoment(t: Translate, when: When | null): SaidMoment {
  return isDay(when)
    ? { text: when, isUnknown: false }
    : { text: t(`when.${when ?? 'unknown'}`), isUnknown: true }
}

/** When a service can go, or is planned to. */
export function sayServiceMoment(
  t: Translate,
  judgement: Judgement,
  service: ServiceJudgement,
  name: 'earliest' | 'planned',
  days: ForecastDays,
): SaidMoment {
  const forecast = days.ofService(t, judgement, service, name)
  if (!forecast) return sayMoment(t, service[name])
  return { text: forecast.day, isUnknown: false, chance: t('when.forecast', forecast) }
}
