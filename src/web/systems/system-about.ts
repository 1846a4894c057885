import { isHolding } from '../../domain/gates.ts'
import { isReady } from '../../domain/lifecycle.ts'
import { isTargetMissed } from '../../domain/targets.ts'
import { sayAge, sayName, sayNothing, sayOpen } from '../../http/words.ts'
import { findExtension } from '../../store/audit-log.ts'
import { loadClosedIntakes } from '../../store/intake.ts'
import type { GateRow } from '../../store/nouns.ts'
import type { SystemState } from '../../store/systems.ts'
import { sayRoleChange } from '../role-change.ts'
import type { Visit } from '../visit.ts'

/** How a system stands, in its names, its status and its facts. */
export async function aboutSystem(visit: Visit, system: SystemState, gates: readonly GateRow[]) {
  const roleChange = await sayRoleChange(visit, 'system', system.id)
  const { t, language, today } = visit
  const openGates = gates.filter(gate => isHolding(gate, today)).length
  const { nameEn } = system
  const isOneName = nameEn?.startsWith(system.name) ?? true
  return {
    name: isOneName ? sayName(language, system) : system.name,
    sub: language === 'en' && !isOneName ? nameEn : null,
    stays: system.role === 'stay' ? t('systemRole.stay') : null,
    status: { code: system.status, label: t(`status.${system.status}`) },
    ready: isReady(system, openGates) ? t('status.ready') : null,
    since: await saySince(visit, system),
    review: await sayReview(visit, system),
    reason: system.statusReason,
    override: system.overrideReason,
    nothing: sayNothing(t, system),
    open: system.openByUnit.map(open => sayOpen(t, language, open)),
    facts: factsOf(visit, system, roleChange),
  }
}

/** A run-off that was on hold, or taken for finished, goes on since its first day. */
async function saySince({ context, t, language, today }: Visit, system: SystemState): Promise<string> {
  const { id, status, statusOn } = system
  const closed = status === 'draining' ? (await loadClosedIntakes(context.db, [system])).get(id) : null
  const day = closed ? closed.since : statusOn
  const since = day
    ? t('system.since', { day, age: sayAge(t, language, day, today) })
    : t('system.sinceUnknown')
  return statusOn === day ? since : t('intake.takenUpAgain', { since, day: statusOn })
}

/** A day to which somebody put off the review stands with the one before it and why; the hold keeps its own reason. */
async function sayReview({ context, t }: Visit, { id, status, reviewOn: day }: SystemState) {
  if (!day) return null
  const extended = status === 'on_hold' ? await findExtension(context.db, id) : undefined
  const [was, is] = [extended?.before, extended?.after].map(text => JSON.parse(text ?? '{}').reviewOn)
  if (is !== day) return t('system.reviewOn', { day })
  return t(was ? 'system.reviewMoved' : 'system.reviewSet', { day, was, why: extended?.why })
}

type Fact = { label: string; value: string | null; isAlarm: boolean; hint?: string | null }

/** What nobody entered is shown too: an owner who is missing is the first thing to find out. */
function factsOf({ t, today }: Visit, system: SystemState, roleChange: string | null): Fact[] {
  const isMissed = isTargetMissed(system, today)
  const fact = (name: string, value: string | null, isAlarm = false) => ({
    label: t(`field.${name}`),
    value,
    isAlarm,
  })
  return [
    fact('owner', system.owner),
    fact('replacement', system.replacement),
    { ...fact('targetOn', system.targetOn, isMissed), hint: isMissed ? t('overview.missed') : null },
    ...(system.reviewOn ? [fact('reviewOn', system.reviewOn, system.reviewOn <= today)] : []),
    ...(system.role === 'stay' || roleChange
      ? [{ ...fact('role', t(`systemRole.${system.role}`)), hint: roleChange }]
      : []),
    ...(system.note ? [fact('note', system.note)] : []),
    ...(system.source ? [fact('source', system.source)] : []),
  ]
}
