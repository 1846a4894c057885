import type { Judgement } from './judge.ts'
import { type Change, isOffAlready } from './what-if.ts'

/** One name in a change, by the field that it stands in. */
export type ChangeName = { field: keyof Change; id: string }

/** Names of nothing that can be changed so, which therefore change nothing. What is off already is another matter. */
export function listNotThere(
  judgement: Judgement,
  { resolve, systems, dropEdges, off }: Change,
): ChangeName[] {
  const named = (field: keyof Change, ids: readonly string[]) => ids.map(id => ({ field, id }))
  const pairs = dropEdges.filter(pair => !isUse(judgement, pair))
  return [
    ...named(
      'resolve',
      resolve.filter(id => !isResolvable(judgement, id)),
    ),
    ...named(
      'systems',
      systems.filter(id => !isSystem(judgement, id)),
    ),
    ...named(
      'dropEdges',
      pairs.map(pair => pair.join('>')),
    ),
    ...named(
      'off',
      off.filter(id => !isOn(judgement, id) && !isOffAlready(judgement, id)),
    ),
  ]
}

/** What stays cannot be resolved. */
export function isResolvable({ holds }: Judgement, id: string): boolean {
  return holds.numbers.has(id) && holds.numbers.get(id) !== holds.permanent
}

export function isSystem({ landscape }: Judgement, id: string): boolean {
  return landscape.systems.some(system => system.id === id)
}

export function isOn({ graph }: Judgement, id: string): boolean {
  return graph.isOn[graph.numbers.get(id) ?? -1] === 1
}

/** The frontier names a pair by who holds whom, which for some uses is the other way round than reported. */
export function isUse({ landscape }: Judgement, [consumer, provider]: [string, string]): boolean {
  return landscape.edges.some(
    ({ from, to, needs }) =>
      (from === consumer && to === provider) || (needs !== 'from' && from === provider && to === consumer),
  )
}
