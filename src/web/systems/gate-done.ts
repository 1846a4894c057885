import { effectOfClosing } from '../../http/gate-effect.ts'
import { sayName } from '../../http/words.ts'
import type { GateRow } from '../../store/nouns.ts'
import type { Done } from '../counts/done.ts'
import { sayEffect } from '../counts/effects.ts'
import type { Visit } from '../visit.ts'

/** Whose gates stand on the page that is shown once one of them was closed. */
export type GatesOnPage = { noun: 'systems' | 'services'; key: string; gates: readonly GateRow[] }

/** What closing the gate that the address names changed, or that nobody calls the service; null where neither stands. */
export async function sayClosing(visit: Visit, { noun, key, gates }: GatesOnPage): Promise<Done | null> {
  const { t, language, request } = visit
  const { done, gate: asked } = request.query
  const isConfirmed = done === 'confirmed'
  const gate = gates
    .filter(({ withdrawnOn, state }) => !withdrawnOn && state === 'closed')
    .find(one => (isConfirmed ? one.kind === 'no_consumers' : done === 'closed' && one.key === asked))
  const effect = gate && (await effectOfClosing(visit, { noun, key, gate: gate.key }))
  if (!effect) return null
  // Of its blockers one is gone, which is the gate itself.
  const freed = { ...effect, blockersGone: [], blockersNew: [] }
  return {
    heading: t(isConfirmed ? 'service.done.confirmed' : 'done.closed'),
    changes: [sayName(language, gate)],
    effects: sayEffect(visit, freed, new Map()),
    noEffect: t('done.noEffect'),
    notes: [],
  }
}
