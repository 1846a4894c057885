import { effectOfClosing } from '../../http/gate-effect.ts'
import { sayName } from '../../http/words.ts'
import type { GateRow } from '../../store/nouns.ts'
import type { Done } from '../counts/done.ts'
import { sayEffect } from '../counts/effects.ts'
import type { Visit } from '../visit.ts'

/** Whose gates stand on the page that is shown once one of them was closed. */
export type GatesOnPage = { noun: 'systems' | 'services'; key: string; gates: readonly GateRow[] }

/** What closing the gate that the address names changed, as a count says it; null where it names none that is closed. */
export async function sayClosing(visit: Visit, { noun, key, gates }: GatesOnPage): Promise<Done | null> {
  const { t, language, request } = visit
  const { done, gate: asked } = request.query
  const gate = done === 'closed' ? gates.find(one => one.key === asked && !one.withdrawnOn) : undefined
  const effect = gate && (await effectOfClosing(visit, { noun, key, gate: gate.key }))
  if (!effect) return null
  // Of its blockers one is gone, which is the gate itself.
  const freed = { ...effect, blockersGone: [], blockersNew: [] }
  return {
    heading: t('done.closed'),
    changes: [sayName(language, gate)],
    effects: sayEffect(visit, freed, new Map()),
    noEffect: t('done.noEffect'),
    notes: [],
  }
}
