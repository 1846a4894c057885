import { type Judged, loadJudged } from '../store/judged.ts'
import type { Visit } from './visit.ts'

/** The estate judged for the page at hand, with the periods of the configuration. */
export async function judgedFor({ context, today }: Visit): Promise<Judged> {
  const { QUIET_DAYS: quietDays, SOAK_DAYS: soakDays } = context.config
  return loadJudged(context.db, today, { quietDays, soakDays })
}
