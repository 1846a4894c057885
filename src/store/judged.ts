import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import type { Db } from './columns.ts'
import { loadOutlookSoFar } from './estate-forecasts.ts'
import { loadLandscape } from './landscape.ts'
import { oncePerRevision } from './per-revision.ts'

/** The estate judged as of one revision and one day. */
export type Judged = { revision: number; today: Day; landscape: Landscape; judgement: Judgement }

/** Judged once for each change of the register, however many pages ask. */
export async function loadJudged(
  db: Db,
  today: Day,
  { quietDays, soakDays }: Pick<Landscape, 'quietDays' | 'soakDays'>,
): Promise<Judged> {
  const { outlooks, isComplete } = await loadOutlookSoFar(db, today)
  return oncePerRevision(db, `judged-${quietDays}-${soakDays}-${isComplete}`, today, async revision => {
    const landscape = await loadLandscape(db, today, { quietDays, soakDays }, outlooks)
    return { revision, today, landscape, judgement: judge(landscape, today) }
  })
}
