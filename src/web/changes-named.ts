import { readId } from '../domain/id.ts'
import { type AuditEntry, listChangesOf } from '../store/audit-log.ts'
import type { Db } from '../store/columns.ts'
import type { Noun } from '../store/nouns.ts'
import { findThing } from '../store/places.ts'
import type { Visit } from './visit.ts'

/** What a page shows. */
export type Shown = { noun: keyof typeof COLUMNS; id: number }

/** Where the row of something else names what it belongs to; of a system the history does, and a use belongs to both its ends. */
const COLUMNS = {
  system: [],
  service: ['serviceId', 'consumerId', 'providerId'],
  residual: ['residualId'],
  trial_shutdown: ['trialId'],
  plan: [],
} as const

type Named = { own: AuditEntry; entries: AuditEntry[] }

/** The change whose revision is in the address; null where there is none, or it is of something that the page does not show. */
export async function findNamedChange(visit: Visit, shown: Shown): Promise<Named | null> {
  const entries = await listNamedChanges(visit)
  for (const own of entries) if (await isAbout(visit.context.db, own, shown)) return { own, entries }
  return null
}

/** In one sentence, for a page that says no more: `words` by how the history calls what was done. */
export async function sayNamedChange(
  visit: Visit,
  shown: Shown,
  words: Readonly<Record<string, string>>,
): Promise<string | null> {
  if (visit.request.query.done === 'unchanged') return visit.t('done.unchanged')
  const named = await findNamedChange(visit, shown)
  const word = named && words[named.own.action]
  return word ? visit.t(word) : null
}

export async function listNamedChanges({ request, context }: Visit): Promise<AuditEntry[]> {
  const { done } = request.query
  const revision = typeof done === 'string' ? readId(done) : null
  return revision === null ? [] : listChangesOf(context.db, revision)
}

async function isAbout(db: Db, entry: AuditEntry, { noun, id }: Shown): Promise<boolean> {
  if (entry.noun === noun && entry.nounId === id) return true
  if (noun === 'system' && entry.systemId === id) return true
  if (COLUMNS[noun].length === 0) return false
  const row = (await findThing(db, entry.noun as Noun, entry.nounId)) as Record<string, unknown> | undefined
  return COLUMNS[noun].some(column => row?.[column] === id)
}
