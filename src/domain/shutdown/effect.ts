import { listBlockers } from './estate.ts'
import type { Judgement, Verdict } from './judge.ts'

/** What a change of the register did to the answers: services by id, blockers by id. */
export type Effect = {
  nowReady: string[]
  noLongerReady: string[]
  /** Free now, but only after consumers that still run. */
  nowFree: string[]
  blockersGone: string[]
  blockersNew: string[]
}

/** Compares two judgements of the same day, services and blockers by code point. */
export function effectOf(before: Judgement, after: Judgement): Effect {
  const [was, is] = [verdictsOf(before), verdictsOf(after)]
  const turned = (verdict: Verdict, from: Map<string, Verdict>, to: Map<string, Verdict>) =>
    [...to].filter(([id, now]) => now === verdict && from.get(id) !== verdict).map(([id]) => id)
  const [held, holds] = [blockersOf(before), blockersOf(after)]
  return {
    nowReady: turned('READY', was, is),
    noLongerReady: turned('READY', is, was),
    nowFree: turned('FREE', was, is),
    blockersGone: held.filter(id => !holds.includes(id)),
    blockersNew: holds.filter(id => !held.includes(id)),
  }
}

function verdictsOf({ graph, verdicts }: Judgement): Map<string, Verdict> {
  return new Map(graph.ids.map((id, service) => [id, verdicts[service]!]))
}

function blockersOf(judgement: Judgement): string[] {
  return listBlockers(judgement).map(({ id }) => id)
}
