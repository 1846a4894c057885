import { type Day, dayFromNumber, dayNumber } from '../calendar.ts'
import type { Blocker } from './blockers.ts'
import { outsiderQuietOn } from './fading-outsiders.ts'
import type { Judgement } from './judge.ts'
import { type Moment, type When, whenOf } from './moments.ts'

/** What sets the earliest date of a service: somebody's own blocker, or the planned end of a use on the way. */
export type Decider =
  | (OwnEnd & { kind: 'blocker'; service: string; blocker: Blocker; date: When })
  | { kind: 'repointing'; consumer: string; provider: string; date: When }

/** Why the end of a blocker is no day, or is one that may come earlier: asked of the one service that it is about. */
type OwnEnd = {
  /** The day it was to end, when that day has come and it still holds the service. */
  overdueSince: Day | null
  /** From which day somebody outside the estate who was only seen holds the service no more, unless seen again. */
  quietOn: Day | null
}

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
  planning: Pick<Judgement, 'graph' | 'holds' | 'landscape' | 'today'>,
  service: number,
  date: Moment,
  done?: number,
): Extract<Decider, { kind: 'blocker' }> {
  const { graph, holds, today } = planning
  let at = holds.start[service]!
  while (holds.end[at] !== date || holds.blocker[at] === done) at++
  const blocker = holds.blockers[holds.blocker[at]!]!
  const { owner } = blocker
  const [id, stated] = [graph.ids[service]!, holds.stated[at]!]
  return {
    kind: 'blocker',
    service: id,
    blocker,
    date: whenOf(date),
    overdueSince: stated <= dayNumber(today) ? dayFromNumber(stated) : null,
    quietOn: owner.kind === 'external' ? outsiderQuietOn(planning, owner.name, [id]) : null,
  }
}
