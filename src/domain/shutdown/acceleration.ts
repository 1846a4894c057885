import { dayNumber } from '../calendar.ts'
import { type HeldBlocker, listBlockers } from './estate.ts'
import type { Judgement } from './judge.ts'
import { type Moment, UNKNOWN } from './moments.ts'
import { soonerThan } from './sooner.ts'
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
  const sooner = soonerThan(judgement)
  const ranked = listBlockers(judgement).map(blocker => ({
    ...blocker,
    ...gainOf(judgement, sooner(judgement.holds.numbers.get(blocker.id)!), horizon),
    unlock: worths.get(blocker.id)!,
  }))
  return ranked.sort(
    (a, b) =>
      b.acceleration - a.acceleration ||
      b.unlock.cost - a.unlock.cost ||
      b.unlock.services.length - a.unlock.services.length ||
      b.services.length - a.services.length,
  )
}

function gainOf({ graph, earliest }: Judgement, then: ReadonlyMap<number, Moment>, horizon: Moment) {
  let acceleration = 0
  for (const [service, date] of then) {
    const days = onPlan(earliest[service]!, horizon) - onPlan(date, horizon)
    acceleration += (graph.services[service]!.cost * days) / DAYS_A_MONTH
  }
  return { acceleration, servicesMoved: then.size }
}

function onPlan(moment: Moment, horizon: Moment): Moment {
  return moment < UNKNOWN ? moment : horizon
}

function horizonOf({ today, earliest }: Judgement): Moment {
  const inAYear = dayNumber(today) + 365
  return earliest.reduce((latest, moment) => (moment < UNKNOWN && moment > latest ? moment : latest), inAYear)
}
