import { NotFound } from '../../actions/refusal.ts'
import type { PlanComparison, PlanRow } from '../../domain/shutdown/plan.ts'
import { type Cell, csvText } from '../../exchange/csv-text.ts'
import { pageWith, planPath, servicePath } from '../../http/addresses.ts'
import { firstLapse, lapsingFor, sayLapse } from '../../http/lapses.ts'
import { comparisonFor } from '../../http/plan-comparison.ts'
import { saySoakingShortly } from '../../http/soaking.ts'
import { sayNumber } from '../../http/words.ts'
import { findWholePlan } from '../../store/plans.ts'
import { listOverridden } from '../../store/services.ts'
import { sayNamedChange } from '../changes-named.ts'
import { shortHistory } from '../history/history.ts'
import { pagesOf } from '../pages.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayMoment } from '../when-words.ts'
import { type PlanNames, planNames } from './plan-names.ts'
import { sayTally } from './plan-tally.ts'
import { sayMoved, sayPart, sayPlanned, saySetBy, sayWhyMoved } from './plan-words.ts'
import { getPlan } from './plans.ts'

const PAGE = 200

/** A plan that was kept, against what became of it: wave by wave, and why each date moved. */
export async function planPage(visit: Visit): Promise<Answer> {
  const { t, language, request } = visit
  const plan = await getPlan(visit)
  const compared = await comparisonFor(visit, plan.id)
  const lapsing = await lapsingFor(visit)
  const path = planPath(plan.id)
  const total = compared.rows.length
  const pages = pagesOf(request.query.page, total, PAGE, page => pageWith(path, { page }))
  const shown = compared.rows.slice(pages.offset, pages.offset + PAGE)
  const overridden = await listOverridden(visit.context.db)
  const names = await planNames(visit, shown)
  const it = {
    ...plan,
    done: await sayNamedChange(visit, { noun: 'plan', id: plan.id }, DONE),
    madeText: t('keptPlan.made', { ...plan, revision: sayNumber(language, plan.revision) }),
    shortHash: plan.hash.slice(0, 12),
    withdrawn: plan.withdrawnOn
      ? t('keptPlan.wasWithdrawn', { day: plan.withdrawnOn, reason: plan.withdrawnReason })
      : null,
    tally: sayTally(visit, compared, overridden),
    why: sayWhyMoved(visit, compared),
    waves: [...Map.groupBy(shown, ({ wave }) => wave)].map(([wave, rows]) => ({
      heading: sayWave(visit, compared, wave),
      rows: rows.map(row => ({
        ...rowOf(visit, compared, names, row),
        override: overrideOf(row),
        notes: notesOf(row),
      })),
    })),
    caption: t('services.caption', { count: total, number: sayNumber(language, total) }),
    pages,
    added: compared.added.slice(0, PAGE).map(key => ({ key, href: servicePath(key) })),
    steps: [
      { href: `${path}/export.csv`, label: 'CSV' },
      { href: `${path}/landscape.json`, label: t('keptPlan.landscape') },
      ...(plan.withdrawnOn ? [] : [{ href: `${path}/withdraw`, label: t('withdrawal.submit') }]),
    ],
    history: await shortHistory(visit, { noun: 'plan', nounId: plan.id }, '/history'),
  }
  return { view: 'plans/page', title: plan.name, section: 'shutdown', it }

  function notesOf({ service, fact }: PlanRow): string[] {
    const soak = fact.kind === 'on' && fact.soaking ? saySoakingShortly(t, fact.soaking) : null
    return [sayLapse(t, lapsing.get(service)), soak].flatMap(note => note ?? [])
  }

  function overrideOf({ service, fact }: PlanRow): string | null {
    const reason = fact.kind === 'off' ? overridden.get(service) : undefined
    return reason === undefined ? null : t('keptPlan.override', { reason })
  }
}

/** The whole comparison as a table. */
export async function planCsv(visit: Visit): Promise<Answer> {
  const { t } = visit
  const plan = await getPlan(visit)
  const compared = await comparisonFor(visit, plan.id)
  const head = [
    'wave',
    'service',
    'planned',
    'now',
    'dayNow',
    'setBy',
    'days',
    'why',
    'lapsesOn',
    'soakUntil',
    'override',
  ].map(column => t(`keptPlan.head.${column}`))
  const names = await planNames(visit, compared.rows)
  const lapsing = await lapsingFor(visit)
  const overridden = await listOverridden(visit.context.db)
  const lines = compared.rows.map((row): Cell[] => {
    const { planned, tag, day, by, why } = rowOf(visit, compared, names, row)
    const soakUntil = (row.fact.kind === 'on' && row.fact.soaking?.until) || ''
    const lapsesOn = firstLapse(lapsing, [row.service]) ?? ''
    const days = row.fact.kind === 'gone' ? null : row.fact.days
    const now = [tag.label, day?.text ?? '', by ?? '']
    return [
      row.wave ?? '',
      row.service,
      planned.text,
      ...now,
      days ?? '',
      why.join(' | '),
      lapsesOn,
      soakUntil,
      row.fact.kind === 'off' ? (overridden.get(row.service) ?? '') : '',
    ]
  })
  const type = 'text/csv; charset=utf-8'
  return { file: `plan-${plan.id}.csv`, type, text: csvText([head, ...lines]) }
}

/** The landscape that the plan follows from, as `analyze` reads it. */
export async function planLandscape(visit: Visit): Promise<Answer> {
  const { id } = await getPlan(visit)
  const plan = await findWholePlan(visit.context.db, id)
  if (!plan) throw new NotFound('plan', id)
  return { file: `plan-${id}.json`, type: 'application/json', text: `${plan.landscape}\n` }
}

/** "Wave 2 · 12 services, 5 off"; what something held on the day it was kept comes last. */
function sayWave({ t, language }: Visit, { rows }: PlanComparison, wave: number | null): string {
  const some = rows.filter(row => row.wave === wave)
  const off = some.filter(({ fact }) => fact.kind === 'off').length
  const number = (count: number) => sayNumber(language, count)
  const values = {
    wave: number(wave ?? 0),
    count: some.length,
    number: number(some.length),
    off: number(off),
  }
  return t(wave === null ? 'keptPlan.held' : 'keptPlan.wave', values)
}

function rowOf(
  visit: Visit,
  { settings }: PlanComparison,
  names: PlanNames,
  { service, planned, unlessSeen, fact }: PlanRow,
) {
  const { t } = visit
  const row = {
    key: service,
    href: servicePath(service),
    planned: sayPlanned(t, planned, unlessSeen),
    by: null,
    moved: null,
  }
  if (fact.kind === 'gone') {
    const tag = { code: '', label: t('keptPlan.gone') }
    return { ...row, href: null, tag, day: null, isLate: false, why: [] }
  }
  const moved = sayMoved(visit, fact.days)
  const isLate = fact.days !== null && fact.days > 0
  const why = fact.parts.map(part => sayPart(visit, settings, names, part))
  if (fact.kind === 'off') {
    const tag = { code: 'OFF', label: t('verdict.OFF') }
    return { ...row, tag, day: sayMoment(t, fact.since), moved, isLate, why }
  }
  return {
    ...row,
    tag: { code: fact.verdict, label: t(`verdict.${fact.verdict}`) },
    day: sayPlanned(t, fact.plannedNow, fact.unlessSeen),
    by: saySetBy(visit, names, fact),
    moved,
    isLate,
    why,
  }
}

const DONE = { 'keep-plan': 'keptPlan.done.kept', 'withdraw-plan': 'keptPlan.done.withdrawn' }
