import { type Binding, type Decider, findBinding } from '../../domain/shutdown/binding.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { When } from '../../domain/shutdown/moments.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { stayingWay } from '../../domain/shutdown/staying.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { byWeight, type SaidBlocker, sayBlockers, sayWhen } from '../../http/blockers/blocker-words.ts'
import { sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** What holds one service: itself first, then what comes from those who use it. */
export type Reasons = {
  own: SaidBlocker[]
  others: SaidBlocker[]
  more: string | null
  binding: string[]
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
  const byId = new Map(said.map(one => [one.id, one]))
  byId.set('permanent', sayStaying(visit, judgement, service, found))
  const pick = (blocker: Blocker) => byId.get(blocker.id)!
  const left = others.length - shown.length
  return {
    own: own.map(pick),
    others: shown.map(pick),
    more:
      left > 0
        ? visit.t('service.moreReasons', { count: left, number: sayNumber(visit.language, left) })
        : null,
    binding: binding && isDay(binding.decider.date) ? sayBinding(visit, binding, pick) : [],
    never: sayNever(visit, judgement, found),
  }
}

/** Where several dates are unknown, none of them sets the date more than the others. */
function isDay(when: When): boolean {
  return when !== 'unknown' && when !== 'never'
}

/** Why it stays, or who stays and still uses it. */
function sayStaying(
  { t }: Visit,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
): SaidBlocker {
  const blocker = { id: 'permanent', owner: service.owner, date: t('blocker.date.never'), isOverdue: false }
  if (found.verdict === 'KEEP') {
    const system = stayingSystem(judgement, service.key)
    const byRole = service.role === 'stay' || system === undefined
    return {
      ...blocker,
      text: byRole ? t('service.stays.role') : t('service.stays.system', { system }),
      next: {
        text: t(byRole ? 'service.stays.editService' : 'service.stays.editSystem'),
        href: `${byRole ? servicePath(service.key) : systemPath(system)}/edit`,
      },
    }
  }
  const way = stayingWay(judgement, service.key)
  const [staying = '', provider = service.key] = way?.chain ?? []
  const isDirect = provider === service.key
  return {
    ...blocker,
    date: sayWhen(t, way?.until ?? 'never'),
    text: t(isDirect ? 'service.stays.direct' : 'service.stays.through', { staying, provider }),
    next: {
      text: t('service.stays.repoint', { staying, provider }),
      href: `${servicePath(provider)}#consumers`,
    },
  }
}

/** The one without a planned end: what would end by itself is not why. */
function sayNever({ t }: Visit, judgement: Judgement, { id, verdict }: ServiceJudgement): Reasons['never'] {
  const way = verdict === 'NEEDS_REPOINT' ? stayingWay(judgement, id) : null
  if (way?.until !== 'never') return null
  return {
    text: t('service.stays.never', { staying: way.chain[0] }),
    chain: way.chain.map(key => ({ key, href: servicePath(key), isHere: key === id })),
  }
}

function stayingSystem({ landscape }: Judgement, key: string): string | undefined {
  const served = landscape.services.find(({ id }) => id === key)?.systems ?? []
  return landscape.systems.find(({ id, role }) => role === 'stay' && served.includes(id))?.id
}

/** What sets the date, what its end would gain, and what would set it then. */
function sayBinding(visit: Visit, binding: Binding, pick: (blocker: Blocker) => SaidBlocker): string[] {
  const { t, language } = visit
  const { gainDays, earliestThen, next } = binding
  const gain =
    gainDays === null
      ? []
      : [t('service.binding.gain', { count: gainDays, days: sayNumber(language, gainDays) })]
  const then = next
    ? t('service.binding.next', { reason: sayDecider(next), date: sayWhen(t, earliestThen) })
    : t('service.binding.free', { date: sayWhen(t, earliestThen) })
  return [t('service.binding.decider', { reason: sayDecider(binding.decider) }), ...gain, then]

  function sayDecider(decider: Decider): string {
    if (decider.kind === 'blocker') return pick(decider.blocker).text
    const { consumer, provider, date } = decider
    return t('service.binding.repointing', { consumer, provider, date: sayWhen(t, date) })
  }
}
