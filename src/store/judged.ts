import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import type { Db } from './columns.ts'
import { loadLandscape } from './landscape.ts'
import { readRevision } from './workspace.ts'

/** The estate judged as of one revision and one day. */
export type Judged = { revision: number; today: Day; landscape: Landscape; judgement: Judgement }

const kept = new WeakMap<Db, Promise<Judged>>()

/** Judged once for each change of the register, however many pages ask. */
export async function loadJudged(
  db: Db,
  today: Day,
  days: Pick<Landscape, 'quietDays' | 'soakDays'>,
): Promise<Judged> {
  const revision = await readRevision(db)
  const last = await kept.get(db)?.catch(() => undefined)
  if (last?.revision === revision && last.today === today) return last
  const judging = loadLandscape(db, today, days).then(landscape => {
    return { revision, today, landscape, judgement: judge(landscape, today) }
  })
  kept.set(db, judging)
  return judging
}
