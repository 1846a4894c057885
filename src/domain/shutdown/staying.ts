import type { Judgement } from './judge.ts'
import { type Moment, NEVER, type When, whenOf } from './moments.ts'

/** A way from somebody who stays to what they use, both included, and when its first use to be re-pointed is. */
export type StayingWay = { chain: string[]; until: When }

/**
 * Who stays and holds a service longest, by a shortest way: the one without a planned end where there is one, because
 * that is why the service can never go; else the one whose planned end comes last. Null when nobody who stays uses it.
 */
export function stayingWay(judgement: Judgement, id: string): StayingWay | null {
  const { graph } = judgement
  const service = graph.numbers.get(id)
  if (service === undefined || !graph.isOn[service]) return null
  const ends = [...new Set([NEVER, ...graph.consumers.until])].sort((a, b) => b - a)
  let [way, last] = [wayWithin(judgement, service, NEVER), NEVER]
  if (way === null) {
    // Whoever reaches it by longer uses reaches it by shorter ones too: halving finds the longest.
    let [none, some] = [0, ends.length - 1]
    way = wayWithin(judgement, service, ends[some]!)
    if (way === null) return null
    last = ends[some]!
    while (some - none > 1) {
      const middle = (none + some) >> 1
      const found = wayWithin(judgement, service, ends[middle]!)
      if (found === null) none = middle
      else [some, way, last] = [middle, found, ends[middle]!]
    }
  }
  return { chain: way.map(number => graph.ids[number]!), until: whenOf(last) }
}

/** The use on the way whose planned end is the day of the way; null where it has none. */
export function endingUse(
  { graph }: Judgement,
  { chain, until }: StayingWay,
): { consumer: string; provider: string } | null {
  if (until === 'never' || until === 'unknown') return null
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

const LOOKED_AT = 30
const WAYS = 3

/** The first ways by which somebody who stays holds any of some services, an example each: 3 at most, of the first 30 services. */
export function someStayingWays(judgement: Judgement, ids: readonly string[]): StayingWay[] {
  const ways = ids.slice(0, LOOKED_AT).flatMap(id => stayingWay(judgement, id) ?? [])
  return ways.slice(0, WAYS)
}

/** The nearest who stays, over uses that last until `end` or longer; nearest first, ties by number. */
function wayWithin({ graph, verdicts }: Judgement, service: number, end: Moment): number[] | null {
  const { start, target, until } = graph.consumers
  const towards = new Map([[service, -1]])
  for (const number of towards.keys()) {
    if (verdicts[number] === 'KEEP' && number !== service) return followed(towards, number)
    for (let at = start[number]!; at < start[number + 1]!; at++) {
      if (until[at]! >= end && !towards.has(target[at]!)) towards.set(target[at]!, number)
    }
  }
  return null
}

function followed(towards: ReadonlyMap<number, number>, from: number): number[] {
  const way: number[] = []
  for (let number = from; number >= 0; number = towards.get(number)!) way.push(number)
  return way
}
