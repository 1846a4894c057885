import type { Day } from '../domain/calendar.ts'
import type { Db } from './columns.ts'
import { listTouched, type Touched } from './touched.ts'
import { readRevision } from './workspace.ts'

type Kept = { revision: number; today: Day; variant: string; answer: Promise<unknown> }

const keptOf = new WeakMap<Db, Map<string, Kept>>()

/**
 * What takes reading the whole estate is worked out once for each change of the register and each day, however
 * many pages ask for it. `name` tells the answers apart; of several variants of one the last is kept.
 */
export async function oncePerRevision<T>(
  db: Db,
  name: string,
  today: Day,
  load: (revision: number) => Promise<T>,
  variant = '',
): Promise<T> {
  return keep(db, name, today, variant, (_, revision) => load(revision))
}

/** The answer of an earlier revision of the same day, and what was touched after it. */
export type Earlier<T> = { answer: T; revision: number; touched: Touched }

/**
 * The same for what can be carried on: `load` is handed the answer of before, where it is certain what was touched
 * since, and reads only that anew. The revision is read before the rows are, so what is written meanwhile is read
 * again the next time. Changes that come while an answer is made wait for it. Of several variants the last is kept,
 * and another is carried on from it.
 */
export async function carriedOn<T>(
  db: Db,
  name: string,
  today: Day,
  load: (earlier: Earlier<T> | null, revision: number) => Promise<T>,
  variant = '',
): Promise<T> {
  return keep(db, name, today, variant, async (last, revision) =>
    load(await earlierOf<T>(last, revision), revision),
  )

  async function earlierOf<T>(last: Kept | undefined, revision: number): Promise<Earlier<T> | null> {
    if (last?.today !== today) return null
    const answer = (await last.answer.catch(() => null)) as T | null
    const touched = answer && (await listTouched(db, last.revision, revision))
    return touched && { answer, revision: last.revision, touched }
  }
}

async function keep<T>(
  db: Db,
  name: string,
  today: Day,
  variant: string,
  load: (last: Kept | undefined, revision: number) => Promise<T>,
): Promise<T> {
  const revision = await readRevision(db)
  const kept = keptOf.get(db) ?? new Map<string, Kept>()
  keptOf.set(db, kept)
  const last = kept.get(name)
  const isSame = last?.revision === revision && last.today === today && last.variant === variant
  if (isSame) return last.answer as Promise<T>
  const answer = load(last, revision)
  const next = { revision, today, variant, answer }
  kept.set(name, next)
  // What failed is not kept: the next page tries again.
  answer.catch(() => {
    if (kept.get(name) === next) kept.delete(name)
  })
  return answer
}
