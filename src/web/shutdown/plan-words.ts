import type { Day } from '../../domain/calendar.ts'
import { NO_CONSUMERS_GATE } from '../../domain/register.ts'
import type { Blocker } from '../../domain/shutdown/blockers.ts'
import type { PlannedDecider } from '../../domain/shutdown/deciders.ts'
import type { When } from '../../domain/shutdown/moments.ts'
import type { Fact, PlanComparison } from '../../domain/shutdown/plan.ts'
import { daysFrom, type PlanPart } from '../../domain/shutdown/plan-parts.ts'
import { PLAN_STEPS } from '../../domain/shutdown/plan-steps.ts'
import { STATUSES, type Status } from '../../domain/vocabulary.ts'
import type { ForecastDays } from '../../http/forecast-days.ts'
import type { Translate } from '../../http/languages.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'
import { type SaidMoment, sayMoment } from '../when-words.ts'
import type { PlanNames } from './plan-names.ts'

/** How a plan against its fact is said. */

/** "12 days later", "3 days earlier", "as planned"; null where one of the days is not known. */
export function sayMoved({ t, language }: Visit, days: number | null): string | null {
  if (days === null) return null
  if (days === 0) return t('keptPlan.asPlanned')
  const values = { count: Math.abs(days), days: sayNumber(language, Math.abs(days)) }
  return t(days > 0 ? 'keptPlan.later' : 'keptPlan.earlier', values)
}

/** "Residuals: 21 days later (what is left in 交易1.0, 2026-11-01)". */
export function sayPart(
  visit: Visit,
  settings: PlanComparison['settings'],
  names: PlanNames,
  { steps, days, from, to, direction, decider, lost, gone }: PlanPart,
): string {
  const { t } = visit
  const moved =
    sayMoved(visit, days) ??
    t('keptPlan.became', { from: sayMoment(t, from).text, to: sayMoment(t, to).text })
  const step = steps.map(one => t(`keptPlan.step.${one}`)).join(t('attention.comma'))
  return t('keptPlan.part', { step, moved, cause: causeOf() })

  function causeOf(): string {
    if (steps.join() === 'settings') return saySettings(t, settings)
    const isOff = steps.includes('off')
    if (decider === null && isOff) return t('keptPlan.wentOff')
    if (decider === null && steps.includes('time')) return t('keptPlan.waiting')
    const cause =
      direction === 'later'
        ? sayDecider(visit, names, decider, to)
        : sayDecider(visit, names, withoutQuiet(decider), from)
    if (isOff) return t('keptPlan.wentOffHeld', { cause })
    if (gone) return t('keptPlan.consumerOff', { service: gone, cause })
    if (lost) {
      const key = steps.join() === 'time' ? 'keptPlan.wentQuiet' : 'keptPlan.lostUse'
      return t(key, { ...lost, cause })
    }
    return t(`keptPlan.setBy.${direction}`, { cause })
  }
}

/** Of what is over by now it is no question whether it will be seen again. */
function withoutQuiet(decider: PlannedDecider | null): PlannedDecider | null {
  return decider?.kind === 'blocker' ? { ...decider, quietOn: null } : decider
}

function saySettings(t: Translate, [then, now]: PlanComparison['settings']): string {
  return (['soakDays', 'quietDays'] as const)
    .filter(period => then[period] !== now[period])
    .map(period => t(`keptPlan.settings.${period}`, { from: then[period], to: now[period] }))
    .join(t('attention.comma'))
}

/** A planned day; what holds for ever only while it is seen again says so. */
export function sayPlanned(t: Translate, planned: When, unlessSeen: Day | null): SaidMoment {
  const said = sayMoment(t, planned)
  if (unlessSeen === null) return said
  return { ...said, text: t('keptPlan.unlessSeen', { never: said.text, day: unlessSeen }), isPhrase: true }
}

