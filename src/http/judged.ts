import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { landscapeHash } from '../exchange/landscape-hash.ts'
import { type Judged, loadJudged } from '../store/judged.ts'
import { remembered } from './remembered.ts'

/** Who asks for the estate: a page or the API, each with the day that it is asked on. */
export type Asking = { context: Context; today: Day }

/** The estate judged for the request at hand, with the periods of the configuration. */
export async function judgedFor({ context, today }: Asking): Promise<Judged> {
  return loadJudged(context.db, today, usualDays(context))
}

/** Names the landscape that the verdicts of the day were given on; an export of it has the same hash. */
export async function inputHashFor(asking: Asking): Promise<string> {
  const { landscape } = await judgedFor(asking)
  return hashes(landscape, () => landscapeHash(landscape))
}

const hashes = remembered<Landscape, string>()
