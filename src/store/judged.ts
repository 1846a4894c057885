import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Lapse, listHeldAgain, listLapses } from '../domain/lapses.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import { judgeAgain } from '../domain/shutdown/judge-again.ts'
import type { Db } from './columns.ts'
import { loadOutlookSoFar } from './estate-forecasts.ts'
import { type KeptLandscape, readLandscape, renewLandscape } from './landscape.ts'
import { type CostsBeside, costsBeside, type RegisterRows } from './landscape-rows.ts'
import { carriedOn, type Earlier } from './per-revision.ts'

/** The estate judged as of one revision and one day. */
export type Judged = CostsBeside & {
  revision: number
  today: Day
  landscape: Landscape
  /** What the landscape was made of. */
  rows: RegisterRows
  judgement: Judgement
  /** What is waived or proven today, and not for ever. */
  lapses: () => Lapse[]
  /** What was, and holds again. */
  heldAgain: () => Lapse[]
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
    const soFar = await loadOutlookSoFar(db, today)
    if (!earlier) {
      const kept = await readLandscape(db, today, { quietDays, soakDays }, soFar)
      return { ...about(kept, revision), judgement: judge(kept.landscape, today) }
    }
    const { answer, touched } = earlier
    const kept = await renewLandscape(db, today, answer.kept, touched, soFar)
    return { ...about(kept, revision), judgement: judgeAgain(answer.judgement, kept.landscape) }
  }
  return carriedOn(db, name, today, load, isComplete ? 'complete' : 'so-far')

  function about(kept: KeptLandscape, revision: number): Omit<Kept, 'judgement'> {
    const { landscape, rows, lapsing } = kept
    const lapses = () => listLapses(lapsing, landscape, today)
    const heldAgain = () => listHeldAgain(lapsing, landscape, today)
    const beside = { ...costsBeside(rows), lapses, heldAgain }
    return { revision, today, landscape, rows, ...beside, kept }
  }
}
