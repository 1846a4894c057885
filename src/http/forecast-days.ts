import { type Context, today as todayOf } from '../context.ts'
import { type Day, daysBetween } from '../domain/calendar.ts'
import { grainOf, isAtMost, reckonedChance } from '../domain/forecast/arrival-range.ts'
import { jointArrival, serviceForecast } from '../domain/forecast/joint.ts'
import { sayChance as sayShare } from '../domain/forecast/statements.ts'
import type { Blocker } from '../domain/shutdown/blockers.ts'
import type { When } from '../domain/shutdown/moments.ts'
import type { ServiceJudgement } from '../domain/shutdown/service.ts'
import { loadOutlookSoFar } from '../store/estate-forecasts.ts'
import type { Outlook } from '../store/forecasts.ts'
import { sayBound, sayChance, sayChanceRange, sayForecastDay } from './chances.ts'
import type { Translate } from './languages.ts'

/** Days of the shutdown analysis that come of a forecast are said as one, with their chance. */
export type ForecastDays = {
  /** Of what is left of a system; null where no forecast has a part in it. */
  ofBlocker: (t: Translate, blocker: Pick<Blocker, 'kind' | 'owner' | 'date'>) => SaidDay | null
  /** No day, though there is a forecast: being empty in its time is less likely than not. */
  isUnlikely: (blocker: Pick<Blocker, 'kind' | 'owner' | 'date'>) => boolean
  /** Of a service that waits for what `blockers` say; null where a planned re-pointing or a gate sets the day. */
  ofService: (t: Translate, service: Moments, name: 'earliest' | 'planned') => SaidDay | null
}

type Moments = Pick<ServiceJudgement, 'blockers' | 'earliest' | 'planned'>

export type SaidDay = { day: string; chance: string }

/** `others` are forecasts to be taken instead of those of today, by the key of the system. */
export async function loadForecastDays(
  context: Context,
  others: ReadonlyMap<string, Outlook> = new Map(),
): Promise<ForecastDays> {
  const today = todayOf(context)
  const soFar = await loadOutlookSoFar(context.db, today)
  const find = ({ kind, owner }: Pick<Blocker, 'kind' | 'owner'>): Outlook[] => {
    if (kind !== 'residual' || owner.kind !== 'system') return []
    const outlook = others.get(owner.system) ?? soFar.find(owner.system)
    return outlook?.joint.kind === 'running' ? [outlook] : []
  }
  return {
    ofBlocker(t, blocker) {
      const [outlook] = find(blocker)
      if (!isDay(blocker.date) || outlook?.joint.kind !== 'running') return null
      const chance = sayChance(t, sayShare(reckonedChance(outlook.joint.parts)))
      return { day: sayDay(blocker.date, [outlook]), chance }
    },
    isUnlikely: blocker =>
      blocker.date === 'unknown' &&
      find(blocker).some(({ joint }) => joint.kind === 'running' && !isAtMost(joint.parts)),
    ofService(t, { blockers, earliest, planned }, name) {
      const when = name === 'earliest' ? earliest : planned
      if (!isDay(when)) return null
      const ended = blockersUntil(blockers, when).filter(blocker => find(blocker).length > 0)
      if (when === earliest && !ended.some(({ date }) => date === when)) return null
      const waits = ended.flatMap(find)
      const joint = serviceForecast(waits.map(({ system, joint }) => ({ id: system.key, forecast: joint })))
      if (joint.kind !== 'running') return null
      const days = daysBetween(today, when)
      const [low, high] = (['independent', 'dependent'] as const).map(assumption =>
        sayShare(jointArrival(joint.parts, assumption).chance(days)),
      )
      return { day: sayDay(when, waits), chance: sayChanceRange(t, low!, high!, sayBound(joint.parts)) }
    },
  }
}

/**
 * What has a part in a known day: a reason that ends later, or nobody knows when, comes only by a use that ends
 * before it, so the day does not wait for it.
 */
export function blockersUntil<B extends Pick<Blocker, 'date'>>(blockers: readonly B[], day: Day): B[] {
  return blockers.filter(({ date }) => isDay(date) && date <= day)
}

function sayDay(day: Day, outlooks: readonly Outlook[]): string {
  return sayForecastDay(
    day,
    grainOf(outlooks.flatMap(({ residuals }) => residuals.map(({ forecast }) => forecast))),
  )
}

export function isDay(when: When | null): when is Day {
  return when !== null && when !== 'unknown' && when !== 'never'
}
