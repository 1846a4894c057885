import type { Day } from '../../domain/calendar.ts'
import type { CountReading } from '../../domain/forecast/history.ts'
import type { NeededPace, StraightLine } from '../../domain/forecast/pace.ts'
import type { Done, ResidualForecast, Running, UnknownReason } from '../../domain/forecast/residual.ts'
import type { Said, Statements } from '../../domain/forecast/statements.ts'
import type { Language, Translate } from '../../http/languages.ts'
import { sayAge, sayCount, sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** How every page says what a forecast says. */

/** "25 %", "below 5 %", "above 95 %"; of a lower bound "at most 25 %". */
export function sayChance(t: Translate, said: Said, bound: 'exact' | 'at_most' = 'exact'): string {
  const chance = t(`forecast.chance.${said.kind}`, { percent: said.percent })
  return bound === 'at_most' && said.kind !== 'below' ? t('forecast.atMost', { chance }) : chance
}

/** "below 5 % to 21 %"; one chance where both ends say the same, and only the upper end over a lower bound. */
export function sayChanceRange(
  t: Translate,
  low: Said,
  high: Said,
  bound: 'exact' | 'at_most' = 'exact',
): string {
  if (bound === 'at_most') return sayChance(t, high, bound)
  const [from, to] = [sayChance(t, low), sayChance(t, high)]
  return from === to ? from : t('forecast.range', { from, to })
}

export type SaidArrival = { p50: string; p85: string; isInSight: boolean }

/** The two dates, or twice that there is none in sight. */
export function sayArrival(
  t: Translate,
  { arrival }: Statements,
  bound: 'exact' | 'at_most' = 'exact',
): SaidArrival {
  if (arrival.kind === 'not_in_sight') {
    return { p50: t('forecast.notInSight'), p85: t('forecast.notInSight'), isInSight: false }
  }
  const say = (day: Day) => (bound === 'at_most' ? t('forecast.notBefore', { day }) : day)
  return { p50: say(arrival.p50), p85: say(arrival.p85), isInSight: true }
}

/** What is going on, in a sentence; `isAlarm` where somebody has to do something. */
export type SaidState = { text: string; isAlarm: boolean; stale: string | null }

export function sayState(visit: Visit, forecast: ResidualForecast): SaidState {
  const { t } = visit
  if (forecast.kind === 'unknown')
    return { text: sayReason(visit, forecast.reason), isAlarm: forecast.reason.code === 'leak', stale: null }
  if (forecast.kind === 'done') return { text: sayDone(t, forecast), isAlarm: false, stale: null }
  return sayCourse(visit, forecast)
}

/** Why there is no forecast. */
export function sayReason({ t, language }: Visit, reason: UnknownReason): string {
  if (reason.code === 'not_draining') return t(`forecast.reason.not_draining.${reason.status}`)
  if (reason.code !== 'leak') return t(`forecast.reason.${reason.code}`)
  const { since, by } = reason
  return by === null
    ? t('forecast.reason.leak', { day: since })
    : t('forecast.reason.leakBy', { day: since, number: sayNumber(language, by) })
}

function sayDone(t: Translate, { since, confirmation }: Done): string {
  return t(`forecast.done.${confirmation}`, { day: since })
}

function sayCourse({ t, language, today }: Visit, { course, staleSince }: Running): SaidState {
  const values = {
    ...('since' in course ? { day: course.since } : {}),
    ...('days' in course ? { days: sayNumber(language, course.days) } : {}),
    ...('by' in course ? { number: sayNumber(language, course.by) } : {}),
  }
  const degree = course.state === 'stalled' ? `.${course.degree}` : ''
  return {
    text: t(`forecast.state.${course.state}${degree}`, values),
    isAlarm: course.state === 'rebound',
    stale: staleSince
      ? t('forecast.stale', { day: staleSince, age: sayAge(t, language, staleSince, today) })
      : null,
  }
}

/** The last time that the count was corrected, which is neither progress nor a rise; null without one. */
export function sayRecount({ t, language }: Visit, readings: readonly CountReading[]): string | null {
  const index = readings.findLastIndex(({ reason }) => reason === 'recount')
  const [before, recount] = [readings[index - 1], readings[index]]
  if (!before || !recount) return null
  const [from, to] = [before, recount].map(count => sayCount(t, language, count))
  return t('forecast.recount', { day: recount.day, from, to })
}

/** How far the end days of contracts decide; null without a profile. */
export function sayProfile({ t, language }: Visit, { profile, law }: Running): string | null {
  if (!profile) return null
  const said = t(`maturity.used.${profile.kind}`, {
    profile: sayNumber(language, profile.profile),
    number: sayNumber(language, profile.count),
    percent: Math.round(100 * (law.schedule?.weight ?? 0)),
  })
  if (!law.schedule || profile.open === 0) return said
  const open = t('maturity.used.open', { count: profile.open, number: sayNumber(language, profile.open) })
  return said + (language === 'zh' ? '' : ' ') + open
}

/** "needs 40 a month; now 12": what the target asks for beside what happens. In the last month before it, what is left. */
export function sayPace(
  t: Translate,
  language: Language,
  needed: NeededPace | null,
  line: StraightLine | null,
  left: { days: number; count: number } | null,
): string | null {
  const isSoon = left !== null && left.days < 30
  const asked = isSoon
    ? t('forecast.pace.left', { count: left.days, days: left.days, number: sayNumber(language, left.count) })
    : needed && sayNeeded(t, language, needed)
  const isMoving = line !== null && sayRate(language, Math.abs(line.perMonth)) !== '0'
  const now = isMoving
    ? t(line.perMonth < 0 ? 'forecast.pace.rises' : 'forecast.pace.now', {
        number: sayRate(language, Math.abs(line.perMonth)),
      })
    : null
  const said = [asked, now].filter(part => part !== null)
  return said.length > 0 ? said.join(t('open.separator')) : null
}

function sayNeeded(t: Translate, language: Language, needed: NeededPace): string | null {
  if (needed.kind !== 'pace') return null
  return t('forecast.pace.needed', { number: sayRate(language, needed.perMonth) })
}

/** Whole numbers, below ten with one decimal. */
function sayRate(language: Language, perMonth: number): string {
  return sayNumber(language, perMonth < 10 ? Math.round(10 * perMonth) / 10 : Math.round(perMonth))
}
