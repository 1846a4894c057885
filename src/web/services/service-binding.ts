import type { Binding } from '../../domain/shutdown/binding.ts'
import type { Decider } from '../../domain/shutdown/deciders.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { isDay } from '../../domain/shutdown/moments.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { type SaidBlocker, sayWhen } from '../../http/blockers/blocker-words.ts'
import { type ForecastDays, loadForecastDays, type SaidDay } from '../../http/forecast-days.ts'
import { saySoaking } from '../../http/soaking.ts'
import { sayNumber } from '../../http/words.ts'
import { namesIn } from '../shutdown/plan-names.ts'
import { sayDecider as sayPlannedBy } from '../shutdown/plan-words.ts'
import type { Visit } from '../visit.ts'
import { goingOn, sayKeys } from './service-headline.ts'

export type SaidBinding = {
  /** Sentences; none where nothing alone sets the date. */
  binding: string[]
  /** Why nothing alone does. */
  several: string | null
}

export type OwnDecider = Extract<Decider, { kind: 'blocker' }>
type Pick = (decider: OwnDecider) => SaidBlocker

/** What sets the earliest day, what its end would gain of this and of the planned day, and what would set it then. */
export async function sayBinding(
  visit: Visit,
  judgement: Judgement,
  found: ServiceJudgement,
  binding: Binding | null,
  pick: Pick,
): Promise<SaidBinding> {
  if (!binding) return { binding: [], several: null }
  if (!isAlone(binding)) return { binding: [], several: saySeveral(visit, binding, pick) }
  const { t } = visit
  const days = await loadForecastDays(visit.context)
  const [now, later] = [binding.decider, binding.next].map(one => forecastOf(t, days, one))
  const date = later ? t('blocker.date.forecast', later) : sayWhen(t, binding.earliestThen)
  const then = binding.next
    ? [t('service.binding.next', { reason: sayDecider(t, binding.next, pick), date })]
    : sayFreeThen(visit, binding, date)
  if (isWaiting(binding.decider))
    return { binding: await sayWait(visit, judgement, found, binding, pick), several: null }
  const gain = await sayGains(visit, binding, now ?? later ?? null)
  const planned = await sayPlannedNow(visit, judgement, found, { ...binding, days })
  return { binding: [sayNow(t, binding.decider, pick), ...gain, ...then, ...planned], several: null }
}

/** A quiet period: it passes by itself, and nobody can end it sooner. */
function isWaiting(decider: Decider): decider is OwnDecider {
  return decider.kind === 'blocker' && decider.blocker.kind === 'traffic'
}

/** Nothing can be gained today, and what else holds it ends before. */
async function sayWait(
  visit: Visit,
  judgement: Judgement,
  found: ServiceJudgement,
  binding: Binding,
  pick: Pick,
): Promise<string[]> {
  const { t, context } = visit
  const days = await loadForecastDays(context)
  const unmoved = { ...binding, gainDays: null, plannedGainDays: null, days }
  const planned = await sayPlannedNow(visit, judgement, found, unmoved)
  const isFree = binding.next === null && binding.goesAfter === null
  const then = isFree ? [t('service.binding.freeNow')] : []
  return [sayNow(t, binding.decider, pick), t('bindingGain.wait'), ...then, ...planned]
}

/** Where several dates are unknown, none of them sets the date more than the others. */
function isAlone({ decider, earliestThen }: Binding): boolean {
  return isDay(decider.date) || earliestThen !== decider.date
}

/** What never ends is said with who stays; of dates that nobody knows, two stand for all. */
function saySeveral({ t }: Visit, { decider, next }: Binding, pick: Pick): string | null {
  if (decider.date !== 'unknown' || !next) return null
  const [one, other] = [sayDecider(t, decider, pick), sayDecider(t, next, pick)]
  return t('bindingUnknown.several', { one, other })
}

function forecastOf(t: Visit['t'], days: ForecastDays, decider: Decider | null): SaidDay | null {
  return decider?.kind === 'blocker' ? days.ofBlocker(t, decider.blocker) : null
}

