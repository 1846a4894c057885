import type { Blocker } from './blockers.ts'
import { type Judgement, VERDICTS, type Verdict } from './judge.ts'
import { type When, whenOf } from './moments.ts'

/** How many services have each verdict; verdicts that nobody has are absent. */
export function countVerdicts(judgement: Judgement): Map<Verdict, number> {
  const counts = new Map<Verdict, number>()
  for (const verdict of judgement.verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return new Map(
    VERDICTS.filter(verdict => counts.has(verdict)).map(verdict => [verdict, counts.get(verdict)!]),
  )
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
export type FrontierEdge = { consumer: string; provider: string; until: When }

/** The re-pointing work list: live edges from staying to other services, by consumer, then provider. */
export function listFrontier({ graph, verdicts }: Judgement): FrontierEdge[] {
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
      edges.push({ consumer, provider: graph.ids[target[at]!]!, until: whenOf(until[at]!) })
    }
    return edges
  })
}

/** A blocker and the services that it holds themselves, not through a consumer. */
export type HeldBlocker = Blocker & { services: string[] }

/** Every blocker that could be ended, so without `permanent`, by code point of its id. */
export function listBlockers({ graph, holds }: Judgement): HeldBlocker[] {
  const listed = holds.blockers.map(blocker => ({ ...blocker, services: [] as string[] }))
  graph.ids.forEach((id, service) => {
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      listed[holds.blocker[at]!]!.services.push(id)
    }
  })
  return listed.filter((_, number) => number !== holds.permanent)
}
