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

/**
 * Every blocker with what ending it today is worth, the most valuable first.
 *
 * Rank by acceleration, not by what each frees alone: two blockers may each free nothing and together
 * everything. An unknown date counts as the horizon, which is a year from today or the latest known date,
 * whichever is later, so that learning a date is worth something and never more than the plan is long. Where
 * `knownCosts` says that a cost is not known, it adds nothing, and the sum says so.
 */
export function rankBlockers(judgement: Judgement, knownCosts: KnownCosts): RankedBlocker[] {
  const worths = unlockAlone(judgement)
  const horizon = horizonIn(judgement)
  const sooner = soonerThan(judgement)
  const services = servicesHeld(judgement)
  const ranked: RankedBlocker[] = []
  judgement.holds.blockers.forEach(({ id, kind, owner, date, overdueSince }, number) => {
    if (number === judgement.holds.permanent) return
    const worth = worths.get(number)
    ranked.push({
      ...{ id, kind, owner, date, overdueSince, services: services[number]! },
      ...gainOf(judgement, sooner(number), horizon, knownCosts),
      unlock: worth ? { ...worth, known: knownOfSum(worth.services, knownCosts) } : FREES_NOTHING,
    })
  })
  return ranked.sort(
    (a, b) =>
      b.acceleration - a.acceleration ||
      b.unlock.cost - a.unlock.cost ||
      b.unlock.services.length - a.unlock.services.length ||
      b.services.length - a.services.length,
  )
}

/** Most blockers move nothing and free nothing on their own. */
const MOVES_NOTHING = { acceleration: 0, accelerationKnown: knownOfSum([], () => 'all'), servicesMoved: 0 }
const FREES_NOTHING = { ...NOTHING, known: MOVES_NOTHING.accelerationKnown }

/** The day that stands for a date nobody knows. */
export function horizonOf(judgement: Judgement): Day {
  return dayFromNumber(horizonIn(judgement))
}

function gainOf(
  { graph, earliest }: Judgement,
  then: ReadonlyMap<number, Moment>,
  horizon: Moment,
  knownCosts: KnownCosts,
) {
  if (then.size === 0) return MOVES_NOTHING
  let acceleration = 0
  for (const [service, date] of then) {
    const days = onPlan(earliest[service]!, horizon) - onPlan(date, horizon)
    acceleration += (graph.services[service]!.cost * days) / DAYS_A_MONTH
  }
  const moved = then.keys().map(service => graph.ids[service]!)
  return { acceleration, accelerationKnown: knownOfSum(moved, knownCosts), servicesMoved: then.size }
}

function onPlan(moment: Moment, horizon: Moment): Moment {
  return moment < UNKNOWN ? moment : horizon
}

function horizonIn({ today, earliest }: Judgement): Moment {
  const inAYear = dayNumber(today) + 365
  return earliest.reduce((latest, moment) => (moment < UNKNOWN && moment > latest ? moment : latest), inAYear)
}
