import type { Edge, Landscape } from '../landscape.ts'
import { type Adjacency, packed } from './adjacency.ts'
import { sortByCodePoint } from './code-points.ts'
import { type Groups, groupsOf, membersOfGroup } from './groups.ts'
import { NEVER } from './moments.ts'
import { eachNeed } from './uses.ts'

/**
 * Which services that are off have to be switched on before this one, in that order: each group after those that it
 * needs, which is the reverse of the waves in which they went, and within one wave by code point. Services that use
 * one another in a ring come back together, as one group; the one asked about is left out of its own, which comes last.
 * Calls have faded since, so every hard, unwaived use that was ever declared or seen counts.
 */
export function providersToBringBack(landscape: Landscape, id: string): string[][] {
  return wayBack(landscape, id)
    .map(({ others }) => others)
    .filter(others => others.length > 0)
}

/** Those of a ring with this service: none of them comes back before the other, so they come back together. */
export function ringToBringBack(landscape: Landscape, id: string): string[] {
  return wayBack(landscape, id).find(({ isOwn }) => isOwn)?.others ?? []
}

function wayBack(landscape: Landscape, id: string): { others: string[]; isOwn: boolean }[] {
  const off = landscape.services.filter(service => service.state === 'off').map(service => service.id)
  const ids = sortByCodePoint([...new Set([id, ...off])])
  const numbers = new Map(ids.map((one, number) => [one, number]))
  const providers = needsOf(landscape.edges, numbers)
  const groups = groupsOf({ ids, isOn: new Uint8Array(ids.length).fill(1), providers })
  const waves = wavesFrom(groups.of[numbers.get(id)!]!, groups, providers)
  const order = Array.from(waves.keys()).filter(group => waves[group]! > 0)
  return order
    .map(group => ({ wave: waves[group]!, members: membersOfGroup(groups, group) }))
    .sort((a, b) => b.wave - a.wave || a.members[0]! - b.members[0]!)
    .map(({ wave, members }) => ({
      others: Array.from(members, member => ids[member]!).filter(member => member !== id),
      isOwn: wave === 1,
    }))
}

/** Who needs whom among these services, consumer first. */
function needsOf(edges: readonly Edge[], numbers: ReadonlyMap<string, number>): Adjacency {
  const [from, to]: [number[], number[]] = [[], []]
  for (const edge of edges) {
    if (edge.strength === 'soft' || edge.waived || !(edge.declared || edge.lastSeen !== null)) continue
    eachNeed(edge.needs, edge.from, edge.to, add)
  }
  const until = new Int32Array(from.length).fill(NEVER)
  const arcs = { count: from.length, from: Int32Array.from(from), to: Int32Array.from(to), until }
  return packed(numbers.size, arcs)

  function add(consumer: string, provider: string) {
    const [one, other] = [numbers.get(consumer), numbers.get(provider)]
    if (one === undefined || other === undefined || one === other) return
    from.push(one)
    to.push(other)
  }
}

/** By group, 1 for where it begins; the longest way decides. 0 for what it does not need. */
function wavesFrom(begin: number, groups: Groups, { start, target }: Adjacency): Int32Array {
  const waves = new Int32Array(groups.count)
  waves[begin] = 1
  for (let group = begin; group >= 0; group--) {
    if (waves[group] === 0) continue
    for (const member of membersOfGroup(groups, group)) {
      for (const provider of target.subarray(start[member], start[member + 1])) {
        const needed = groups.of[provider]!
        if (needed !== group) waves[needed] = Math.max(waves[needed]!, waves[group]! + 1)
      }
    }
  }
  return waves
}
