import { addDays, type Day } from '../../domain/calendar.ts'
import { isWaived } from '../../domain/gates.ts'
import { toUse } from '../../domain/register.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { type Standing, standingOf, watchOn } from '../../domain/shutdown/uses.ts'
import { trialInSource } from '../../domain/trial-source.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { sayAge, sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import {
  listDependencies,
  listExternals,
  type NamedDependency,
  type NamedExternal,
} from '../../store/uses.ts'
import { pagesOf } from '../pages.ts'
import type { Visit } from '../visit.ts'

const PAGE = 50

/** Who uses a service, whom it uses, and who outside the estate uses it: each with its evidence, what counts first. */
export async function usesOf(visit: Visit, judgement: Judgement, service: Service, confirmedOn: Day | null) {
  const { db } = visit.context
  const uses = await listDependencies(db, service.id)
  const externals = await listExternals(db, service.id)
  const table = (kind: Kind, rows: readonly (NamedDependency | NamedExternal)[]) =>
    useTable(visit, judgement, service.key, kind, rows, confirmedOn)
  return {
    consumers: table(
      'consumers',
      uses.filter(use => use.providerId === service.id),
    ),
    providers: table(
      'providers',
      uses.filter(use => use.consumerId === service.id),
    ),
    externals: table('externals', externals),
  }
}

type Kind = 'consumers' | 'providers' | 'externals'

function useTable(
  visit: Visit,
  judgement: Judgement,
  key: string,
  kind: Kind,
  uses: readonly (NamedDependency | NamedExternal)[],
  confirmedOn: Day | null,
) {
  const { t, request } = visit
  const path = servicePath(key)
  const rows = uses.map(use => useRow(visit, judgement, use, kind)).sort((a, b) => a.rank - b.rank)
  const pages = pagesOf(
    request.query[kind],
    rows.length,
    PAGE,
    page => `${pageWith(path, { [kind]: page })}#${kind}`,
  )
  return {
    kind,
    heading: t(`service.${kind}.heading`),
    empty:
      kind === 'consumers' && confirmedOn
        ? t('service.consumers.confirmed', { day: confirmedOn })
        : t(`service.${kind}.empty`),
    other: t(`service.${kind}.other`),
    caption: captionOf(visit, uses),
    rows: rows.slice(pages.offset, pages.offset + PAGE),
    pages,
    add: { href: `${path}/${kind}/new`, label: t(`service.${kind}.add`) },
  }
}

/** What was withdrawn stands in the table still, and is counted apart. */
function captionOf({ t, language }: Visit, uses: readonly { withdrawnOn: Day | null }[]): string {
  const withdrawn = uses.filter(({ withdrawnOn }) => withdrawnOn !== null).length
  const standing = uses.length - withdrawn
  const said = t('service.usesCount', { count: standing, number: sayNumber(language, standing) })
  return withdrawn === 0
    ? said
    : said + t('service.usesWithdrawn', { number: sayNumber(language, withdrawn) })
}

function useRow(visit: Visit, judgement: Judgement, use: NamedDependency | NamedExternal, kind: Kind) {
  const { t, language, today } = visit
  const consumer = 'consumer' in use ? use.consumer : use.name
  const standing = standingToday(judgement, use, consumer)
  const other = kind === 'providers' ? use.provider : consumer
  // Only services that are on hold others back; calls of one that is off are blockers of their own.
  const isConsumerOff = standing === 'live' && 'consumer' in use && isOff(judgement, consumer)
  const isProviderOff = standing === 'live' && kind === 'providers' && isOff(judgement, use.provider)
  const path = `/${'consumer' in use ? 'dependencies' : 'externals'}/${use.id}`
  return {
    rank: STANDING_ORDER.indexOf(standing),
    name: other,
    href: kind === 'externals' ? null : servicePath(other),
    strength: [
      t(`strength.${use.strength}`),
      ...(use.needs === 'from' ? [] : [t(`needs.${use.needs}`)]),
    ].join(t('open.separator')),
    declared: use.declaredOn,
    declaredBy: use.declaredBy ?? '',
    seen: use.lastSeenOn,
    seenAge: use.lastSeenOn ? sayAge(t, language, use.lastSeenOn, today) : t('use.why.neverSeen'),
    until: use.untilOn,
    overdue:
      standing === 'live' && use.untilOn && use.untilOn <= today
        ? t('blocker.date.overdue', { day: use.untilOn })
        : null,
    standing,
    standingLabel: t(`use.standing.${isConsumerOff ? 'off' : isProviderOff ? 'providerOff' : standing}`),
    why: whyOf(visit, judgement, use, standing),
    note: [use.note, saySource(t, use.source)].filter(text => text).join(t('open.separator')),
    steps: use.withdrawnOn ? [] : stepsOf(visit, path, use),
  }
}

function stepsOf({ t, today }: Visit, path: string, use: NamedDependency | NamedExternal) {
  const waiver = isWaived(use, today)
    ? [
        { href: `${path}/waive`, label: t('waiver.change') },
        { href: `${path}/end-waiver`, label: t('waiver.end') },
      ]
    : [{ href: `${path}/waive`, label: t('waiver.submit') }]
  return [
    { href: `${path}/edit`, label: t('form.edit') },
    ...waiver,
    { href: `${path}/withdraw`, label: t('withdrawal.submit') },
  ]
}

/** A trial is named in the language of the reader. */
function saySource(t: Visit['t'], source: string | null): string | null {
  const day = trialInSource(source)
  return day ? t('trial.source', { day }) : source
}

function isOff({ graph }: Judgement, key: string): boolean {
  const number = graph.numbers.get(key)
  return number !== undefined && !graph.isOn[number]
}

type SaidStanding = Standing | 'withdrawn'
const STANDING_ORDER: readonly SaidStanding[] = ['live', 'waived', 'soft', 'quiet', 'self', 'withdrawn']

function standingToday(
  { landscape, today }: Judgement,
  use: NamedDependency | NamedExternal,
  consumer: string,
): SaidStanding {
  if (use.withdrawnOn) return 'withdrawn'
  const edge = { from: consumer, to: 'consumer' in use ? use.provider : '', ...toUse(use, today) }
  return standingOf(edge, watchOn(landscape, today))
}

function whyOf(
  { t }: Visit,
  { landscape }: Judgement,
  use: NamedDependency | NamedExternal,
  standing: SaidStanding,
): string {
  if (standing === 'withdrawn')
    return t('use.why.withdrawn', { day: use.withdrawnOn, reason: use.withdrawnReason })
  if (standing === 'waived')
    return t('use.why.waived', { by: use.waivedBy, day: use.waivedUntil, reason: use.waiverReason })
  if (standing === 'soft' || standing === 'self') return t(`use.why.${standing}`)
  const quietDay = use.lastSeenOn
    ? addDays(use.lastSeenOn, use.quietDays ?? landscape.quietDays)
    : t('use.why.neverSeen')
  if (standing === 'quiet') return t('use.why.quiet', { day: quietDay })
  return use.declaredOn ? t('use.why.declared') : t('use.why.seen', { day: quietDay })
}
