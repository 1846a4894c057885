import type { AttentionKind } from '../../domain/attention.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { closedUp, sayCount, sayMonthly, sayName, sayNumber } from '../../http/words.ts'
import type { NotedResidual } from '../../store/attention.ts'
import type { Estate } from '../../store/estate.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'
import { endingSoon, heldAgain } from './ending-soon.ts'
import { leakLines } from './leak-lines.ts'
import { overdueUses } from './overdue-lines.ts'
import { longTrials, openComplaints, serviceAlarms, takenBack } from './service-alarms.ts'
import { systemAlarms } from './system-alarms.ts'
import { riskLines } from './target-risks.ts'

/** At most so many of a kind. */
const NOTED = 200

/** Everything that needs attention, the gravest first. Residuals of one system that wait for a count share a line. */
export async function attentionLines(visit: Visit, estate: Estate): Promise<AttentionLine[]> {
  const of = (kind: AttentionKind) => estate.residuals.filter(one => one.kind === kind)
  return [
    ...of('seen_after_retirement').map(one => residualLine(visit, one.kind, one.residual, one.days)),
    ...(await systemAlarms(visit)),
    ...estate.leaking.slice(0, NOTED).map(system => leakageLine(visit, system)),
    ...(await serviceAlarms(visit)),
    ...(await openComplaints(visit)),
    ...(await takenBack(visit)),
    ...(await leakLines(visit)),
    ...estate.gatesOverdue.map(gate => gateLine(visit, gate)),
    ...(await overdueUses(visit)),
    ...(await heldAgain(visit)),
    ...estate.systemsOverdue.map(system => systemLine(visit, system)),
    ...(await riskLines(visit)),
    ...(await longTrials(visit)),
    ...(await endingSoon(visit)),
    ...of('stalled').map(one => residualLine(visit, one.kind, one.residual, one.days)),
    ...bySystem(of('stale')).map(some => countLine(visit, 'stale', some)),
    ...bySystem(of('uncounted')).map(some => countLine(visit, 'uncounted', some)),
  ]
}

type Noted = Estate['residuals'][number]

function residualLine(
  { t, language }: Visit,
  kind: AttentionKind,
  residual: NotedResidual,
  days: number,
): AttentionLine {
  const isDeclared = kind === 'stalled' && residual.declaredRate === 0 && residual.unchangedReadings < 3
  const values = {
    system: sayName(language, residual.system),
    residual: sayName(language, residual),
    count: sayCount(t, language, residual.latest),
    day: (kind === 'stalled' ? residual.unchangedSince : residual.latest?.day) ?? '',
    days: sayNumber(language, days),
  }
  return {
    kind,
    text: closedUp(t(isDeclared ? 'attention.stalledDeclared' : `attention.${kind}`, values)),
    next: { text: t(`attention.next.${kind}`), href: `/residuals/${residual.id}` },
    isAlarm: kind !== 'stalled',
  }
}

/** Several residuals of one system that wait for the same thing. */
function countLine(
  { t, language }: Visit,
  kind: 'stale' | 'uncounted',
  some: readonly Noted[],
): AttentionLine {
  const { system } = some[0]!.residual
  const names = some.map(({ residual }) => sayName(language, residual))
  const days = Math.max(...some.map(one => one.days))
  const values = {
    system: sayName(language, system),
    residuals: names.slice(0, 4).join(t('attention.comma')) + (names.length > 4 ? '…' : ''),
    count: kind === 'stale' ? days : some.length,
    number: sayNumber(language, days),
    day: some[0]!.residual.latest?.day ?? '',
  }
  const href = `/counts?system=${encodeURIComponent(system.key)}`
  return {
    kind,
    text: t(`attention.${kind}`, values),
    next: { text: t(`attention.next.${kind}`), href },
    isAlarm: false,
  }
}

function gateLine({ t, language }: Visit, gate: Estate['gatesOverdue'][number]): AttentionLine {
  const values = { owner: sayName(language, gate.owner), gate: sayName(language, gate), day: gate.day }
  const path = gate.owner.noun === 'system' ? systemPath(gate.owner.key) : servicePath(gate.owner.key)
  const next = { text: t('attention.next.overdue_gate'), href: `${path}#gates` }
  return { kind: 'overdue_gate', text: t('attention.overdue_gate', values), next, isAlarm: true }
}

function systemLine({ t, language }: Visit, system: Estate['systemsOverdue'][number]): AttentionLine {
  const values = { system: sayName(language, system), day: system.day }
  const place = system.kind === 'overdue_review' ? '#status' : ''
  const next = { text: t(`attention.next.${system.kind}`), href: systemPath(system.key) + place }
  return { kind: system.kind, text: t(`attention.${system.kind}`, values), next, isAlarm: true }
}

function leakageLine({ t, language }: Visit, system: Estate['leaking'][number]): AttentionLine {
  const values = {
    system: sayName(language, system),
    since: system.since ?? t('when.unknown'),
    money: sayMonthly(t, language, system.leakage),
  }
  const next = {
    text: t('attention.next.paid_after_retirement'),
    href: `${systemPath(system.key)}#money`,
  }
  const text = t('attention.paid_after_retirement', values)
  return { kind: 'paid_after_retirement', text, next, isAlarm: false }
}

function bySystem(noted: readonly Noted[]): Noted[][] {
  return [...Map.groupBy(noted, one => one.residual.system.key).values()]
}
