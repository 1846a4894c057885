import { effectOfChange } from '../http/change-effect.ts'
import { listChangesOf, listHistory } from '../store/audit-log.ts'
import type { Done } from './counts/done.ts'
import { sayEffect } from './counts/effects.ts'
import type { Visit } from './visit.ts'

/** What the address says was done, by how the history calls it. */
const ACTIONS = {
  off: /^shut-down-service$/,
  on: /^bring-back-service$/,
  waived: /^waive-/,
  withdrawn: /^withdraw-(gate|dependency|external-consumer)$/,
} as const

/** What the change that the address names changed; null where it is not the newest of its owner any more. */
export async function sayChange(
  visit: Visit,
  owner: { systemId: number } | { serviceId: number },
): Promise<Done | null> {
  const { t, request, context } = visit
  const word = (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).find(one => one === request.query.done)
  if (!word) return null
  const [newest] = await listHistory(context.db, owner, 1)
  if (!newest || !ACTIONS[word].test(newest.action)) return null
  const entries = await listChangesOf(context.db, newest.revision)
  const { effect, switched } = await effectOfChange(visit, entries)
  return {
    heading: t(`service.done.${word}`),
    changes: switched.length > 0 ? switched : [newest.label],
    // Of its blockers those are gone that were taken back themselves.
    effects: sayEffect(visit, { ...effect, blockersGone: [], blockersNew: [] }, new Map()),
    noEffect: t(switched.length > 0 ? 'done.noOtherEffect' : 'done.noEffect'),
    notes: [],
  }
}
