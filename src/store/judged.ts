import type { Day } from '../domain/calendar.ts'
import type { KnownCosts } from '../domain/known-cost.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import { judgeAgain } from '../domain/shutdown/judge-again.ts'
import type { Db } from './columns.ts'
import { loadOutlookSoFar } from './estate-forecasts.ts'
import { type KeptLandscape, readLandscape, renewLandscape } from './landscape.ts'
import { knownCostsOf } from './landscape-rows.ts'
import { carriedOn, type Earlier } from './per-revision.ts'

/** The estate judged as of one revision and one day. */
export type Judged = {
  revision: number
  today: Day
  landscape: Landscape
  judgement: Judgement
  knownCosts: KnownCosts
}

/**
 * Judged once for each change of the register, however many pages ask. A change is read as far as it reaches, and
 * judged anew as far as it moves anything.
 */
export async function loadJudged(
  db: Db,
  today: Day,
  { quietDays, soakDays }: Pick<Landscape, 'quietDays' | 'soakDays'>,
): Promise<Judged> {
  const { isComplete } = await loadOutlookSoFar(db, today)
  const name = `judged-${quietDays}-${soakDays}`
  type Kept = Judged & { kept: KeptLandscape }
  const load = async (earlier: Earlier<Kept> | null, revision: number): Promise<Kept> => {
    // Asked again, so that the forecasts are no older than the revision.
    const { outlooks } = await loadOutlookSoFar(db, today)
    if (!earlier) {
      const kept = await readLandscape(db, today, { quietDays, soakDays }, outlooks)
      const { landscape } = kept
      const knownCosts = knownCostsOf(kept.rows)
      return { revision, today, landscape, knownCosts, judgement: judge(landscape, today), kept }
    }
    const { answer, touched } = earlier
    const kept = await renewLandscape(db, today, answer.kept, touched, outlooks)
    const { landscape } = kept
    const knownCosts = knownCostsOf(kept.rows)
    return {
      revision,
      today,
      landscape,
      knownCosts,
      judgement: judgeAgain(answer.judgement, landscape),
      kept,
    }
  }
  return carriedOn(db, name, today, load, isComplete ? 'complete' : 'so-far')
}
