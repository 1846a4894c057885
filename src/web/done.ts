import type { Day } from '../domain/calendar.ts'
import type { Count } from '../domain/vocabulary.ts'
import { type AuditEntry, listChangesOf } from '../store/audit-log.ts'
import type { Visit } from './visit.ts'
import { sayCount } from './words.ts'

/** What was just done, when the address names its revision (`?done=57`), as the page says it above everything. */
export type Done = { heading: string; changes: string[]; effects: string[] }

export async function doneOf(visit: Visit): Promise<Done | null> {
  const { t, request, context } = visit
  const { done } = request.query
  if (done === 'nothing') return { heading: t('round.nothing'), changes: [], effects: [] }
  if (typeof done !== 'string' || !/^\d{1,15}$/.test(done)) return null
  const entries = await listChangesOf(context.db, Number(done))
  const changes = entries.filter(({ noun }) => noun === 'reading').map(entry => sayReading(visit, entry))
  if (changes.length === 0) return null
  return { heading: t('round.kept', { number: changes.length }), changes, effects: [] }
}

type Kept = Count & { day: Day }

/** "账户1.0 / 上海德祐 968 → 950" */
function sayReading({ t, language }: Visit, { label, before, after }: AuditEntry): string {
  const [from, to] = [before, after].map(text => (text ? (JSON.parse(text) as Kept) : null))
  if (!to) return t('round.withdrawn', { label, from: sayCount(t, language, from ?? null) })
  return t('round.moved', { label, from: sayCount(t, language, from ?? null), to: sayCount(t, language, to) })
}
