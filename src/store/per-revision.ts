import type { Day } from '../domain/calendar.ts'
import type { Db } from './columns.ts'
import { readRevision } from './workspace.ts'

type Kept = { revision: number; today: Day; answer: Promise<unknown> }

const keptOf = new WeakMap<Db, Map<string, Kept>>()

/**
 * What takes reading the whole estate is worked out once for each change of the register and each day, however
 * many pages ask for it. `name` tells the answers apart.
 */
export async function oncePerRevision<T>(
  db: Db,
  name: string,
  today: Day,
  load: (revision: number) => Promise<T>,
): Promise<T> {
  const revision = await readRevision(db)
  const kept = keptOf.get(db) ?? new Map<string, Kept>()
  keptOf.set(db, kept)
  const last = kept.get(name)
  if (last?.revision === revision && last.today === today) return last.answer as Promise<T>
  const answer = load(revision)
  kept.set(name, { revision, today, answer })
  // What failed is not kept: the next page tries again.
  answer.catch(() => kept.delete(name))
  return answer
}
