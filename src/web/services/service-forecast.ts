import type { Day } from '../../domain/calendar.ts'
import { arrivalRange, grainOf, isAtMost } from '../../domain/forecast/arrival-range.ts'
import {
  bindingPart,
  type JointForecast,
  jointStatements,
  serviceForecast,
} from '../../domain/forecast/joint.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayBound, sayChanceRange, sayForecastDay } from '../../http/chances.ts'
import { blockersUntil, isDay } from '../../http/forecast-days.ts'
import { inOneLine, sayName } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { sayArrivalRange } from '../forecast/forecast-words.ts'
import { sayOutlookIfSo } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'

/** How likely every system that a service waits for is empty. Null when it waits for none. */
export async function forecastOfService(visit: Visit, { blockers, earliest, planned }: ServiceJudgement) {
  const { context, today } = visit
  const keys = systemsIn(blockers)
  if (keys.length === 0) return null
  const { find } = await loadOutlookSoFar(context.db, today)
  const named = [...new Set(keys)].flatMap(key => find(key) ?? [])
  const last = planned ?? earliest
  const inTime = new Set(last && isDay(last) ? systemsIn(blockersUntil(blockers, last)) : keys)
  const [waits, ended] = [true, false].map(isWaiting =>
    named.filter(({ system }) => inTime.has(system.key) === isWaiting),
  ) as [Outlook[], Outlook[]]
  const joint = serviceForecast(waits.map(({ system, joint }) => ({ id: system.key, forecast: joint })))
  return {
    text: inOneLine(visit.language, [
      ...(waits.length > 0 ? sentencesOf(visit, joint, waits, { earliest, planned }) : []),
      ...(ended.length > 0
        ? [visit.t('forecast.service.ended', { systems: sayNames(visit, ended), count: ended.length })]
        : []),
    ]),
    systems: named.map(outlook => ({
      name: sayName(visit.language, outlook.system),
      href: `${systemPath(outlook.system.key)}#forecast`,
      ...sayOutlookIfSo(visit, outlook),
    })),
  }
}

function systemsIn(blockers: readonly Blocker[]): string[] {
  return blockers.flatMap(({ kind, owner }) =>
    kind === 'residual' && owner.kind === 'system' ? [owner.system] : [],
  )
}

function sentencesOf(
  visit: Visit,
  joint: JointForecast,
  waits: readonly Outlook[],
  moments: Pick<ServiceJudgement, 'earliest' | 'planned'>,
): string[] {
  const { t, today } = visit
  if (joint.kind === 'done') return [t('forecast.service.done')]
  if (joint.kind === 'unknown') {
    const keys = new Set(joint.because.map(({ system }) => system))
    const unknown = waits.filter(({ system }) => keys.has(system.key))
    return [t('forecast.service.unknown', { systems: sayNames(visit, unknown), count: unknown.length })]
  }
  const bound = sayBound(joint.parts)
  const grain = grainOf(waits.flatMap(({ residuals }) => residuals.map(({ forecast }) => forecast)))
  const until = (day: Day | null) => jointStatements(joint.parts, today, day)
  const { independent, dependent } = until(null)
  const dated = (['earliest', 'planned'] as const).flatMap(name => {
    const day = moments[name]
    if (!day || !isDay(day) || day <= today) return []
    const [low, high] = [until(day).independent.byTarget, until(day).dependent.byTarget]
    return low && high
      ? [
          t(`forecast.service.${name}`, {
            day: sayForecastDay(day, grain),
            chance: sayChanceRange(t, low.said, high.said, bound),
          }),
        ]
      : []
  })
  const range = arrivalRange({ independent, dependent }, isAtMost(joint.parts))
  const binding = waits.find(({ system }) => system.key === bindingPart(joint.parts))
  return [
    ...dated,
    t('forecast.service.within', {
      chance: sayChanceRange(t, independent.within.said, dependent.within.said, bound),
    }),
    range.kind === 'not_in_sight'
      ? t('forecast.service.notInSight')
      : t('forecast.service.dates', { dates: sayArrivalRange(t, range, 'month') }),
    ...(binding && waits.length > 1
      ? [t('forecast.service.binding', { system: sayName(visit.language, binding.system) })]
      : []),
  ]
}

function sayNames({ t, language }: Visit, outlooks: readonly Outlook[]): string {
  const names = outlooks.slice(0, 6).map(({ system }) => sayName(language, system))
  return names.join(t('attention.comma')) + (outlooks.length > 6 ? '…' : '')
}
