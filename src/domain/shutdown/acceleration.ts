import { type Day, dayFromNumber } from '../calendar.ts'
import { fenIn, type KnownCost, type KnownCosts, knownOfSum } from '../known-cost.ts'
import { type Accelerations, accelerationOf, accelerationsOf, earlierOn } from './accelerations.ts'
import { type HeldBlocker, servicesHeld } from './estate.ts'
import type { Judgement } from './judge.ts'
import { NOTHING, unlockAlone, type Worth } from './unlock.ts'

export type RankedBlocker = HeldBlocker & {
  /** Money saved by ending it today: monthly cost x months by which each service can go earlier. */
  acceleration: number
  /** How much of that is known, as far as the costs of those services are, and what it is in other currencies. */
  accelerationKnown: KnownCost
  /** How many services can go earlier. */
  servicesMoved: number
  /** What it frees on its own, without any other being ended. */
  unlock: Worth & KnownCost
}

/**
 * Blockers by number, the most valuable first, and the whole of what is known of one. `horizon` is the day that stood
 * for a date nobody knows.
 */
export type Ranking = { numbers: readonly number[]; tell: (blocker: number) => RankedBlocker; horizon: Day }

/**
 * Every blocker with what ending it today is worth, the most valuable first.
 *
 * Rank by acceleration, not by what each frees alone: two blockers may each free nothing and together
 * everything. An unknown date counts as the horizon, which is a year from today or the latest date known of anything
 * that holds, whichever is later, so that learning a date is worth something and never more than the plan is long. Where
 * `knownCosts` says that a cost is not known, it adds nothing, and the sum says so; what is in another currency
 * than the landscape's counts for no rank.
 */
export function rankBlockers(judgement: Judgement, knownCosts: KnownCosts): Ranking {
  const undated = undatedOf(judgement)
  const { alone } = undated
  const accelerations = accelerationsOf(judgement, undated.last?.accelerations ?? null)
  if (undated.last?.accelerations !== accelerations)
    undated.last = { accelerations, numbers: inOrder(undated, accelerations) }
  const { worth, horizon, without } = accelerations
  return { numbers: undated.last.numbers, tell, horizon: dayFromNumber(horizon) }

  function tell(blocker: number): RankedBlocker {
    const then = earlierOn(judgement, without(blocker), horizon)
    const moved = Array.from(then.keys(), service => judgement.graph.ids[service]!)
    const { known, others } = knownOfSum(moved, knownCosts)
    const unlock = alone.get(blocker) ?? NOTHING
    return {
      ...judgement.holds.blockers[blocker]!,
      services: servicesHeld(judgement, blocker),
      acceleration: worth[blocker]!,
      accelerationKnown: {
        known,
        others: others.map(({ currency }) => ({
          currency,
          fen: accelerationOf(judgement, then, horizon, ({ id }) => fenIn(currency, knownCosts(id).others)),
        })),
      },
      servicesMoved: moved.length,
      unlock: { ...unlock, ...knownOfSum(unlock.services, knownCosts) },
    }
  }
}

/** What no date has a part in: judgements of which only days moved have the same list of verdicts, and share it. */
type Undated = {
  alone: ReadonlyMap<number, Worth>
  /** All that could be ended, those first that hold the most services. */
  byHolders: readonly number[]
  /** What was worked out for the last of these judgements, and the order that it makes. */
  last: { accelerations: Accelerations; numbers: readonly number[] } | null
}

function inOrder({ alone, byHolders }: Undated, { worth }: Accelerations): readonly number[] {
  const costOf = (blocker: number) => alone.get(blocker)?.cost ?? 0
  const freedBy = (blocker: number) => alone.get(blocker)?.services.length ?? 0
  const isValuable = (blocker: number) => worth[blocker] !== 0 || alone.has(blocker)
  const numbers = byHolders.filter(isValuable)
  numbers.sort((a, b) => worth[b]! - worth[a]! || costOf(b) - costOf(a) || freedBy(b) - freedBy(a))
  // Most are worth nothing, and stay in the order that they have.
  for (const blocker of byHolders) if (!isValuable(blocker)) numbers.push(blocker)
  return numbers
}

const undatedByVerdicts = new WeakMap<Judgement['verdicts'], Undated>()

function undatedOf(judgement: Judgement): Undated {
  const known = undatedByVerdicts.get(judgement.verdicts)
  if (known) return known
  const { blockers, permanent, heldFrom } = judgement.holds
  const held = (blocker: number) => heldFrom[blocker + 1]! - heldFrom[blocker]!
  const byHolders = [...blockers.keys()].filter(blocker => blocker !== permanent)
  byHolders.sort((a, b) => held(b) - held(a))
  const found = { alone: unlockAlone(judgement), byHolders, last: null }
  undatedByVerdicts.set(judgement.verdicts, found)
  return found
}
