import type { Day } from '../../domain/calendar.ts'
import { formerRetirements, wayTo } from '../../domain/lifecycle.ts'
import { withoutZeros } from '../../domain/money.ts'
import { type CostedSystem, realisedSaving } from '../../domain/savings.ts'
import { sayMonthly } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { loadCourse } from '../../store/intake.ts'
import { loadCostsOfSystems } from '../../store/money.ts'
import type { System } from '../../store/nouns.ts'
import { findSystemsById } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

type Kept = System & { id: number }

/** The days of `formerRetirements` as of which it may be retired again; none of a system that is to stay. */
export async function formerOf({ context }: Visit, system: Kept): Promise<readonly (Day | null)[]> {
  return system.role === 'stay' ? [] : formerRetirements(await loadCourse(context.db, system))
}

/**
 * What its retirement saves, and that taking it up again ends that; of one that was taken up again, how it is
 * retired again as it was.
 */
export async function sayRetirement(
  visit: Visit,
  system: Kept,
  former: readonly (Day | null)[],
): Promise<string[]> {
  const money = await saySaving(visit, system)
  return money ? [visit.t('system.savingWouldEnd', { money })] : sayWayBack(visit, system, former)
}

function sayWayBack({ t }: Visit, { status }: Kept, [last, ...others]: readonly (Day | null)[]): string[] {
  if (last === undefined) return []
  const days = others.map(day => day ?? t('system.retiredUnknown')).join(t('attention.comma'))
  const via = wayTo(status, 'retired').map(one => t(`status.${one}`))
  return [
    last ? t('system.retireAsOf', { day: last }) : t('system.retireUndated'),
    ...(days ? [t('system.retiredOtherwise', { days })] : []),
    ...(via.length > 0 ? [t('system.retireVia', { via: via.join(' → ') })] : []),
  ]
}

/** What a change of status did to the realised saving, in sentences. */
export async function sayMovedSavings(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const said: string[] = []
  for (const { noun, nounId, before, after } of entries) {
    const [was, is] = [before, after].map(text => JSON.parse(text ?? '{}') as Partial<System>)
    const [system] = noun === 'system' && is?.status ? await findSystemsById(visit.context.db, [nounId]) : []
    if (system) said.push(...(await sayMoved(visit, system, { ...system, ...was })))
  }
  return said
}

async function sayMoved(visit: Visit, system: Kept, before: Kept): Promise<string[]> {
  const [from, to] = [await saySaving(visit, before), await saySaving(visit, system)]
  if (from === to) return []
  if (to) return [visit.t('system.savingIs', { money: to })]
  const former = await formerOf(visit, system)
  return [visit.t('system.savingEnded', { money: from }), ...sayWayBack(visit, system, former)]
}

async function saySaving({ context, t, language, today }: Visit, system: Kept): Promise<string | null> {
  const costs = await loadCostsOfSystems(context.db, [system.id])
  const costed: CostedSystem = { status: system.status, statusOn: system.statusOn, costs }
  const saved = withoutZeros(realisedSaving(costed, today))
  return saved.some(({ fen }) => fen !== 0) ? sayMonthly(t, language, saved) : null
}