/** The reasons of the service are listed with their days, a re-pointing on the way to it is not. */
function sayNow(t: Visit['t'], decider: Decider, pick: Pick): string {
  const reason = sayDecider(t, decider, pick)
  if (decider.kind === 'blocker') return t('service.binding.decider', { reason })
  return t('service.binding.deciderOn', { reason, date: sayWhen(t, decider.date) })
}

function sayDecider(t: Visit['t'], decider: Decider, pick: Pick): string {
  if (decider.kind === 'blocker') return goingOn(pick(decider).text)
  const { consumer, provider } = decider
  return t('service.binding.repointing', { consumer, provider })
}

/** Of a day that comes no earlier nothing is promised; two that come earlier by the same share a sentence. */
async function sayGains(visit: Visit, binding: Binding, forecast: SaidDay | null): Promise<string[]> {
  const { gainDays, plannedGainDays, plannedThen, plannedBy } = binding
  if (!gainDays) return plannedGainDays ? [sayGain(visit, 'planned', plannedGainDays, forecast)] : []
  const earliest = sayGain(visit, 'earliest', gainDays, forecast)
  if (plannedGainDays === null) return [earliest]
  if (plannedGainDays > 0) {
    const [both, planned] = [gainDays, plannedGainDays].map(days => sayGain(visit, 'both', days, forecast))
    // By the month two gains may be told the same although they differ by days.
    return both === planned ? [both!] : [earliest, sayGain(visit, 'planned', plannedGainDays, forecast)]
  }
  const cause = sayPlannedBy(visit, await namesIn(visit, [plannedBy]), plannedBy, plannedThen)
  return [earliest, visit.t('bindingGain.plannedStays', { day: plannedThen, cause })]
}

/** What comes of a forecast is said by the month: nobody can tell to the day. */
function sayGain(
  { t, language }: Visit,
  of: 'both' | 'earliest' | 'planned',
  gainDays: number,
  forecast: SaidDay | null,
): string {
  const months = Math.round(gainDays / 30)
  if (!forecast || months === 0)
    return t(`bindingGain.${of}`, { count: gainDays, days: sayNumber(language, gainDays) })
  return t(`bindingGain.${of}Months`, { count: months, months: sayNumber(language, months) })
}

/** Why it is planned for another day than its earliest, or for none: consumers go first, or a ring goes in one step. */
async function sayPlannedNow(
  visit: Visit,
  judgement: Judgement,
  found: ServiceJudgement,
  { plannedNowBy, ring, gainDays, plannedGainDays, days }: Binding & { days: ForecastDays },
): Promise<string[]> {
  const { t } = visit
  const { earliest, planned } = found
  const isSaid = plannedGainDays === 0 && gainDays !== null && gainDays > 0
  if (planned === null || planned === earliest || isSaid) return []
  const names = await namesIn(visit, [plannedNowBy])
  const cause = sayPlannedBy(visit, names, plannedNowBy, planned, days)
  const together = { ring: sayKeys(t, ring), cause }
  if (!isDay(planned)) return ring.length > 0 ? [t('bindingPlanned.noDay', together)] : []
  const day = days.ofService(t, judgement, found, 'planned')?.day ?? planned
  return [t(`bindingPlanned.${ring.length > 0 ? 'together' : 'day'}`, { ...together, day })]
}

/** Free by the rules is not yet gone: consumers that still run go first, and soak periods pass, of those that are off too. */
function sayFreeThen({ t, today, context }: Visit, binding: Binding, date: string): string[] {
  const { earliestThen, plannedThen, goesAfter, soaking } = binding
  const watched = saySoaking(t, soaking ?? undefined, context.config.SOAK_DAYS)
  return [sayFree(), ...(watched ? [watched] : [])]

  function sayFree(): string {
    if (earliestThen !== today) return t('service.binding.free', { date })
    if (goesAfter !== null) return t('bindingThen.after', { consumer: goesAfter, day: plannedThen })
    return t('service.binding.freeNow')
  }
}
