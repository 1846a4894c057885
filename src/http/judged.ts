import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { landscapeHash } from '../exchange/landscape-hash.ts'
import { type Judged, loadJudged } from '../store/judged.ts'
import { oncePerRevision } from '../store/per-revision.ts'

/** Who asks for the estate: a page or the API, each with the day that it is asked on. */
export type Asking = { context: Context; today: Day }

/** The estate judged for the request at hand, with the periods of the configuration. */
export async function judgedFor({ context, today }: Asking): Promise<Judged> {
  return loadJudged(context.db, today, usualDays(context))
}

/** Names the landscape that the verdicts of the day were given on; an export of it has the same hash. */
export async function inputHashFor(asking: Asking): Promise<string> {
  const { landscape, today } = await judgedFor(asking)
  return oncePerRevision(asking.context.db, 'input-hash', today, async () => landscapeHash(landscape))
}
