import type { Day } from '../../domain/calendar.ts'
import {
  type ArrivalRange,
  type Grain,
  isAtMost,
  reckonedChance,
  reckonedOn,
} from '../../domain/forecast/arrival-range.ts'
import type { Assumption, Part } from '../../domain/forecast/joint.ts'
import {
  type Done,
  leakOf,
  type ResidualForecast,
  type Running,
  type UnknownReason,
} from '../../domain/forecast/residual.ts'
import { type Statements, sayChance as sayShare } from '../../domain/forecast/statements.ts'
import { type Bound, sayChance, sayForecastDay } from '../../http/chances.ts'
import type { Translate } from '../../http/languages.ts'
import { inOneLine, sayAge, sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'
import { sayCameIn } from './open-leaks.ts'

/** How every page says what a forecast says. */

export type SaidArrival = { p50: string; p85: string; isInSight: boolean }

/** The two dates, or twice that there is none in sight. */
export function sayArrival(
  t: Translate,
  { arrival }: Pick<Statements, 'arrival'>,
  { bound, grain }: { bound: Bound; grain: Grain },
): SaidArrival {
  if (arrival.kind === 'not_in_sight') {
    return { p50: t('forecast.notInSight'), p85: t('forecast.notInSight'), isInSight: false }
  }
  const say = (day: Day) => {
    const named = sayForecastDay(day, grain)
    return bound === 'at_most' ? t('forecast.orLater', { day: named }) : named
  }
  return { p50: say(arrival.p50), p85: say(arrival.p85), isInSight: true }
}

/** "half by 2027-06 to 2028-02, 85% by 2028-04 to 2028-08", or from when on at the earliest. */
export function sayArrivalRange(t: Translate, range: ArrivalRange, grain: Grain): string {
  if (range.kind === 'not_in_sight') return t('forecast.notInSight')
  const key = range.kind === 'dates' ? 'forecast.halfBy' : 'forecast.halfNotBefore'
  return t(key, { p50: sayBetween(t, range.p50, grain), p85: sayBetween(t, range.p85, grain) })
}

/** "2027-06 to 2028-02", or one day where both ends say the same. */
function sayBetween(t: Translate, ends: { from: Day; to: Day } | Day, grain: Grain): string {
  const [from, to] = typeof ends === 'string' ? [ends, ends] : [ends.from, ends.to]
  const [first, last] = [sayForecastDay(from, grain), sayForecastDay(to, grain)]
  return first === last ? first : t('forecast.months', { from: first, to: last })
}

/** The day that the shutdown analysis reckons with and the chance to be there by then, or why it knows none. */
export function sayReckoned(
  t: Translate,
  parts: readonly Part[],
  both: Record<Assumption, Statements>,
  grain: Grain,
): string {
  const day = reckonedOn(both, parts)
  const { arrival } = both.independent
  const share = sayShare(reckonedChance(parts))
  const chance = sayChance(t, share)
  if (day !== null) return t('forecast.reckoned.day', { day: sayForecastDay(day, grain), chance })
  if (isAtMost(parts)) return t('forecast.reckoned.bound')
  return arrival.kind === 'dates'
    ? t(`forecast.reckoned.${share.kind === 'below' ? 'noneBelow' : 'none'}`, { chance })
    : t('forecast.reckoned.notInSight')
}

/** What is going on, in a sentence; `isAlarm` where somebody has to do something. */
export type SaidState = { text: string; isAlarm: boolean; stale: string | null }

export function sayState(visit: Visit, forecast: ResidualForecast): SaidState {
  const { t } = visit
  if (forecast.kind === 'unknown')
    return { text: sayReason(visit, forecast.reason), isAlarm: leakOf(forecast) !== null, stale: null }
  if (forecast.kind === 'done') return { text: sayDone(t, forecast), isAlarm: false, stale: null }
  return sayCourse(visit, forecast)
}

/** Why there is no forecast. */
export function sayReason(visit: Visit, reason: UnknownReason): string {
  const { t } = visit
  if (reason.code === 'not_draining') return sayNotDraining(visit, reason)
  if (reason.code !== 'leak') return t(`forecast.reason.${reason.code}`)
  return t('forecast.reason.leak', { cameIn: sayCameIn(visit, reason) })
}

function sayNotDraining(visit: Visit, { status, leak }: Extract<UnknownReason, { code: 'not_draining' }>) {
  const { t, language } = visit
  const held = leak ? [t('forecast.reason.heldLeak', { cameIn: sayCameIn(visit, leak) })] : []
  return inOneLine(language, [t(`forecast.reason.not_draining.${status}`), ...held])
}

function sayDone(t: Translate, { since, confirmation }: Done): string {
  return t(`forecast.done.${confirmation}`, { day: since })
}

function sayCourse({ t, language, today }: Visit, { course, staleSince, law }: Running): SaidState {
  const values = {
    ...('since' in course ? { day: course.since } : {}),
    ...('days' in course ? { days: sayNumber(language, course.days) } : {}),
    ...('by' in course ? { number: sayNumber(language, course.by) } : {}),
  }
  const degree = course.state === 'stalled' ? `.${course.degree}` : ''
  const state = course.state === 'one_reading' && law.schedule ? 'one_and_contracts' : course.state
  return {
    text: t(`forecast.state.${state}${degree}`, values),
    isAlarm: course.state === 'rebound',
    stale: staleSince
      ? t('forecast.stale', { day: staleSince, age: sayAge(t, language, staleSince, today) })
      : null,
  }
}
