import { earliestOf } from './dates.ts'
import type { Judgement } from './judge.ts'
import { isDay, type Moment, NEVER, type When, whenOf } from './moments.ts'

/** A way from somebody who stays to what they use, both included, and when its first use to be re-pointed is. */
export type StayingWay = { chain: string[]; until: When }

/**
 * Who stays and holds a service longest, by a shortest way: the one without a planned end where there is one, because
 * that is why the service can never go; else the one whose planned end comes last. Null when nobody who stays uses it.
 */
export function stayingWay(judgement: Judgement, id: string): StayingWay | null {
  return listStayingWays(judgement, [id], 1).ways[0] ?? null
}

/**
 * Everybody who stays and uses some of the services, each by the way that holds longest, and of those by a shortest:
 * who holds longest comes first, then the nearest. No way leads through another who stays, for what such a one uses is
 * not to be re-pointed. At most so many ways are given; `more` counts the others who stay.
 */
export function listStayingWays(
  judgement: Judgement,
  ids: readonly string[],
  most: number,
): { ways: StayingWay[]; more: number } {
  const { graph, verdicts } = judgement
  const known = ids.flatMap(id => graph.numbers.get(id) ?? [])
  const held = new Set(known.filter(service => graph.isOn[service]))
  const ends = longestEnds(judgement, held)
  const staying = [...ends.keys()].filter(n => ends[n]! > 0 && verdicts[n] === 'KEEP' && !held.has(n))
  const byEnd = [...Map.groupBy(staying, service => ends[service]!)].sort(([a], [b]) => b - a)
  const ways: StayingWay[] = []
  for (const [end, holders] of byEnd) {
    if (ways.length >= most) break
    const found = waysWithin(judgement, held, end, new Set(holders))
    ways.push(...found.map(way => ({ chain: way.map(number => graph.ids[number]!), until: whenOf(end) })))
  }
  return { ways: ways.slice(0, most), more: Math.max(0, staying.length - most) }
}

/** By service: how long some way from it to one of those held lasts; 0 for none. */
function longestEnds({ graph, verdicts }: Judgement, held: ReadonlySet<number>): Int32Array {
  const { start } = graph.consumers
  const until = graph.consumers.until.slice()
  const ownEnds = new Int32Array(graph.ids.length)
  for (const service of held) ownEnds[service] = NEVER
  for (let service = 0; service < ownEnds.length; service++)
    if (verdicts[service] === 'KEEP' && !held.has(service)) until.fill(0, start[service], start[service + 1])
  return earliestOf({ ...graph.consumers, until }, ownEnds, 0)
}

/** The use on the way whose planned end is the day of the way; null where it has none. */
export function endingUse(
  { graph }: Judgement,
  { chain, until }: StayingWay,
): { consumer: string; provider: string } | null {
  if (!isDay(until)) return null
  for (let at = 0; at + 1 < chain.length; at++) {
    const [consumer, provider] = [chain[at]!, chain[at + 1]!]
    const [from, to] = [graph.numbers.get(consumer)!, graph.numbers.get(provider)!]
    let last = -1
    for (let use = graph.consumers.start[to]!; use < graph.consumers.start[to + 1]!; use++)
      if (graph.consumers.target[use] === from) last = Math.max(last, graph.consumers.until[use]!)
    if (last >= 0 && whenOf(last) === until) return { consumer, provider }
  }
  return null
}

/** The ways of those wanted over uses that last until `end` or longer; nearest first, ties by number. */
function waysWithin(
  { graph, verdicts }: Judgement,
  held: ReadonlySet<number>,
  end: Moment,
  wanted: ReadonlySet<number>,
): number[][] {
  const { start, target, until } = graph.consumers
  const towards = new Map(Array.from(held, service => [service, -1]))
  const ways: number[][] = []
  for (const [number, next] of towards) {
    if (wanted.has(number)) ways.push(followed(towards, number))
    if (ways.length === wanted.size) break
    if (next >= 0 && verdicts[number] === 'KEEP') continue
    for (let at = start[number]!; at < start[number + 1]!; at++) {
      if (until[at]! >= end && !towards.has(target[at]!)) towards.set(target[at]!, number)
    }
  }
  return ways
}

function followed(towards: ReadonlyMap<number, number>, from: number): number[] {
  const way: number[] = []
  for (let number = from; number >= 0; number = towards.get(number)!) way.push(number)
  return way
}
