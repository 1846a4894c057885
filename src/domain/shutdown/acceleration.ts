import { dayNumber } from '../calendar.ts'
import { ownEndsWithout } from './binding.ts'
import { earliestOf } from './dates.ts'
import { type HeldBlocker, listBlockers } from './estate.ts'
import { type Judgement, ownEndsOf } from './judge.ts'
import { type Moment, UNKNOWN } from './moments.ts'
import { unlockEach, type Worth } from './unlock.ts'

export type RankedBlocker = HeldBlocker & {
  /** Money saved by ending it today: monthly cost x months by which each service can go earlier. */
  acceleration: number
  /** How many services can go earlier. */
  servicesMoved: number
  /** What it frees on its own, without any other being ended. */
  unlock: Worth
}

const DAYS_A_MONTH = 365.25 / 12

/**
 * Every blocker with what ending it today is worth, the most valuable first.
 *
 * Rank by acceleration, not by what each frees alone: two blockers may each free nothing and together
 * everything. An unknown date counts as the horizon, which is a year from today or the latest known date,
 * whichever is later, so that learning a date is worth something and never more than the plan is long.
 */
export function rankBlockers(judgement: Judgement): RankedBlocker[] {
  const worths = unlockEach(judgement)
  const horizon = horizonOf(judgement)
  const ranked = listBlockers(judgement).map(blocker => ({
    ...blocker,
    ...gainOf(judgement, judgement.holds.numbers.get(blocker.id)!, horizon),
    unlock: worths.get(blocker.id)!,
  }))
  return ranked.sort((a, b) => b.acceleration - a.acceleration || b.unlock.cost - a.unlock.cost)
}

function gainOf(judgement: Judgement, blocker: number, horizon: Moment) {
  const { graph, earliest, today } = judgement
  const ownEnds = ownEndsWithout(judgement, blocker)
  if (!isSooner(ownEnds, ownEndsOf(graph, judgement.holds, dayNumber(today)))) {
    return { acceleration: 0, servicesMoved: 0 }
  }
  const then = earliestOf(graph.providers, ownEnds, dayNumber(today))
  let acceleration = 0
  let moved = 0
  graph.services.forEach((service, n) => {
    if (then[n] === earliest[n]) return
    const days = onPlan(earliest[n]!, horizon) - onPlan(then[n]!, horizon)
    acceleration += (service.cost * days) / DAYS_A_MONTH
    moved++
  })
  return { acceleration, servicesMoved: moved }
}

/** A blocker that is never the last of its holders' own moves nobody. */
function isSooner(then: Int32Array, now: Int32Array): boolean {
  return then.some((end, service) => end < now[service]!)
}

function onPlan(moment: Moment, horizon: Moment): Moment {
  return moment < UNKNOWN ? moment : horizon
}

function horizonOf({ today, earliest }: Judgement): Moment {
  const inAYear = dayNumber(today) + 365
  return earliest.reduce((latest, moment) => (moment < UNKNOWN && moment > latest ? moment : latest), inAYear)
}
