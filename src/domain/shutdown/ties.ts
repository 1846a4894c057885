import { type BestChoice, boundOf, collected, type Found, promisesOf, type Wanted, without } from './best.ts'
import type { Judgement } from './judge.ts'
import { listHeldSets } from './unlock.ts'

/** Choices that are worth exactly as much, the given one among them; `isAll` is false when there may be more. */
export type Ties = { choices: string[][]; isAll: boolean }

/**
 * Every choice of as many blockers that frees as many services at the same known cost as the best one does: where no
 * cost is known there are many, and the one that was found first is no better than the others. The search is that of
 * the best choice, pruned only where a bound is worse; it stops after `most` choices or `effort` blockers looked at, and
 * takes the same sets.
 */
export function listTies(
  judgement: Judgement,
  best: BestChoice,
  most = 100,
  effort = 1_000_000,
  held = listHeldSets(judgement, best.size),
): Ties {
  const { blockers } = judgement.holds
  const choices: string[][] = []
  let left = effort
  look({ chosen: [], cost: 0, services: 0 }, held.map(wantedOf))
  return { choices, isAll: left > 0 && choices.length <= most }

  function look(taken: Found, wanted: readonly Wanted[]): void {
    const now = collected(taken, wanted)
    if (now.cost === best.cost && now.services === best.services && now.chosen.length === best.size)
      choices.push(now.chosen.map(number => blockers[number]!.id).sort())
    const more = best.size - now.chosen.length
    let open = wanted.filter(set => set.missing.length > 0 && set.missing.length <= more)
    while (open.length > 0 && left > 0 && choices.length <= most) {
      const promises = promisesOf(open)
      left -= open.reduce((sum, set) => sum + set.missing.length, 0)
      const bound = boundOf(now, promises, more)
      if (bound.cost < best.cost || bound.services < best.services) return
      const next = promises[0]!.blocker
      look(
        { ...now, chosen: [...now.chosen, next] },
        open.map(set => without(set, next)),
      )
      open = open.filter(set => !set.missing.includes(next))
    }
  }
}

function wantedOf({ blockers, services, cost }: ReturnType<typeof listHeldSets>[number]): Wanted {
  return { missing: blockers, services: services.length, cost }
}
