import { effectOfChange } from '../http/change-effect.ts'
import { sayName } from '../http/words.ts'
import { type AuditEntry, listChangesOf, listHistory } from '../store/audit-log.ts'
import { findThing } from '../store/places.ts'
import type { Done } from './counts/done.ts'
import { sayEffect } from './counts/effects.ts'
import type { Visit } from './visit.ts'

/** What the address says was done, by how the history calls it. */
const ACTIONS = {
  off: /^shut-down-service$/,
  on: /^bring-back-service$/,
  closed: /^close-gate$/,
  reopened: /^reopen-gate$/,
  confirmed: /^confirm-no-consumers$/,
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
    changes: switched.length > 0 ? switched : [await sayChanged(visit, newest)],
    // Of its blockers only those came or went that were changed themselves.
    effects: sayEffect(visit, { ...effect, blockersGone: [], blockersNew: [] }, new Map()),
    noEffect: t(switched.length > 0 ? 'done.noOtherEffect' : 'done.noEffect'),
    notes: [],
  }
}

/** A gate has an English name; everything else is called as the history calls it. */
async function sayChanged(
  { context, language }: Visit,
  { noun, nounId, label }: AuditEntry,
): Promise<string> {
  const gate = noun === 'gate' ? await findThing(context.db, noun, nounId) : undefined
  return gate ? sayName(language, gate) : label
}
