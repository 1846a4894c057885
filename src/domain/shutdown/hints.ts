import type { Edge } from '../landscape.ts'
import type { Judgement } from './judge.ts'
import { standingOf, watchOn } from './uses.ts'

export type Pair = { consumer: string; provider: string }

/** Things for a person to decide; none of them changes a verdict by itself. */
export type Hints = {
  /** Live only by declaration: no source ever saw a call. */
  toWithdraw: Pair[]
  /** Live only by observation: declare it, or waive it when it is a health check, a scanner or a backup. */
  toDeclareOrWaive: Pair[]
  /** Switched on, to go, and in no reported use at all: ready on paper only until its owner confirms. */
  withoutEvidence: string[]
}

/** Pairs by the order of the landscape, judged over all live sources of a pair together. */
export function hintsOf(judgement: Judgement): Hints {
  const { landscape, today, graph } = judgement
  const isFresh = watchOn(landscape, today)
  const pairs = new Map<string, Seen>()
  const isNamed = new Set<string>(landscape.externals.map(use => use.to))
  for (const edge of landscape.edges) {
    isNamed.add(edge.from).add(edge.to)
    if (standingOf(edge, isFresh) === 'live') see(pairs, edge)
  }
  const seen = [...pairs.values()]
  return {
    toWithdraw: seen.filter(pair => !pair.isObserved).map(pairOf),
    toDeclareOrWaive: seen.filter(pair => !pair.isDeclared).map(pairOf),
    withoutEvidence: graph.ids.filter(
      (id, service) => !isNamed.has(id) && !['OFF', 'KEEP'].includes(judgement.verdicts[service]!),
    ),
  }
}

type Seen = Pair & { isDeclared: boolean; isObserved: boolean }

function see(pairs: Map<string, Seen>, { from, to, declared, lastSeen }: Edge) {
  const key = JSON.stringify([from, to])
  const pair = pairs.get(key) ?? { consumer: from, provider: to, isDeclared: false, isObserved: false }
  pair.isDeclared ||= declared
  pair.isObserved ||= lastSeen !== null
  pairs.set(key, pair)
}

function pairOf({ consumer, provider }: Seen): Pair {
  return { consumer, provider }
}
