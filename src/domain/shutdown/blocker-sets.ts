import type { Graph } from './graph.ts'
import { type Groups, membersOfGroup } from './groups.ts'
import type { Holds } from './holds.ts'

/**
 * The distinct sets of blockers that occur, each kept once as a bit set. Many services share few sets, so
 * comparing two sets is comparing two numbers. Set 0 is the empty one.
 */
export type BlockerSets = {
  /** Words in one bit set; set s is `words[s * width] .. words[(s + 1) * width - 1]`. */
  width: number
  words: Uint32Array
  /** The set R of each group: the blockers of its members and of everybody who reaches them. */
  ofGroup: Int32Array
}

/** One walk from consumers to providers. All members of a group reach one another and so share one set. */
export function blockerSetsOf(graph: Graph, groups: Groups, holds: Holds): BlockerSets {
  const width = Math.ceil(holds.blockers.length / 32)
  const sets = new Interner(width)
  const ofGroup = new Int32Array(groups.count)
  const mergedFor = new Int32Array(groups.count + 1).fill(-1)
  const union = new Uint32Array(width)
  for (let group = groups.count - 1; group >= 0; group--) {
    union.fill(0)
    for (const member of membersOfGroup(groups, group)) {
      for (let at = holds.start[member]!; at < holds.start[member + 1]!; at++) {
        const blocker = holds.blocker[at]!
        union[blocker >>> 5]! |= 1 << (blocker & 31)
      }
      for (let at = graph.consumers.start[member]!; at < graph.consumers.start[member + 1]!; at++) {
        const from = groups.of[graph.consumers.target[at]!]!
        if (from !== group) merge(ofGroup[from]!, group)
      }
    }
    ofGroup[group] = sets.numberOf(union)
  }
  return { width, words: sets.inUse(), ofGroup }

  function merge(set: number, group: number) {
    if (set === 0 || mergedFor[set] === group) return
    mergedFor[set] = group
    const { words } = sets
    const first = set * width
    for (let word = 0; word < width; word++) union[word] = union[word]! | words[first + word]!
  }
}

export function hasBlocker(sets: BlockerSets, set: number, blocker: number): boolean {
  return blocker >= 0 && (sets.words[set * sets.width + (blocker >>> 5)]! & (1 << (blocker & 31))) !== 0
}

/** The numbers of the blockers in a set, ascending; the first `most` of them. */
export function blockersIn(sets: BlockerSets, set: number, most = Number.POSITIVE_INFINITY): number[] {
  const found: number[] = []
  const first = set * sets.width
  for (let index = 0; index < sets.width; index++) {
    for (let rest = sets.words[first + index]!; rest !== 0; rest &= rest - 1) {
      if (found.length >= most) return found
      found.push(index * 32 + 31 - Math.clz32(rest & -rest))
    }
  }
  return found
}

/** All sets in one array that doubles: an array for each would cost more than the walk. */
class Interner {
  words: Uint32Array
  private count = 0
  private readonly width: number
  private readonly byHash = new Map<number, number[]>()

  constructor(width: number) {
    this.width = width
    this.words = new Uint32Array(width * 64)
    this.numberOf(new Uint32Array(width))
  }

  /** The number of an equal set seen before, or the next one; the given array stays the caller's. */
  numberOf(set: Uint32Array): number {
    const hash = hashOf(set)
    const sameHash = this.byHash.get(hash)
    for (const number of sameHash ?? []) if (this.isSame(number, set)) return number
    if (sameHash) sameHash.push(this.count)
    else this.byHash.set(hash, [this.count])
    return this.add(set)
  }

  /** A copy without the room that was kept for more: large landscapes are held in memory. */
  inUse(): Uint32Array {
    return this.words.slice(0, this.count * this.width)
  }

  private add(set: Uint32Array): number {
    if ((this.count + 1) * this.width > this.words.length) {
      const larger = new Uint32Array(this.words.length * 2)
      larger.set(this.words)
      this.words = larger
    }
    this.words.set(set, this.count * this.width)
    return this.count++
  }

  private isSame(number: number, set: Uint32Array): boolean {
    for (let word = 0; word < this.width; word++) {
      if (this.words[number * this.width + word] !== set[word]) return false
    }
    return true
  }
}

/** Multiply and shift, so that sets that differ in one bit of two words do not meet. */
function hashOf(words: Uint32Array): number {
  let hash = 0
  for (let word = 0; word < words.length; word++) {
    hash = Math.imul(hash ^ words[word]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}
