import type { Graph } from './graph.ts'
import { type Groups, membersOfGroup } from './groups.ts'
import type { Pair } from './hints.ts'
import type { Judgement, Verdict } from './judge.ts'
import { standingOf, watchOn } from './uses.ts'

/** Services that need one another in a ring. */
export type ServiceGroup = {
  members: string[]
  verdicts: Verdict[]
  /** Members that stay. With any, the group is no shutdown group: its ring has to be broken first. */
  staying: string[]
  /** Live edges between members. */
  edges: Pair[]
  /** The single edge without which no ring is left; null when there is none. */
  breakingEdge: Pair | null
  /** Whether an edge of another use would do as well: one use may tie both ends. */
  isOneOfSeveral: boolean
}

/** Every group of two and more, by its first member. */
export function listGroups(judgement: Judgement): ServiceGroup[] {
  const { groups } = judgement
  const listed: Int32Array[] = []
  for (let group = 0; group < groups.count; group++) {
    const members = membersOfGroup(groups, group)
    if (members.length > 1) listed.push(members)
  }
  const isOfSameUse = sameUses(judgement)
  return listed.sort((a, b) => a[0]! - b[0]!).map(members => describe(judgement, [...members], isOfSameUse))
}

function describe(
  { graph, groups, verdicts }: Judgement,
  members: number[],
  isOfSameUse: SameUse,
): ServiceGroup {
  const edges = edgesInside(graph, groups, members)
  const isStaying = (member: number) => verdicts[member] === 'KEEP'
  const breaking = breakingEdgeOf(members, edges, isStaying, isOfSameUse)
  const pairOf = ([from, to]: Link): Pair => ({ consumer: graph.ids[from]!, provider: graph.ids[to]! })
  return {
    members: members.map(member => graph.ids[member]!),
    verdicts: members.map(member => verdicts[member]!),
    staying: members.filter(isStaying).map(member => graph.ids[member]!),
    edges: edges.map(pairOf),
    breakingEdge: breaking && pairOf(breaking.edge),
    isOneOfSeveral: breaking?.isOneOfSeveral ?? false,
  }
}

type Link = readonly [from: number, to: number]
type SameUse = (edge: Link, other: Link) => boolean

/** Whether nothing but what makes the one edge makes the other too: a use that ties both ends makes one each way. */
function sameUses({ graph, groups, landscape, today }: Judgement): SameUse {
  let known: Map<number, ReadonlySet<number>> | undefined
  return ([from, to], other) => {
    if (other[0] !== to || other[1] !== from) return false
    known ??= usesByEdge()
    const [uses, others] = [known.get(numberOf(from, to))!, known.get(numberOf(...other))!]
    return [...others].every(use => uses.has(use))
  }

  function numberOf(from: number, to: number): number {
    return from * graph.ids.length + to
  }

  function usesByEdge() {
    const isFresh = watchOn(landscape, today)
    const uses = new Map<number, Set<number>>()
    landscape.edges.forEach((edge, at) => {
      const [from, to] = [graph.ends.from[at]!, graph.ends.to[at]!]
      if (groups.of[from] !== groups.of[to] || standingOf(edge, isFresh) !== 'live') return
      const use = numberOf(from, to)
      for (const made of [edge.needs !== 'to' && use, edge.needs !== 'from' && numberOf(to, from)])
        if (made !== false) uses.set(made, (uses.get(made) ?? new Set()).add(use))
    })
    return uses
  }
}

function edgesInside(graph: Graph, groups: Groups, members: number[]): Link[] {
  const { start, target } = graph.providers
  return members.flatMap(from => {
    const targets = target.subarray(start[from]!, start[from + 1]!)
    const inside = targets.filter(to => groups.of[to] === groups.of[from]).sort()
    return Array.from(inside, to => [from, to] as const)
  })
}

/**
 * An edge breaks every ring only if it lies on each of them. So take the edges of one ring, leave one out,
 * and while a ring is still found keep those that lie on it too. Of several that would do, a use by somebody
 * who stays comes first: that one is re-pointed, the others would be rebuilt.
 */
function breakingEdgeOf(
  members: number[],
  edges: Link[],
  isStaying: (member: number) => boolean,
  isOfSameUse: SameUse,
): { edge: Link; isOneOfSeveral: boolean } | null {
  const preferred = [...edges].sort((a, b) => rankOf(b) - rankOf(a))
  const edge = firstThatBreaks(preferred, null)
  if (edge === null) return null
  const others = preferred.filter(
    other => other !== edge && rankOf(other) === rankOf(edge) && !isOfSameUse(edge, other),
  )
  const isOneOfSeveral = others.length > 0 && firstThatBreaks(others, others[0]!) !== null
  return { edge, isOneOfSeveral }

  function firstThatBreaks(some: Link[], first: Link | null): Link | null {
    let candidates = some
    for (let left = first; ; left = candidates[0]!) {
      const ring = ringIn(members, edges, left)
      if (ring === null) return left
      candidates = candidates.filter(edge => edge !== left && ring.get(edge[0]) === edge[1])
      if (candidates.length === 0) return null
    }
  }

  function rankOf([from, to]: Link): number {
    return isStaying(from) && !isStaying(to) ? 1 : 0
  }
}

/** One ring as consumer -> provider, the first that going down meets; null when there is none. */
function ringIn(members: number[], edges: Link[], left: Link | null): Map<number, number> | null {
  const targets = new Map<number, number[]>(members.map(member => [member, []]))
  for (const edge of edges) if (edge !== left) targets.get(edge[0])!.push(edge[1])
  const isDone = new Set<number>()
  for (const root of members) {
    const path = isDone.has(root) ? [] : [root]
    const place = new Map([[root, 0]])
    while (path.length > 0) {
      const at = path.at(-1)!
      const next = targets.get(at)!.pop()
      if (next === undefined) {
        isDone.add(at)
        place.delete(at)
        path.pop()
      } else if (place.has(next)) {
        const ring = path.slice(place.get(next))
        return new Map(ring.map((member, step) => [member, ring[(step + 1) % ring.length]!]))
      } else if (!isDone.has(next)) {
        place.set(next, path.length)
        path.push(next)
      }
    }
  }
  return null
}
