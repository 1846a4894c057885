import { fadingUse } from '../../domain/shutdown/fading.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { overdueUse } from '../../domain/shutdown/overdue-uses.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { endingUse, listStayingWays, type StayingWay } from '../../domain/shutdown/staying.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { type SaidBlocker, sayWhen } from '../../http/blockers/blocker-words.ts'
import { sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** Those who stay and are named; more of them are counted. */
const NAMED = 4

/** Why one that stays does, or who stays and still uses one that needs re-pointing. */
export function sayStaying(
  visit: Visit,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
): SaidBlocker {
  const { t } = visit
  const blocker = { id: 'permanent', owner: service.owner, date: t('blocker.date.never'), isOverdue: false }
  if (found.verdict === 'KEEP') return { ...blocker, ...sayWhyKept(visit, judgement, service) }
  const { ways, more } = listStayingWays(judgement, [service.key], NAMED)
  const [first, others] = [ways[0]!, ways.slice(1)]
  const [staying, provider] = usedBy(first)
  const isDirect = first.chain.length === 2
  const end = sayStayingEnd(t, judgement, first)
  const text = t(isDirect ? 'service.stays.direct' : 'service.stays.through', { staying, provider })
  const isAlone = others.length === 0
  const texts = [
    isAlone ? text : t('service.stays.way', { way: text, date: end }),
    ...others.map(way => sayToo(t, judgement, way)),
    ...sayMore(visit, more),
  ]
  return {
    ...blocker,
    // Of several each has its own day, which behind all of them would read as that of the last.
    date: isAlone ? end : '',
    text: texts.join(t('service.stays.and')),
    next: {
      text: t('service.stays.repoint', { staying, provider }),
      href: `${servicePath(provider)}#consumers`,
    },
  }
}

/** "nebula-lake and 2 others that stay use it", where more than one does; the list of reasons names them with their days. */
export function sayStayingShortly(t: Visit['t'], judgement: Judgement, key: string): string | null {
  const { ways, more } = listStayingWays(judgement, [key], 1)
  if (more === 0) return null
  return t('service.stays.several', { staying: ways[0]!.chain[0], count: more })
}

/** What `sayStaying` has named of those who call the service: who stays, and what they use on the way. */
export function namedByStaying(judgement: Judgement, key: string): readonly string[] {
  return listStayingWays(judgement, [key], NAMED).ways.flatMap(usedBy)
}

/** Ways with the day of each: "risk-engine → merchant-core (does not end by itself)", and how many more there are. */
export function sayStayingWays(visit: Visit, judgement: Judgement, keys: readonly string[]): string[] {
  const { t } = visit
  const { ways, more } = listStayingWays(judgement, keys, NAMED)
  const said = ways.map(way =>
    t('service.stays.way', { way: way.chain.join(' → '), date: sayStayingEnd(t, judgement, way) }),
  )
  return [...said, ...sayMore(visit, more)]
}

function sayWhyKept(
  { t }: Visit,
  judgement: Judgement,
  service: Service,
): Pick<SaidBlocker, 'text' | 'next'> {
  const system = stayingSystem(judgement, service.key)
  const byRole = service.role === 'stay' || system === undefined
  return {
    text: byRole ? t('service.stays.role') : t('service.stays.system', { system }),
    next: {
      text: t(byRole ? 'service.stays.editService' : 'service.stays.editSystem'),
      href: `${byRole ? servicePath(service.key) : systemPath(system)}/edit`,
    },
  }
}

function stayingSystem({ landscape }: Judgement, key: string): string | undefined {
  const served = landscape.services.find(({ id }) => id === key)?.systems ?? []
  return landscape.systems.find(({ id, role }) => role === 'stay' && served.includes(id))?.id
}

/** "galaxy-gateway stays too and calls it (expected by 2026-12-28)". */
function sayToo(t: Visit['t'], judgement: Judgement, way: StayingWay): string {
  const [staying, provider] = usedBy(way)
  const key = way.chain.length === 2 ? 'service.stays.directToo' : 'service.stays.throughToo'
  return t(key, { staying, provider, date: sayStayingEnd(t, judgement, way) })
}

function sayMore({ t, language }: Visit, more: number): string[] {
  return more > 0 ? [t('service.stays.more', { count: more, number: sayNumber(language, more) })] : []
}

/** A day that belongs to another use than the one to re-point is said with that use. */
function sayStayingEnd(t: Visit['t'], judgement: Judgement, way: StayingWay): string {
  const [fading, overdue] = [fadingUse(judgement, way), overdueUse(judgement, way)]
  const fades = fading ? t('blocker.date.fades', { day: fading.quietOn }) : null
  const due = overdue ? t('blocker.date.overdue', { day: overdue.since }) : null
  const isOne = !overdue || !fading || overdue.consumer === fading.consumer
  const date = [due, isOne && fades].filter(Boolean).join(t('open.separator')) || sayWhen(t, way.until)
  const use = overdue ?? fading ?? endingUse(judgement, way)
  return use && use.consumer !== way.chain[0] ? t('service.stays.ends', { ...use, date }) : date
}

function usedBy({ chain }: StayingWay): [staying: string, provider: string] {
  return [chain[0]!, chain[1]!]
}
