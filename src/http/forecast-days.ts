import { type Context, today as todayOf } from '../context.ts'
import { type Day, daysBetween } from '../domain/calendar.ts'
import { grainOf, isAtMost, reckonedChance } from '../domain/forecast/arrival-range.ts'
import { jointArrival, serviceForecast } from '../domain/forecast/joint.ts'
import { sayChance as sayShare } from '../domain/forecast/statements.ts'
import { bearingOn } from '../domain/shutdown/bearing.ts'
import type { Blocker } from '../domain/shutdown/blockers.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { isDay } from '../domain/shutdown/moments.ts'
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
  /** Of a service by the systems that the day waits for, be it a gate that sets it; null where it waits for none. */
  ofService: (
    t: Translate,
    judgement: Judgement,
    service: ServiceJudgement,
    name: 'earliest' | 'planned',
  ) => SaidDay | null
}

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
    ofService(t, judgement, service, name) {
      const when = service[name]
      if (!isDay(when)) return null
      const forecast = service.blockers.filter(blocker => find(blocker).length > 0)
      const bearing = forecast.length > 0 ? bearingOn(judgement, service, name, forecast) : []
      // A gate that ends last is known to the day, and that the rest is empty by then is no more certain for it.
      const isKnown = when === service.earliest && !bearing.some(({ date }) => date === when)
      const waits = bearing.flatMap(find)
      const joint = serviceForecast(waits.map(({ system, joint }) => ({ id: system.key, forecast: joint })))
      if (joint.kind !== 'running') return null
      const days = daysBetween(today, when)
      const [low, high] = (['independent', 'dependent'] as const).map(assumption =>
        sayShare(jointArrival(joint.parts, assumption).chance(days)),
      )
      const day = isKnown ? when : sayDay(when, waits)
      return { day, chance: sayChanceRange(t, low!, high!, sayBound(joint.parts)) }
    },
  }
}

function sayDay(day: Day, outlooks: readonly Outlook[]): string {
  return sayForecastDay(
    day,
    grainOf(outlooks.flatMap(({ residuals }) => residuals.map(({ forecast }) => forecast))),
  )
}
