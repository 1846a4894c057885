import type { Day } from '../calendar.ts'
import type { Blocker } from './blockers.ts'
import type { Judgement } from './judge.ts'
import { type Moment, type When, whenOf } from './moments.ts'

/** What sets the earliest date of a service: somebody's own blocker, or the planned end of a use on the way. */
export type Decider =
  | { kind: 'blocker'; service: string; blocker: Blocker; date: When }
  | { kind: 'repointing'; consumer: string; provider: string; date: When }

/**
 * What sets a planned day: as that of an earliest one, a consumer that nothing holds and that goes first, on `date`, or a
 * re-pointing by somebody who stays that was to be done on the day `since`, so that now there is no day.
 */
export type PlannedDecider =
  | Decider
  | { kind: 'consumer'; consumer: string; provider: string; date: When }
  | { kind: 'overdue'; consumer: string; provider: string; since: Day; date: 'never' }

/** The blocker of its own that ends then, leaving out the one that is `done`. */
export function blockerThatEnds(
  { graph, holds }: Pick<Judgement, 'graph' | 'holds'>,
  service: number,
  date: Moment,
  done?: number,
): Decider {
  let at = holds.start[service]!
  while (holds.end[at] !== date || holds.blocker[at] === done) at++
  const blocker = holds.blockers[holds.blocker[at]!]!
  return { kind: 'blocker', service: graph.ids[service]!, blocker, date: whenOf(date) }
}
