import type { Graph } from './graph.ts'

/** Services that use one another in a ring, directly or not, and so can only go off together. */
export type Groups = {
  count: number
  /** Group of each service, -1 for a service that is off. Providers have smaller numbers than their consumers. */
  of: Int32Array
  /** Members of group g in ascending order: `member[start[g]] .. member[start[g + 1] - 1]`. */
  start: Int32Array
  member: Int32Array
}

/**
 * Strongly connected components of the on services over live edges (Tarjan, 1972), with the call stack kept
 * by hand: a chain of 30,000 services is an ordinary input. A component is finished after all its providers,
 * so counting down the group numbers visits consumers before providers.
 */
export function groupsOf(graph: Pick<Graph, 'ids' | 'isOn' | 'providers'>): Groups {
  const size = graph.ids.length
  const of = new Int32Array(size).fill(-1)
  const found = new Int32Array(size)
  const low = new Int32Array(size)
  const next = new Int32Array(size)
  const path = new Int32Array(size)
  const open = new Int32Array(size)
  const { start, target } = graph.providers
  let count = 0
  let clock = 0
  let pathLength = 0
  let openLength = 0
  for (let root = 0; root < size; root++) {
    if (!graph.isOn[root] || found[root]) continue
    enter(root)
    while (pathLength > 0) {
      const n = path[pathLength - 1]!
      if (next[n]! === start[n + 1]!) leave(n)
      else visit(n, target[next[n]!++]!)
    }
  }
  return { count, of, ...membersOf(of, count) }

  function enter(n: number) {
    found[n] = low[n] = ++clock
    next[n] = start[n]!
    path[pathLength++] = n
    open[openLength++] = n
  }

  function visit(n: number, provider: number) {
    if (!found[provider]) enter(provider)
    else if (of[provider] === -1 && found[provider]! < low[n]!) low[n] = found[provider]!
  }

  function leave(n: number) {
    pathLength--
    if (pathLength > 0) {
      const caller = path[pathLength - 1]!
      if (low[n]! < low[caller]!) low[caller] = low[n]!
    }
    if (low[n] !== found[n]) return
    let member: number
    do {
      member = open[--openLength]!
      of[member] = count
    } while (member !== n)
    count++
  }
}

/** The members of one group, ascending. */
export function membersOfGroup(groups: Groups, group: number): Int32Array {
  return groups.member.subarray(groups.start[group], groups.start[group + 1])
}

function membersOf(of: Int32Array, count: number): { start: Int32Array; member: Int32Array } {
  const start = new Int32Array(count + 1)
  for (const group of of) if (group >= 0) start[group + 1]!++
  for (let group = 0; group < count; group++) start[group + 1]! += start[group]!
  const next = start.slice(0, count)
  const member = new Int32Array(start[count]!)
  for (let n = 0; n < of.length; n++) {
    const group = of[n]!
    if (group >= 0) member[next[group]!++] = n
  }
  return { start, member }
}