/** What sets the day planned now, and, where that only lasts until it is quiet, what sets it from then on. */
export function saySetBy(
  visit: Pick<Visit, 't' | 'language'>,
  names: PlanNames,
  { decider, afterwards, plannedNow }: Extract<Fact, { kind: 'on' }>,
): string | null {
  const first = decider && sayDecider(visit, names, decider, plannedNow)
  if (first === null) return null
  const causes = afterwards.map(later => sayCause(visit.t, names, later))
  return causes.reduce((cause, later) => visit.t('keptPlan.afterwards', { cause, later }), first)
}

/**
 * What sets the day planned, in a few words, and how long after it that is: a soak period passes with each step. Given
 * the forecasts, a day that comes of one is said with its chance.
 */
export function sayDecider(
  { t, language }: Pick<Visit, 't' | 'language'>,
  names: PlanNames,
  decider: PlannedDecider | null,
  planned: When,
  days?: ForecastDays,
): string {
  const cause = sayCause(t, names, decider, days)
  const after = decider && decider.kind !== 'consumer' ? daysFrom(decider.date, planned) : null
  if (!after) return cause
  return t('keptPlan.cause.soaked', { cause, count: after, days: sayNumber(language, after) })
}

function sayCause(
  t: Translate,
  names: PlanNames,
  decider: PlannedDecider | null,
  days?: ForecastDays,
): string {
  if (decider === null) return t('keptPlan.cause.nothing')
  const forecast = decider.kind === 'blocker' ? days?.ofBlocker(t, decider.blocker) : null
  const date = forecast ? t('blocker.date.forecast', forecast) : sayEnd(t, decider)
  if (decider.kind !== 'blocker') return t(`keptPlan.cause.${decider.kind}`, { ...decider, date })
  const { owner, kind } = decider.blocker
  const gate = 'gate' in owner ? sayGate(t, names, owner) : ''
  const system = 'system' in owner ? names.system(owner.system) : ''
  const values = { ...owner, system, service: decider.service, ...ownerOf(decider.blocker), gate, date }
  const isStatus = kind === 'gate' && 'gate' in owner && statusNamed(owner.gate) !== undefined
  return t(`keptPlan.cause.${isStatus ? 'status' : kind}`, values)
}

/** What is overdue is no day that nobody knows, and who was only seen ends by falling quiet, with a day or without one. */
function sayEnd(t: Translate, decider: PlannedDecider): string {
  const { date } = decider
  const day = date === 'unknown' ? t('keptPlan.noDay') : sayMoment(t, date).text
  if (decider.kind !== 'blocker') return day
  const { overdueSince, quietOn } = decider
  const end = overdueSince ? t('blocker.date.overdue', { day: overdueSince }) : day
  if (quietOn === null) return end
  if (date === 'unknown' && !overdueSince) return t('blocker.date.fades', { day: quietOn })
  return t('keptPlan.unlessSeen', { never: end, day: quietOn })
}

function statusNamed(gate: string): Status | undefined {
  return STATUSES.find(one => one === gate)
}

/** The service that a blocker is about, where that is not the one that it holds. */
function ownerOf({ owner }: Blocker): { service?: string } {
  return 'service' in owner ? { service: owner.service } : {}
}

type GateOwner = Extract<Blocker['owner'], { gate: string }>

/** Some gates are the register's own: a status that is not yet draining, and the silence of all sources. */
function sayGate(t: Translate, names: PlanNames, owner: GateOwner): string {
  const { gate: key } = owner
  const status = statusNamed(key)
  if (status) return t(`status.${status}`)
  return key === NO_CONSUMERS_GATE ? t('gateKind.no_consumers') : names.gate(owner, key)
}

/** How many services each step moved, those that went off since among them, as their rows say it. */
export function sayWhyMoved({ t, language }: Visit, { rows, settings }: PlanComparison) {
  const parts = rows.flatMap(({ fact }) => (fact.kind === 'gone' ? [] : fact.parts))
  return PLAN_STEPS.flatMap(step => {
    const count = parts.filter(({ steps }) => steps.includes(step)).length
    if (count === 0) return []
    const note = step === 'settings' ? saySettings(t, settings) : t(`keptPlan.about.${step}`)
    const said = t('keptPlan.moved', { count, number: sayNumber(language, count), note })
    return [{ label: t(`keptPlan.step.${step}`), said }]
  })
}
