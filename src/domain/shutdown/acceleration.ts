import { type Day, dayFromNumber, dayNumber } from '../calendar.ts'
import { type Known, type KnownCosts, knownOfSum } from '../known-cost.ts'
import { type HeldBlocker, servicesHeld } from './estate.ts'
import type { Judgement } from './judge.ts'
import { type Moment, UNKNOWN } from './moments.ts'
import { soonerThan } from './sooner.ts'
import { NOTHING, unlockAlone, type Worth } from './unlock.ts'

export type RankedBlocker = HeldBlocker & {
  /** Money saved by ending it today: monthly cost x months by which each service can go earlier. */
  acceleration: number
  /** How much of that is known, as far as the costs of those services are. */
  accelerationKnown: Known
  /** How many services can go earlier. */
  servicesMoved: number
  /** What it frees on its own, without any other being ended. */
  unlock: Worth & { known: Known }
}

const DAYS_A_MONTH = 365.25 / 12

/** Blockers by number, the most valuable first, and the whole of what is known of one. */
export type Ranking = { numbers: readonly number[]; tell: (blocker: number) => RankedBlocker }

/**
 * Every blocker with what ending it today is worth, the most valuable first.
 *
 * Rank by acceleration, not by what each frees alone: two blockers may each free nothing and together
 * everything. An unknown date counts as the horizon, which is a year from today or the latest known date,
 * whichever is later, so that learning a date is worth something and never more than the plan is long. Where
 * `knownCosts` says that a cost is not known, it adds nothing, and the sum says so.
 */
export function rankBlockers(judgement: Judgement, knownCosts: KnownCosts): Ranking {
  const { blockers, permanent, heldFrom } = judgement.holds
  const alone = unlockAlone(judgement)
  const horizon = horizonIn(judgement)
  const sooner = soonerThan(judgement)
  const worth = Float64Array.from(blockers, (_, blocker) =>
    accelerationOf(judgement, sooner(blocker), horizon),
  )
  const cost = Float64Array.from(worth, (_, blocker) => alone.get(blocker)?.cost ?? 0)
  const freed = Int32Array.from(worth, (_, blocker) => alone.get(blocker)?.services.length ?? 0)
  const held = (blocker: number) => heldFrom[blocker + 1]! - heldFrom[blocker]!
  const isWorth = (blocker: number) => worth[blocker] !== 0 || freed[blocker] !== 0
  const all = [...blockers.keys()].filter(blocker => blocker !== permanent)
  // Most are worth nothing: once they stand together they are nearly in order.
  const numbers = [...all.filter(isWorth), ...all.filter(blocker => !isWorth(blocker))]
  numbers.sort(
    (a, b) => worth[b]! - worth[a]! || cost[b]! - cost[a]! || freed[b]! - freed[a]! || held(b) - held(a),
  )
  return { numbers, tell }

  function tell(blocker: number): RankedBlocker {
    const moved = Array.from(sooner(blocker).keys(), service => judgement.graph.ids[service]!)
    const unlock = alone.get(blocker) ?? NOTHING
    return {
      ...blockers[blocker]!,
      services: servicesHeld(judgement, blocker),
      acceleration: worth[blocker]!,
      accelerationKnown: knownOfSum(moved, knownCosts),
      servicesMoved: moved.length,
      unlock: { ...unlock, known: knownOfSum(unlock.services, knownCosts) },
    }
  }
}

/** The day that stands for a date nobody knows. */
export function horizonOf(judgement: Judgement): Day {
  return dayFromNumber(horizonIn(judgement))
}

function accelerationOf(
  { graph, earliest }: Judgement,
  then: ReadonlyMap<number, Moment>,
  horizon: Moment,
): number {
  let acceleration = 0
  for (const [service, date] of then) {
    const days = onPlan(earliest[service]!, horizon) - onPlan(date, horizon)
    acceleration += (graph.services[service]!.cost * days) / DAYS_A_MONTH
  }
  return acceleration
}

function onPlan(moment: Moment, horizon: Moment): Moment {
  return moment < UNKNOWN ? moment : horizon
}

function horizonIn({ today, earliest }: Judgement): Moment {
  const inAYear = dayNumber(today) + 365
  return earliest.reduce((latest, moment) => (moment < UNKNOWN && moment > latest ? moment : latest), inAYear)
}
