import { type Day, dayNumber } from '../calendar.ts'
import type { Edge, Landscape, ServiceState } from '../landscape.ts'
import { type Adjacency, type Arcs, packed, turnedRound, withoutPastEnds } from './adjacency.ts'
import { sortByCodePoint } from './code-points.ts'
import { NEVER } from './moments.ts'
import { standingOf, watchOn } from './uses.ts'

/** The services as numbers, and who holds whom among those that are on. */
export type Graph = {
  /** In code point order, so the smaller number is the earlier id whatever the order of the input. */
  ids: string[]
  numbers: Map<string, number>
  services: ServiceState[]
  isOn: Uint8Array
  /** The numbers of both ends of every edge, by the order of the landscape; -1 where no service has the id. */
  ends: { from: Int32Array; to: Int32Array }
  /** Live edges, consumer -> provider. Both ends are on; every pair occurs once. */
  providers: Adjacency
  /** The same edges seen from the provider. */
  consumers: Adjacency
  /** Uses whose consumer is off or not in the landscape; the provider is on. */
  strays: Stray[]
}

export type Stray = {
  edge: Edge
  consumer: string
  /** The consumer's number, -1 when no service has its id. */
  consumerNumber: number
  provider: number
}

/**
 * Interns the ids (in a Map: an id may be `__proto__` or `10`) and keeps the edges that count on `today`.
 *
 * `needs` says which end cannot live without the other: `from` leaves an edge as it is, `to` turns it round,
 * `both` gives one edge each way, so that either end's reasons also hold the other. A pair from several
 * sources is one edge that ends with the last of them. An end that has come while the edge is still live is
 * no end. Ids are expected to be unique.
 */
export function graphOf(landscape: Landscape, today: Day): Graph {
  const services = new Map(landscape.services.map(service => [service.id, service]))
  const ids = sortByCodePoint([...services.keys()])
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const ordered = ids.map(id => services.get(id)!)
  const isOn = Uint8Array.from(ordered, service => (service.state === 'on' ? 1 : 0))
  const ends = endsOf(landscape.edges, numbers)
  const { arcs, strays } = arcsOf(landscape, today, ends, isOn)
  const providers = withoutPastEnds(packed(ids.length, arcs), dayNumber(today))
  return { ids, numbers, services: ordered, isOn, ends, providers, consumers: turnedRound(providers), strays }
}

/** Looked up once: with hundreds of thousands of edges the ids cost more than the walk. */
function endsOf(edges: readonly Edge[], numbers: Map<string, number>): Graph['ends'] {
  const ends = { from: new Int32Array(edges.length), to: new Int32Array(edges.length) }
  edges.forEach((edge, at) => {
    ends.from[at] = numbers.get(edge.from) ?? -1
    ends.to[at] = numbers.get(edge.to) ?? -1
  })
  return ends
}

function arcsOf(landscape: Landscape, today: Day, ends: Graph['ends'], isOn: Uint8Array) {
  const most = landscape.edges.length * 2
  const arcs: Arcs = {
    count: 0,
    from: new Int32Array(most),
    to: new Int32Array(most),
    until: new Int32Array(most),
  }
  const strays: Stray[] = []
  const isFresh = watchOn(landscape, today)
  landscape.edges.forEach((edge, at) => {
    if (standingOf(edge, isFresh) !== 'live') return
    const [from, to] = [ends.from[at]!, ends.to[at]!]
    if (edge.needs !== 'to') add(edge, edge.from, from, to)
    if (edge.needs !== 'from') add(edge, edge.to, to, from)
  })
  return { arcs, strays }

  function add(edge: Edge, consumer: string, from: number, to: number) {
    if (to < 0 || !isOn[to]) return
    if (from < 0 || !isOn[from]) {
      strays.push({ edge, consumer, consumerNumber: from, provider: to })
      return
    }
    arcs.from[arcs.count] = from
    arcs.to[arcs.count] = to
    arcs.until[arcs.count++] = edge.until === null ? NEVER : dayNumber(edge.until)
  }
}

/** Those services and everybody they need, directly or not, in ascending order. */
export function reachedFrom({ providers }: Graph, services: Iterable<number>): Int32Array {
  return reachedAlong(providers, services)
}

/** Those services and their neighbours, and theirs, in ascending order. */
export function reachedAlong({ start, target }: Adjacency, services: Iterable<number>): Int32Array {
  const reached = new Set(services)
  for (const service of reached) {
    for (let at = start[service]!; at < start[service + 1]!; at++) reached.add(target[at]!)
  }
  return Int32Array.from(reached).sort()
}
