import type { Day } from '../../domain/calendar.ts'
import { arrivalRange, grainOf } from '../../domain/forecast/arrival-range.ts'
import {
  bindingPart,
  type JointForecast,
  jointStatements,
  serviceForecast,
} from '../../domain/forecast/joint.ts'
import { bearingOn } from '../../domain/shutdown/bearing.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { isDay } from '../../domain/shutdown/moments.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayBound, sayChanceRange, sayForecastDay } from '../../http/chances.ts'
import { closedUp, inOneLine, sayName } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { sayArrivalRange } from '../forecast/forecast-words.ts'
import { sayOutlookIfSo } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'

/** How likely every system that a service waits for is empty, by each of its days too. Null when it waits for none. */
export async function forecastOfService(visit: Visit, judgement: Judgement, service: ServiceJudgement) {
  const { context, today } = visit
  const keys = systemsIn(service.blockers)
  if (keys.length === 0) return null
  const { find } = await loadOutlookSoFar(context.db, today)
  const named = [...new Set(keys)].flatMap(key => find(key) ?? [])
  const partIn = (name: DayName) => new Set(systemsIn(bearingOn(judgement, service, name, service.blockers)))
  const [earliest, planned] = [partIn('earliest'), partIn('planned')]
  const last = service.planned ?? service.earliest
  const [waits, ended] = [true, false].map(isWaiting =>
    named.filter(
      ({ system: { key } }) => (!isDay(last) || earliest.has(key) || planned.has(key)) === isWaiting,
    ),
  ) as [Outlook[], Outlook[]]
  const joint = jointOf(waits)
  return {
    text: closedUp(
      inOneLine(visit.language, [
        ...(waits.length > 0
          ? sentencesOf(visit, joint, waits, datesOf(service, { earliest, planned }))
          : []),
        ...(ended.length > 0
          ? [visit.t('forecast.service.ended', { systems: sayNames(visit, ended), count: ended.length })]
          : []),
      ]),
    ),
    systems: named.map(outlook => ({
      name: sayName(visit.language, outlook.system),
      href: hrefOf(outlook),
      ...sayOutlookIfSo(visit, outlook),
    })),
  }
}

/** A system that is off or stays has no forecast on its page. */
function hrefOf({ system: { key, status } }: Outlook): string {
  const isOver = status === 'retired' || status === 'cancelled'
  return isOver ? systemPath(key) : `${systemPath(key)}#forecast`
}

type DayName = 'earliest' | 'planned'

/** A day of the service, and the systems that have a part in it. */
type Dated = { name: DayName; day: Day; systems: ReadonlySet<string> }

function datesOf(service: ServiceJudgement, parts: Record<DayName, ReadonlySet<string>>): Dated[] {
  return (['earliest', 'planned'] as const).flatMap(name => {
    const day = service[name]
    return isDay(day) ? [{ name, day, systems: parts[name] }] : []
  })
}

function jointOf(outlooks: readonly Outlook[]): JointForecast {
  return serviceForecast(outlooks.map(({ system, joint }) => ({ id: system.key, forecast: joint })))
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
  dates: readonly Dated[],
): string[] {
  const { t, today } = visit
  if (joint.kind === 'done') return [t('forecast.service.done')]
  if (joint.kind === 'unknown') {
    const keys = new Set(joint.because.map(({ system }) => system))
    const unknown = waits.filter(({ system }) => keys.has(system.key))
    return [t('forecast.service.unknown', { systems: sayNames(visit, unknown), count: unknown.length })]
  }
  const bound = sayBound(joint.parts)
  const { independent, dependent } = jointStatements(joint.parts, today, null)
  const range = arrivalRange({ independent, dependent }, joint.parts)
  const binding = waits.find(({ system }) => system.key === bindingPart(joint.parts))
  return [
    ...dates.flatMap(date => sayDated(visit, waits, date)),
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

/** The chance by one day of those that have a part in it; the others are said to have none. */
function sayDated(visit: Visit, waits: readonly Outlook[], { name, day, systems }: Dated): string[] {
  const { t, today } = visit
  if (day <= today) return []
  const bearing = waits.filter(({ system }) => systems.has(system.key))
  const others = waits.filter(({ system }) => !systems.has(system.key))
  const joint = jointOf(bearing)
  const grain = grainOf(bearing.flatMap(({ residuals }) => residuals.map(({ forecast }) => forecast)))
  // A day that no forecast has a part in is known to the day.
  const saidDay = bearing.length > 0 ? sayForecastDay(day, grain) : day
  return [...sayChances(), ...sayWithout()]

  function sayChances(): string[] {
    if (joint.kind !== 'running') return []
    const { independent, dependent } = jointStatements(joint.parts, today, day)
    const [low, high] = [independent.byTarget, dependent.byTarget]
    if (!low || !high) return []
    const chance = sayChanceRange(t, low.said, high.said, sayBound(joint.parts))
    const values = { day: saidDay, systems: sayNames(visit, bearing), count: bearing.length, chance }
    return [t(`forecast.service.${name}${others.length > 0 ? 'Of' : ''}`, values)]
  }

  function sayWithout(): string[] {
    if (others.length === 0) return []
    const values = { day: saidDay, systems: sayNames(visit, others), count: others.length }
    return [t(`forecast.service.${name}Not`, values)]
  }
}

function sayNames({ t, language }: Visit, outlooks: readonly Outlook[]): string {
  const names = outlooks.slice(0, 6).map(({ system }) => sayName(language, system))
  return names.join(t('attention.comma')) + (outlooks.length > 6 ? '…' : '')
}
