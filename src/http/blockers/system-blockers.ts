import type { Day } from '../../domain/calendar.ts'
import { type Blocker, PERMANENT } from '../../domain/shutdown/blockers.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { blockersOfSystem } from '../../domain/shutdown/system.ts'
import type { SystemState } from '../../store/systems.ts'
import { systemPath } from '../addresses.ts'
import { type SaidBlocker, sayBlockers } from './blocker-words.ts'

/** What holds a system itself, whether or not any service belongs to it. Nothing holds what is switched off. */
export function holdsOfSystem({ landscape }: Judgement, { key, status }: SystemState, today: Day): Blocker[] {
  const state = landscape.systems.find(({ id }) => id === key)
  return state && status !== 'retired' ? blockersOfSystem(state, today) : []
}

/** The same as sentences. What keeps a system that stays is the decision itself, and it is its owner's. */
export async function sayHoldsOfSystem(
  hearing: Parameters<typeof sayBlockers>[0],
  system: SystemState,
  holds: readonly Blocker[],
): Promise<SaidBlocker[]> {
  const { t } = hearing
  const path = systemPath(system.key)
  const staying =
    system.status === 'cancelled'
      ? { text: t('system.staysCancelled'), next: { text: t('system.move'), href: `${path}/status` } }
      : { text: t('system.stays'), next: { text: t('system.changeRole'), href: `${path}/edit` } }
  const said = await sayBlockers(hearing, holds)
  return said.map(one => (one.id === PERMANENT.id ? { ...one, ...staying, owner: system.owner } : one))
}
