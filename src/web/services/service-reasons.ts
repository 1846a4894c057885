import { type Binding, type Decider, findBinding } from '../../domain/shutdown/binding.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import { fadingUse } from '../../domain/shutdown/fading.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { stayingWay } from '../../domain/shutdown/staying.ts'
import { servicePath } from '../../http/addresses.ts'
import { byWeight, type SaidBlocker, sayBlockers, sayWhen } from '../../http/blockers/blocker-words.ts'
import { type ForecastDays, loadForecastDays, type SaidDay } from '../../http/forecast-days.ts'
import { sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'
import { sayStaying } from './service-staying.ts'

/** What holds one service: itself first, then what comes from those who use it. */
export type Reasons = {
  own: SaidBlocker[]
  others: SaidBlocker[]
  more: string | null
  binding: string[]
  /** Why nothing alone sets the date. */
  several: string | null
  /** Why it can never go, and the way by which that is so. */
  never: { text: string; chain: { key: string; href: string; isHere: boolean }[] } | null
}

const SHOWN = 12

export async function reasonsOf(
  visit: Visit,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
): Promise<Reasons> {
  const ownIds = new Set(found.own.map(({ id }) => id))
  const own = byWeight(found.own)
  const others = byWeight(found.blockers.filter(({ id }) => !ownIds.has(id)))
  const shown = others.slice(0, SHOWN)
  const binding = findBinding(judgement, service.key)
  const deciders = [binding?.decider, binding?.next].flatMap(one =>
    one?.kind === 'blocker' ? [one.blocker] : [],
  )
  const said = await sayBlockers(visit, [...own, ...shown, ...deciders])
  const days = await loadForecastDays(visit.context)
  const byId = new Map(said.map(one => [one.id, one]))
  if (byId.has('permanent')) byId.set('permanent', sayStaying(visit, judgement, service, found))
  const pick = (blocker: Blocker) => byId.get(blocker.id)!
  const left = others.length - shown.length
  return {
    own: own.map(pick),
    others: shown.map(pick),
    more:
      left > 0
        ? visit.t('service.moreReasons', { count: left, number: sayNumber(visit.language, left) })
        : null,
    binding: binding && isAlone(binding) ? sayBinding(visit, binding, pick, days) : [],
    several: binding && !isAlone(binding) ? saySeveral(visit, binding, pick) : null,
    never: sayNever(visit, judgement, found),
  }
}

/** Where several dates are unknown, none of them sets the date more than the others. */
function isAlone({ decider, earliestThen }: Binding): boolean {
  const isDay = decider.date !== 'unknown' && decider.date !== 'never'
  return isDay || earliestThen !== decider.date
}

/** The one without a planned end; a use on it that was only seen ends it without one, unless it is seen again. */
function sayNever({ t }: Visit, judgement: Judgement, { id, verdict }: ServiceJudgement): Reasons['never'] {
  const way = verdict === 'NEEDS_REPOINT' ? stayingWay(judgement, id) : null
  if (way?.until !== 'never') return null
  const fading = fadingUse(judgement, way)
  return {
    text: t(fading ? 'service.stays.unlessSeen' : 'service.stays.never', {
      staying: way.chain[0],
      ...fading,
    }),
    chain: way.chain.map(key => ({ key, href: servicePath(key), isHere: key === id })),
  }
}

/** What sets the date, what its end would gain, and what would set it then. */
function sayBinding(visit: Visit, binding: Binding, pick: Pick, days: ForecastDays): string[] {
  const { t } = visit
  const { gainDays, earliestThen, next } = binding
  const [now, later] = [binding.decider, next].map(one => forecastOf(one))
  const gain = gainDays === null ? [] : [sayGain(visit, gainDays, now ?? later ?? null)]
  const then = next
    ? t('service.binding.next', { reason: sayDecider(t, next, pick), date: dateThen() })
    : sayFreeThen(visit, binding, dateThen())
  return [sayNow(binding.decider), ...gain, then]

  function dateThen(): string {
    return later ? t('blocker.date.forecast', later) : sayWhen(t, earliestThen)
  }

  function forecastOf(decider: Decider | null) {
    return decider?.kind === 'blocker' ? days.ofBlocker(t, decider.blocker) : null
  }

  /** The reasons of the service are listed with their days, a re-pointing on the way to it is not. */
  function sayNow(decider: Decider): string {
    const reason = sayDecider(t, decider, pick)
    if (decider.kind === 'blocker') return t('service.binding.decider', { reason })
    return t('service.binding.deciderOn', { reason, date: sayWhen(t, decider.date) })
  }
}

/** What never ends is said with who stays; of dates that nobody knows, two stand for all. */
function saySeveral({ t }: Visit, { decider, next }: Binding, pick: Pick): string | null {
  if (decider.date !== 'unknown' || !next) return null
  const [one, other] = [sayDecider(t, decider, pick), sayDecider(t, next, pick)]
  return t('bindingUnknown.several', { one, other })
}

/** Free by the rules is not yet gone: consumers that still run go first, and a soak period passes. */
function sayFreeThen({ t, today }: Visit, { earliestThen, plannedThen, goesAfter }: Binding, date: string) {
  if (earliestThen !== today) return t('service.binding.free', { date })
  if (goesAfter !== null) return t('bindingThen.after', { consumer: goesAfter, day: plannedThen })
  return plannedThen === today ? t('service.binding.freeNow') : t('bindingThen.soak', { day: plannedThen })
}

type Pick = (blocker: Blocker) => SaidBlocker

function sayDecider(t: Visit['t'], decider: Decider, pick: Pick): string {
  if (decider.kind === 'blocker') return pick(decider.blocker).text
  const { consumer, provider } = decider
  return t('service.binding.repointing', { consumer, provider })
}

/** What comes of a forecast is said by the month: nobody can tell to the day. */
function sayGain({ t, language }: Visit, gainDays: number, forecast: SaidDay | null): string {
  const months = Math.round(gainDays / 30)
  if (!forecast || months === 0)
    return t('service.binding.gain', { count: gainDays, days: sayNumber(language, gainDays) })
  return t('service.binding.gainMonths', { count: months, months: sayNumber(language, months) })
}
