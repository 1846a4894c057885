import type { BlockerSets } from './blocker-sets.ts'
import type { Graph } from './graph.ts'
import { type Groups, membersOfGroup } from './groups.ts'

/**
 * The wave of every group that nothing holds: 1 can go now, n only after a consumer in wave n - 1. It is the
 * longest path, not the shortest: the last consumer decides. 0 for a group that something holds.
 */
export function wavesOf(graph: Graph, groups: Groups, sets: BlockerSets): Int32Array {
  const waves = new Int32Array(groups.count)
  for (let group = groups.count - 1; group >= 0; group--) {
    if (sets.ofGroup[group] !== 0) continue
    let wave = 1
    for (const member of membersOfGroup(groups, group)) {
      for (let at = graph.consumers.start[member]!; at < graph.consumers.start[member + 1]!; at++) {
        const from = groups.of[graph.consumers.target[at]!]!
        if (from !== group && waves[from]! >= wave) wave = waves[from]! + 1
      }
    }
    waves[group] = wave
  }
  return waves
}
