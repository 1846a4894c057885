import { type AuditEntry, listHistoryOf } from '../store/audit-log.ts'
import type { Noun } from '../store/nouns.ts'
import type { Asking } from './judged.ts'
import { isLastOfToday } from './round-now.ts'

/** A change as it stands now: its address lives on, and the register moves on. */
export type ChangeNow = {
  /** What it changed and nothing has changed again since. */
  standing: AuditEntry[]
  /** Whether anything was changed since, or another day has come: an effect then compares what is known now, with the change and without it. */
  isRecomputed: boolean
}

/** `entries` are those of one revision, at least one. */
export async function changeNow(asking: Asking, entries: readonly AuditEntry[]): Promise<ChangeNow> {
  if (await isLastOfToday(asking, entries[0]!)) return { standing: [...entries], isRecomputed: false }
  const things = entries.map(({ noun, nounId }) => ({ noun: noun as Noun, ids: [nounId] }))
  const later = await listHistoryOf(asking.context.db, MOST, things)
  const standing = entries.filter(entry => !later.some(one => one.id > entry.id && isAgain(entry, one)))
  return { standing, isRecomputed: true }
}

const MOST = 1000

/** What was added stays added, whatever becomes of it. */
function isAgain(entry: AuditEntry, later: AuditEntry): boolean {
  if (entry.before === null || later.noun !== entry.noun || later.nounId !== entry.nounId) return false
  const again = fieldsOf(later)
  return fieldsOf(entry).some(field => again.includes(field))
}

function fieldsOf({ after }: AuditEntry): string[] {
  return Object.keys(JSON.parse(after ?? '{}'))
}
