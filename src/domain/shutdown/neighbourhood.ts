import type { Adjacency } from './adjacency.ts'
import type { Judgement } from './judge.ts'

/** Steps from the service in the middle: negative towards its consumers, positive towards its providers. */
type Neighbour = { id: string; steps: number }

export type Neighbourhood = {
  /** Consumers first, the service itself between, providers last; nearer ones nearer to it. */
  services: Neighbour[]
  /** Live uses between them. */
  edges: { consumer: string; provider: string }[]
  /** How many more are within reach and were left out. */
  left: number
}

/**
 * Who uses a service and what it uses, directly and through others, up to `depth` steps each way and `most`
 * services in all, nearest first and by turns from both sides. Null when there is no such service.
 */
export function neighbourhoodOf(
  { graph }: Judgement,
  id: string,
  depth: number,
  most: number,
): Neighbourhood | null {
  const middle = graph.numbers.get(id)
  if (middle === undefined) return null
  const steps = new Map([[middle, 0]])
  const reached = new Set([middle])
  let [above, below] = [[middle], [middle]]
  for (let step = 1; step <= depth; step++) {
    above = nextTo(graph.consumers, above, steps)
    below = nextTo(graph.providers, below, steps).filter(service => !above.includes(service))
    for (const service of [...above, ...below]) reached.add(service)
    for (let at = 0; at < Math.max(above.length, below.length); at++) {
      if (at < above.length && steps.size < most) steps.set(above[at]!, -step)
      if (at < below.length && steps.size < most) steps.set(below[at]!, step)
    }
    above = above.filter(service => steps.has(service))
    below = below.filter(service => steps.has(service))
  }
  const services = [...steps].sort(([a, x], [b, y]) => x - y || a - b)
  const { start, target } = graph.providers
  return {
    services: services.map(([service, at]) => ({ id: graph.ids[service]!, steps: at })),
    edges: services.flatMap(([consumer]) =>
      Array.from(
        target.subarray(start[consumer], start[consumer + 1]).filter(provider => steps.has(provider)),
      ).map(provider => ({ consumer: graph.ids[consumer]!, provider: graph.ids[provider]! })),
    ),
    left: reached.size - steps.size,
  }
}

/** Everybody one step on who has not been met. */
function nextTo(
  { start, target }: Adjacency,
  from: readonly number[],
  met: ReadonlyMap<number, number>,
): number[] {
  const found = new Set<number>()
  for (const service of from) {
    for (let at = start[service]!; at < start[service + 1]!; at++) {
      if (!met.has(target[at]!)) found.add(target[at]!)
    }
  }
  return [...found].sort((a, b) => a - b)
}
