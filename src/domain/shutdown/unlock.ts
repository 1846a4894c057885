import { blockersIn, hasBlocker, sizeOf } from './blocker-sets.ts'
import type { Blocker } from './blockers.ts'
import type { Judgement } from './judge.ts'

/** What becomes free, and what it costs per month, in the landscape's unit of money. */
export type Worth = { services: string[]; cost: number }

/** The services that share one set of blockers, none of them permanent. */
export type HeldSet = { blockers: number[]; services: number[]; cost: number }

/** Every distinct set of blockers that could be resolved, `most` in one set, by the first of the services that it holds. */
export function listHeldSets(judgement: Judgement, most = Number.POSITIVE_INFINITY): HeldSet[] {
  const { graph, groups, sets, holds } = judgement
  const held: HeldSet[] = []
  const bySet: (HeldSet | null | undefined)[] = Array(sets.start.length - 1)
  for (let service = 0; service < graph.ids.length; service++) {
    const set = graph.isOn[service] ? sets.ofGroup[groups.of[service]!]! : 0
    if (set === 0) continue
    let found = bySet[set]
    if (found === undefined) {
      const isWanted = !hasBlocker(sets, set, holds.permanent) && sizeOf(sets, set, most + 1) <= most
      found = isWanted ? { blockers: blockersIn(sets, set), services: [], cost: 0 } : null
      bySet[set] = found
      if (found) held.push(found)
    }
    if (found === null) continue
    found.services.push(service)
    found.cost += graph.services[service]!.cost
  }
  return held
}

/** Those of which somebody can end every blocker: a quiet period passes by itself and no sooner. */
export function listEndableSets(judgement: Judgement): HeldSet[] {
  const { blockers } = judgement.holds
  return listHeldSets(judgement).filter(held =>
    held.blockers.every(number => blockers[number]!.kind !== 'traffic'),
  )
}

/** What ending exactly these blockers frees: the services that nothing else holds. Unknown ids free nothing. */
export function unlock(judgement: Judgement, blockerIds: Iterable<string>): Worth {
  const chosen = new Set(Array.from(blockerIds, id => judgement.holds.numbers.get(id)))
  return worthOf(
    judgement,
    listHeldSets(judgement).filter(held => held.blockers.every(blocker => chosen.has(blocker))),
  )
}

/**
 * What each blocker frees on its own, by its id. All may be 0 while two together free everything: rank by
 * acceleration, and ask `bestSets` which to end together.
 */
export function unlockEach(judgement: Judgement): Map<string, Worth> {
  const { blockers, permanent } = judgement.holds
  const worths = unlockAlone(judgement)
  const all = blockers.map(({ id }, number): [string, Worth] => [id, worths.get(number) ?? NOTHING])
  return new Map(all.filter((_, number) => number !== permanent))
}

/** The same by number, without those that free nothing. */
export function unlockAlone(judgement: Judgement): Map<number, Worth> {
  return new Map(listHeldSets(judgement, 1).map(held => [held.blockers[0]!, worthOf(judgement, [held])]))
}

export const NOTHING: Worth = { services: [], cost: 0 }

/** What each system frees when its residual and all its gates are done; only systems that hold something. */
export function unlockSystems(judgement: Judgement): Map<string, Worth> {
  const systems = judgement.holds.blockers.map(systemOf)
  const bySystem = new Map<string, HeldSet[]>()
  for (const system of systems) if (system !== null) bySystem.set(system, [])
  for (const held of listHeldSets(judgement)) {
    const system = systems[held.blockers[0]!]!
    if (system !== null && held.blockers.every(blocker => systems[blocker] === system)) {
      bySystem.get(system)!.push(held)
    }
  }
  return new Map(Array.from(bySystem, ([system, held]) => [system, worthOf(judgement, held)]))
}

/** The system whose end would end this blocker, or null. */
function systemOf({ kind, owner }: Blocker): string | null {
  if (kind === 'residual' && owner.kind === 'system') return owner.system
  return owner.kind === 'system-gate' ? owner.system : null
}

function worthOf(judgement: Judgement, held: HeldSet[]): Worth {
  const numbers = held.flatMap(set => set.services).sort((a, b) => a - b)
  return {
    services: numbers.map(service => judgement.graph.ids[service]!),
    cost: held.reduce((sum, set) => sum + set.cost, 0),
  }
}
