import type { Day } from '../calendar.ts'
import type { Blocker } from './blockers.ts'
import { reachedFrom } from './graph.ts'
import { type Judgement, VERDICTS, type Verdict } from './judge.ts'
import { type When, whenOf } from './moments.ts'
import { overdueEnds } from './overdue-uses.ts'

const counted = new WeakMap<Judgement['verdicts'], ReadonlyMap<Verdict, number>>()

/** How many services have each verdict; verdicts that nobody has are absent. Counted once for each list of them. */
export function countVerdicts({ verdicts }: Judgement): ReadonlyMap<Verdict, number> {
  const known = counted.get(verdicts)
  if (known) return known
  const counts = Map.groupBy(verdicts, verdict => verdict)
  const found = new Map(
    VERDICTS.flatMap(verdict => {
      const services = counts.get(verdict)
      return services ? [[verdict, services.length]] : []
    }),
  )
  counted.set(verdicts, found)
  return found
}

/** The services of every wave, first wave first. */
export function listWaves({ graph, groups, waves }: Judgement): string[][] {
  const listed: string[][] = []
  graph.ids.forEach((id, service) => {
    const wave = graph.isOn[service] ? waves[groups.of[service]!]! : 0
    if (wave === 0) return
    while (listed.length < wave) listed.push([])
    listed[wave - 1]!.push(id)
  })
  return listed
}

/** A use to re-point: somebody who stays still needs something that is to go. */
export type FrontierEdge = {
  consumer: string
  provider: string
  until: When
  /** The day it was to be re-pointed, when that day has come and it is still used. */
  overdueSince: Day | null
}

/** The re-pointing work list: live edges from staying to other services, by consumer, then provider. */
export function listFrontier(judgement: Judgement): FrontierEdge[] {
  const { graph, verdicts } = judgement
  const overdue = overdueEnds(judgement)
  const { start, target, until } = graph.providers
  return graph.ids.flatMap((consumer, service) => {
    if (verdicts[service] !== 'KEEP') return []
    const edges: FrontierEdge[] = []
    const order = Array.from(
      { length: start[service + 1]! - start[service]! },
      (_, at) => start[service]! + at,
    )
    for (const at of order.sort((a, b) => target[a]! - target[b]!)) {
      if (verdicts[target[at]!] === 'KEEP') continue
      const provider = graph.ids[target[at]!]!
      const overdueSince = overdue(service, target[at]!)
      edges.push({ consumer, provider, until: whenOf(until[at]!), overdueSince })
    }
    return edges
  })
}

/** A blocker and the services that it holds themselves, not through a consumer. */
export type HeldBlocker = Blocker & { services: string[] }

/** Every blocker that could be ended, so without `permanent`, by code point of its id. */
export function listBlockers(judgement: Judgement): HeldBlocker[] {
  const { blockers, permanent } = judgement.holds
  const listed = blockers.map((blocker, number) => ({
    ...blocker,
    services: servicesHeld(judgement, number),
  }))
  return listed.filter((_, number) => number !== permanent)
}

/** The services that a blocker holds themselves, not through a consumer. */
export function servicesHeld({ graph, holds }: Judgement, blocker: number): string[] {
  const services = holds.holder.subarray(holds.heldFrom[blocker], holds.heldFrom[blocker + 1])
  return Array.from(services, service => graph.ids[service]!)
}

/** The same services first, then those that others pass it on to; what stays is not to go, so nothing holds it up. */
export function servicesReached({ graph, holds, verdicts }: Judgement, blocker: number): string[] {
  const holders = holds.holder.subarray(holds.heldFrom[blocker], holds.heldFrom[blocker + 1])
  const isHolder = new Set(holders)
  const others = reachedFrom(graph, holders).filter(service => !isHolder.has(service))
  const held = [...holders, ...others].filter(service => verdicts[service] !== 'KEEP')
  return held.map(service => graph.ids[service]!)
}
