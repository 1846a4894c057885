import type { Adjacency } from './adjacency.ts'
import type { Graph } from './graph.ts'
import { type Groups, membersOfGroup } from './groups.ts'
import { afterDays, type Moment, NEVER } from './moments.ts'

/**
 * The earliest end for every service: the latest, over all chains that lead to it, of the own end of the
 * chain's first service, capped by the planned end of each edge on the way. `ownEnds` gives each service's
 * own end, `today` where it has none; what nothing holds comes out as `today`. An edge that ends today or before
 * passes nothing on.
 *
 * This is the widest-path variant of Dijkstra's method (Pollack, 1960): settle the largest value first. Values
 * only ever are own ends and edge ends, so a bucket for each takes the place of a heap (Dial, 1969).
 */
export function earliestOf(providers: Adjacency, ownEnds: Int32Array, today: Moment): Int32Array {
  const earliest = new Int32Array(ownEnds.length).fill(today)
  const buckets = new Map<Moment, number[]>()
  ownEnds.forEach((end, service) => {
    if (end > today) bucketOf(end).push(service)
  })
  for (const end of new Set(providers.until)) if (end > today) bucketOf(end)
  const stack: number[] = []
  const isSettled = new Uint8Array(ownEnds.length)
  for (const value of [...buckets.keys()].sort((a, b) => b - a)) {
    for (const service of buckets.get(value)!) {
      settle(service, value)
      while (stack.length > 0) pass(stack.pop()!, value)
    }
  }
  return earliest

  function bucketOf(value: Moment): number[] {
    let bucket = buckets.get(value)
    if (!bucket) {
      bucket = []
      buckets.set(value, bucket)
    }
    return bucket
  }

  function settle(service: number, value: Moment) {
    if (isSettled[service]) return
    isSettled[service] = 1
    earliest[service] = value
    stack.push(service)
  }

  /** An edge that ends earlier lets its provider go then: that waits in the bucket of the edge's end. */
  function pass(service: number, value: Moment) {
    const { start, target, until } = providers
    for (let at = start[service]!; at < start[service + 1]!; at++) {
      const provider = target[at]!
      if (isSettled[provider]) continue
      if (until[at]! >= value) settle(provider, value)
      else buckets.get(until[at]!)?.push(provider)
    }
  }
}

/**
 * The planned day of every group: never before its own members are free, and never before `soakDays` of quiet
 * after each group that uses it went, or was re-pointed. Consumers that are free today still have to go first,
 * so a group that nothing holds is planned for today plus the soak of the waves before it.
 */
export function plannedOf(graph: Graph, groups: Groups, ownEnds: Int32Array, soakDays: number): Int32Array {
  // Consumers come first, but for one whose use is over: that may be reached later, and only the end of the use counts.
  const planned = new Int32Array(groups.count).fill(NEVER)
  const { start, target, until } = graph.consumers
  for (let group = groups.count - 1; group >= 0; group--) {
    let latest = 0
    for (const member of membersOfGroup(groups, group)) {
      latest = Math.max(latest, ownEnds[member]!)
      for (let at = start[member]!; at < start[member + 1]!; at++) {
        const from = groups.of[target[at]!]!
        if (from === group) continue
        latest = Math.max(latest, afterDays(Math.min(planned[from]!, until[at]!), soakDays))
      }
    }
    planned[group] = latest
  }
  return planned
}
