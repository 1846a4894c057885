import type { PlannedDecider } from './deciders.ts'
import type { Graph } from './graph.ts'
import { ownBlockers } from './holds.ts'
import type { Planning } from './planned-deciders.ts'

/** A use that counted before and does not afterwards. */
export type LostUse = { consumer: string; provider: string }

/**
 * Answers by which use a service is rid of what set its planned day, where that itself still stands: the use on a
 * shortest way from the holder that is gone. Null where the reason is gone, or still reaches the service.
 */
export function lostUsesBetween(
  before: Planning,
  after: Planning,
): (service: string, decider: PlannedDecider | null) => LostUse | null {
  const [ways, left] = [reachesIn(before.graph), reachesIn(after.graph)]
  return (service, decider) => {
    if (decider?.kind !== 'blocker' || !isHeld(after, decider)) return null
    const [then, now] = [ways(decider.service), left(decider.service)]
    if (now.has(service)) return null
    let provider = service
    for (let consumer = then.get(provider); consumer; consumer = then.get(provider)) {
      if (now.has(consumer)) return { consumer, provider }
      provider = consumer
    }
    return null
  }
}

function isHeld(
  { graph, holds }: Planning,
  { service, blocker }: Extract<PlannedDecider, { kind: 'blocker' }>,
): boolean {
  const [holder, number] = [graph.numbers.get(service), holds.numbers.get(blocker.id)]
  return holder !== undefined && number !== undefined && ownBlockers(holds, holder).includes(number)
}

/** Everybody whom a service needs, directly or not, each with its consumer on a shortest way; many have one holder. */
function reachesIn(graph: Graph): (holder: string) => ReadonlyMap<string, string | null> {
  const known = new Map<string, ReadonlyMap<string, string | null>>()
  return holder => {
    const reached = known.get(holder) ?? reachOf(graph, holder)
    known.set(holder, reached)
    return reached
  }
}

function reachOf(
  { ids, numbers, providers: { start, target } }: Graph,
  holder: string,
): Map<string, string | null> {
  const reached = new Map<string, string | null>([[holder, null]])
  for (const id of reached.keys()) {
    const number = numbers.get(id)!
    for (let at = start[number]!; at < start[number + 1]!; at++) {
      const provider = ids[target[at]!]!
      if (!reached.has(provider)) reached.set(provider, id)
    }
  }
  return reached
}
