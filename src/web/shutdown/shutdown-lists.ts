import { knownOfSum } from '../../domain/known-cost.ts'
import type { FrontierEdge } from '../../domain/shutdown/estate.ts'
import type { Pair } from '../../domain/shutdown/hints.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { Lapsing } from '../../domain/shutdown/lapses.ts'
import { isDay } from '../../domain/shutdown/moments.ts'
import type { ServiceGroup } from '../../domain/shutdown/rings.ts'
import { findService } from '../../domain/shutdown/service.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { firstLapse, lapsingFor } from '../../http/lapses.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { sayNumber } from '../../http/words.ts'
import { pagesOf } from '../pages.ts'
import { type MoneyOfServices, moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'
import { sayMoment } from '../when-words.ts'

type Link = { text: string; href: string }
type Named = { links: Link[]; more: Link | null }

const NAMED = 20

/** The waves after the first: their consumers have to go before. */
export async function laterWaves(visit: Visit, facts: ShutdownFacts) {
  const { t, language } = visit
  const { judgement, waves } = facts
  const { soakDays } = judgement.landscape
  const lapsing = await lapsingFor(visit)
  const money = moneyOfServices(visit, facts)
  const later = waves.slice(1)
  return {
    soak: t(soakDays > 0 ? 'soak.waves' : 'soak.none', { count: soakDays }),
    rows: later.slice(0, NAMED).map((keys, at) => ({
      heading: t('shutdown.wave', {
        wave: at + 2,
        count: keys.length,
        number: sayNumber(language, keys.length),
      }),
      planned: t('shutdown.planned', { day: sayMoment(t, latestPlan(judgement, keys)).text }),
      cost: costOf(visit, facts, money, keys),
      lapse: sayLapsing(visit, keys, lapsing),
      ...named(visit, keys, pageWith('/services', { verdict: 'FREE' })),
    })),
    more:
      later.length > NAMED
        ? t('shutdown.moreWaves', {
            count: later.length - NAMED,
            number: sayNumber(language, later.length - NAMED),
          })
        : null,
  }
}

/** "together at least 300 CNY/month": what is saved once all of them are off. */
export function costOf(
  { t }: Visit,
  { judgement: { graph }, knownCosts }: Pick<ShutdownFacts, 'judgement' | 'knownCosts'>,
  { monthly }: MoneyOfServices,
  keys: readonly string[],
): string {
  const cost = keys.reduce((sum, key) => sum + graph.services[graph.numbers.get(key)!]!.cost, 0)
  const { text, isUnknown } = monthly({ cost, ...knownOfSum(keys, knownCosts) })
  return isUnknown ? t('shutdown.costUnknown') : t('shutdown.cost', { money: text })
}

function sayLapsing({ t, language }: Visit, keys: readonly string[], lapsing: Lapsing): string | null {
  const count = keys.filter(key => lapsing.has(key)).length
  if (count === 0) return null
  return t('lapse.wave', { count, number: sayNumber(language, count), day: firstLapse(lapsing, keys) })
}

/** The members of a wave have one plan each; the wave is done with the last. */
function latestPlan(judgement: Judgement, keys: readonly string[]) {
  const plans = keys.map(key => findService(judgement, key)?.planned ?? 'unknown')
  return plans.reduce((latest, plan) => (plan > latest ? plan : latest))
}

/** Rings: those that go off together, and those that somebody who stays keeps from going. */
export function groupRows(visit: Visit, groups: readonly ServiceGroup[]) {
  const { t, language } = visit
  return {
    rows: groups.slice(0, NAMED).map(group => ({
      ...named(visit, group.members, servicePath(group.members[0]!)),
      verdict: group.verdicts.find(verdict => verdict !== 'KEEP') ?? 'KEEP',
      label: t(`verdict.${group.verdicts.find(verdict => verdict !== 'KEEP') ?? 'KEEP'}`),
      staying:
        group.staying.length > 0
          ? t('shutdown.ringStays', { services: group.staying.slice(0, 3).join(', ') })
          : null,
      breaking: sayBreaking(t, group),
    })),
    more:
      groups.length > NAMED
        ? t('shutdown.more', { number: sayNumber(language, groups.length - NAMED) })
        : null,
  }
}

function sayBreaking(t: Visit['t'], { breakingEdge, isOneOfSeveral }: ServiceGroup): string | null {
  return breakingEdge && t(isOneOfSeveral ? 'shutdown.ringBreaksToo' : 'shutdown.ringBreaks', breakingEdge)
}

/** As many as blockers below it. */
const FRONTIER = 20

/** The re-pointing work list: who stays and still calls what is to go. */
export function frontierRows({ t, request }: Visit, frontier: readonly FrontierEdge[]) {
  const pages = pagesOf(
    request.query.frontier,
    frontier.length,
    FRONTIER,
    page => `${pageWith('/shutdown', { frontier: page })}#repoint`,
  )
  return {
    pages,
    rows: frontier
      .slice(pages.offset, pages.offset + FRONTIER)
      .map(({ consumer, provider, until, overdueSince }) => ({
        consumer: { text: consumer, href: servicePath(consumer) },
        provider: { text: provider, href: servicePath(provider) },
        until: isDay(until) ? until : null,
        overdue: overdueSince ? t('blocker.date.overdue', { day: overdueSince }) : null,
        next: {
          text: t(`shutdown.repoint.${overdueSince ? 'overdue' : until === 'never' ? 'undated' : 'dated'}`),
          href: `${servicePath(provider)}#consumers`,
        },
      })),
  }
}

/** What a person should look at; none of it holds anything back. */
export function noticeRows(visit: Visit, { warnings, hints }: ShutdownFacts) {
  const { t, language } = visit
  const kinds = Map.groupBy(warnings, warning => warning.kind)
  const lists: { name: string; pairs: readonly Pair[] }[] = [
    { name: 'hint.withdraw', pairs: hints.toWithdraw },
    { name: 'hint.declare', pairs: hints.toDeclareOrWaive },
    ...Array.from(kinds, ([kind, pairs]) => ({ name: `warning.${kind}`, pairs })),
  ]
  return lists
    .filter(({ pairs }) => pairs.length > 0)
    .map(({ name, pairs }) => ({
      heading: t(`shutdown.${name}`, { count: pairs.length, number: sayNumber(language, pairs.length) }),
      links: pairs.slice(0, NAMED).map(({ consumer, provider }) => ({
        text: `${consumer} → ${provider}`,
        href: `${servicePath(provider)}#consumers`,
      })),
      rest:
        pairs.length > NAMED
          ? t('shutdown.more', { number: sayNumber(language, pairs.length - NAMED) })
          : null,
    }))
}

function named({ t, language }: Visit, keys: readonly string[], rest: string): Named {
  const links = keys.slice(0, NAMED).map(key => ({ text: key, href: servicePath(key) }))
  const left = keys.length - links.length
  return {
    links,
    more: left > 0 ? { text: t('shutdown.more', { number: sayNumber(language, left) }), href: rest } : null,
  }
}
