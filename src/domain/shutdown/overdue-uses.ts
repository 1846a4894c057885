import type { Day } from '../calendar.ts'
import type { Edge } from '../landscape.ts'
import type { Graph } from './graph.ts'
import type { Judgement } from './judge.ts'
import type { StayingWay } from './staying.ts'
import { eachNeed, outsideStandingOf, standingOf, watchOn } from './uses.ts'

/** A use that was to end on a day that has come, and still counts. */
export type OverdueUse = { consumer: string; provider: string; since: Day }

type Uses = Pick<Judgement, 'graph' | 'landscape' | 'today'>

/**
 * The last day on which a use was to end, by the numbers of who needs whom: of those that still count, where all their
 * sources named one and all these days have come.
 */
export function overdueEnds(uses: Uses): (consumer: number, provider: number) => Day | null {
  const ends = endsByPair(uses)
  return (consumer, provider) => ends.get(pairOf(uses.graph, consumer, provider)) ?? null
}

export function hasOverdue(uses: Uses): boolean {
  return endsByPair(uses).size > 0
}

type Ends = ReadonlyMap<number, Day | null>

const known = new WeakMap<Graph, Ends>()

/** Worked out once for each graph, which is made of the same uses; null where it ends later, or nobody knows when. */
function endsByPair(uses: Uses): Ends {
  const ends = known.get(uses.graph) ?? findEnds(uses)
  known.set(uses.graph, ends)
  return ends
}

function findEnds({ graph, landscape, today }: Uses): Ends {
  const isFresh = watchOn(landscape, today)
  const isLive = (edge: Edge) => standingOf(edge, isFresh) === 'live'
  const ends = new Map<number, Day | null>()
  // Few uses are overdue, so first comes which pairs may be.
  eachPair((pair, edge) => {
    if (hasCome(edge.until, today) && isLive(edge)) ends.set(pair, edge.until)
  })
  if (ends.size === 0) return ends
  eachPair((pair, edge) => {
    const end = ends.get(pair)
    if (end && isLive(edge)) ends.set(pair, laterOf(end, edge.until, today))
  })
  return ends

  function eachPair(note: (pair: number, edge: Edge) => void) {
    landscape.edges.forEach((edge, at) => {
      const [from, to] = [graph.ends.from[at]!, graph.ends.to[at]!]
      if (!graph.isOn[from] || !graph.isOn[to]) return
      eachNeed(edge.needs, from, to, (consumer, provider) => note(pairOf(graph, consumer, provider), edge))
    })
  }
}

function pairOf({ ids }: Graph, consumer: number, provider: number): number {
  return consumer * ids.length + provider
}

/** The use on the way of somebody who stays that was to end it first; null where none is overdue, or it ends. */
export function overdueUse(judgement: Judgement, { chain, until }: StayingWay): OverdueUse | null {
  if (until !== 'never') return null
  const overdue = overdueEnds(judgement)
  const numbers = chain.map(id => judgement.graph.numbers.get(id)!)
  const found = numbers.slice(1).flatMap((provider, at) => {
    const since = overdue(numbers[at]!, provider)
    return since ? [{ consumer: chain[at]!, provider: chain[at + 1]!, since }] : []
  })
  return found.sort((a, b) => (a.since < b.since ? -1 : 1))[0] ?? null
}

/** Of what is to go: uses by services that run, by consumer, then provider, and by those outside the estate. */
export function listOverdueUses(judgement: Judgement): { services: OverdueUse[]; externals: OverdueUse[] } {
  const { graph, verdicts } = judgement
  const pairs = [...endsByPair(judgement)].sort(([a], [b]) => a - b)
  const services = pairs.flatMap(([pair, since]) => {
    const [consumer, provider] = [Math.floor(pair / graph.ids.length), pair % graph.ids.length]
    const isToGo = since && verdicts[provider] !== 'KEEP'
    return isToGo ? [{ consumer: graph.ids[consumer]!, provider: graph.ids[provider]!, since }] : []
  })
  return { services, externals: overdueOutsiders(judgement) }
}

function overdueOutsiders({ graph, landscape, today, verdicts }: Judgement): OverdueUse[] {
  const isFresh = watchOn(landscape, today)
  const ends = new Map<string, OverdueUse | null>()
  for (const use of landscape.externals) {
    const { name, to, until } = use
    const verdict = verdicts[graph.numbers.get(to) ?? -1] ?? 'OFF'
    if (verdict === 'OFF' || verdict === 'KEEP' || use.needs === 'to') continue
    if (outsideStandingOf(use, isFresh) !== 'live') continue
    const pair = JSON.stringify([name, to])
    const known = ends.get(pair)
    const first = hasCome(until, today) ? until : null
    const since = known === undefined ? first : known && laterOf(known.since, until, today)
    ends.set(pair, since ? { consumer: name, provider: to, since } : null)
  }
  return [...ends.values()].flatMap(use => use ?? [])
}

/** Null where one of them is no day that has come. */
function laterOf(known: Day, until: Day | null, today: Day): Day | null {
  if (!hasCome(until, today)) return null
  return known > until ? known : until
}

function hasCome(until: Day | null, today: Day): until is Day {
  return until !== null && until <= today
}
