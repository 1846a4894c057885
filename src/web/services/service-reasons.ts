import type { Day } from '../../domain/calendar.ts'
import { findBinding } from '../../domain/shutdown/binding.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import { fadingHolds, heldForGood } from '../../domain/shutdown/fading.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { blockerAt } from '../../domain/shutdown/outside-holds.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { servicePath } from '../../http/addresses.ts'
import { byWeight, type SaidBlocker, sayBlockersAt } from '../../http/blockers/blocker-words.ts'
import { inOneLine, sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'
import { type OwnDecider, type SaidBinding, sayBinding } from './service-binding.ts'
import { sayStaying } from './service-staying.ts'

/** What holds one service: itself first, then what comes from those who use it. */
export type Reasons = SaidBinding & {
  own: SaidBlocker[]
  others: SaidBlocker[]
  more: string | null
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
  const here = found.blockers.map(blocker => blockerAt(judgement, blocker, service.key))
  const own = byWeight(here.filter(({ id }) => ownIds.has(id)))
  const others = byWeight(here.filter(({ id }) => !ownIds.has(id)))
  const shown = others.slice(0, SHOWN)
  const binding = findBinding(judgement, service.key)
  const deciders = [binding?.decider, binding?.next].flatMap(one => (one?.kind === 'blocker' ? [one] : []))
  const asked = [...own, ...shown].map(blocker => ({ blocker, service: service.key }))
  const said = (await sayBlockersAt(visit, [...asked, ...deciders])).map(one =>
    one.id === 'permanent' ? sayStaying(visit, judgement, service, found) : one,
  )
  const pickDecider = (one: OwnDecider) => said[asked.length + deciders.indexOf(one)]!
  const fades = shown.length > 0 ? fadingHolds(judgement, service.key) : () => null
  const left = others.length - shown.length
  return {
    own: said.slice(0, own.length),
    others: shown.map((blocker, at) => withFading(visit, said[own.length + at]!, blocker, fades(blocker))),
    more:
      left > 0
        ? visit.t('service.moreReasons', { count: left, number: sayNumber(visit.language, left) })
        : null,
    ...(await sayBinding(visit, judgement, found, binding, pickDecider)),
    never: sayNever(visit, judgement, found),
  }
}

/** Who was only seen calling passes nothing on any more once that has fallen quiet, be the reason itself still there. */
function withFading({ t }: Visit, said: SaidBlocker, { kind, date }: Blocker, day: Day | null): SaidBlocker {
  if (kind === 'permanent' || day === null || day >= date) return said
  return {
    ...said,
    date: [said.date, t('service.othersFade', { day })].filter(Boolean).join(t('open.separator')),
  }
}

/** The one without a planned end; a use on it that was only seen ends it without one, unless it is seen again. */
function sayNever(
  { t, language }: Visit,
  judgement: Judgement,
  { id, verdict }: ServiceJudgement,
): Reasons['never'] {
  const held = verdict === 'NEEDS_REPOINT' ? heldForGood(judgement, id) : null
  if (!held) return null
  const { chain, quietOn, fading, overdue, after } = held
  const why = overdue ? 'overdue' : quietOn === null ? 'never' : 'unplanned'
  const text = t(`service.stays.${why}`, { staying: chain[0], ...overdue })
  const fades = quietOn
    ? [t(`service.stays.${fading ? 'unlessSeen' : 'unlessAnySeen'}`, { quietOn, ...fading })]
    : []
  const later = after ? [t('service.stays.then', after)] : []
  return {
    text: inOneLine(language, [text, ...fades, ...later]),
    chain: chain.map(key => ({ key, href: servicePath(key), isHere: key === id })),
  }
}
