import type { Graph } from './graph.ts'
import { type Groups, membersOfGroup } from './groups.ts'
import type { Holds } from './holds.ts'

/**
 * The distinct sets of blockers that occur, each kept once. Many services share few sets, so comparing two sets is
 * comparing two numbers. Set 0 is the empty one. A set is a bit set without its empty words: an estate has tens of
 * thousands of blockers, of which one service rarely meets more than some dozens.
 */
export type BlockerSets = {
  /** Words of set s: `start[s] .. start[s + 1] - 1`, each with its place in the whole bit set, ascending. */
  start: Int32Array
  place: Int32Array
  word: Uint32Array
  /** The set R of each group: the blockers of its members and of everybody who reaches them. */
  ofGroup: Int32Array
}

/** One walk from consumers to providers. All members of a group reach one another and so share one set. */
export function blockerSetsOf(graph: Graph, groups: Groups, holds: Holds): BlockerSets {
  const union = new Union(holds.blockers.length)
  const sets = new Interner(groups.count)
  const ofGroup = new Int32Array(groups.count)
  const mergedFor = new Int32Array(groups.count + 1).fill(-1)
  for (let group = groups.count - 1; group >= 0; group--) {
    for (const member of membersOfGroup(groups, group)) {
      for (let at = holds.start[member]!; at < holds.start[member + 1]!; at++) {
        const blocker = holds.blocker[at]!
        union.add(blocker >>> 5, 1 << (blocker & 31))
      }
      for (let at = graph.consumers.start[member]!; at < graph.consumers.start[member + 1]!; at++) {
        const from = groups.of[graph.consumers.target[at]!]!
        if (from !== group) merge(ofGroup[from]!, group)
      }
    }
    union.moveTo(sets)
    ofGroup[group] = sets.intern()
  }
  return { ...sets.inUse(), ofGroup }

  function merge(set: number, group: number) {
    if (set === 0 || mergedFor[set] === group) return
    mergedFor[set] = group
    for (let at = sets.start[set]!; at < sets.start[set + 1]!; at++)
      union.add(sets.place[at]!, sets.word[at]!)
  }
}

export function hasBlocker(sets: BlockerSets, set: number, blocker: number): boolean {
  if (blocker < 0) return false
  const place = blocker >>> 5
  let [first, end] = [sets.start[set]!, sets.start[set + 1]!]
  while (first < end) {
    const middle = (first + end) >>> 1
    if (sets.place[middle]! < place) first = middle + 1
    else end = middle
  }
  const isThere = first < sets.start[set + 1]! && sets.place[first] === place
  return isThere && (sets.word[first]! & (1 << (blocker & 31))) !== 0
}

/** The numbers of the blockers in a set, ascending. */
export function blockersIn(sets: BlockerSets, set: number): number[] {
  const found: number[] = []
  for (let at = sets.start[set]!; at < sets.start[set + 1]!; at++) {
    for (let rest = sets.word[at]!; rest !== 0; rest &= rest - 1) {
      found.push(sets.place[at]! * 32 + 31 - Math.clz32(rest & -rest))
    }
  }
  return found
}

/** How many blockers are in a set; counted no further than `most`. */
export function sizeOf(sets: BlockerSets, set: number, most: number): number {
  let size = 0
  for (let at = sets.start[set]!; at < sets.start[set + 1]!; at++) {
    for (let rest = sets.word[at]!; rest !== 0; rest &= rest - 1) if (++size >= most) return size
  }
  return size
}

/** A whole bit set that is filled and emptied for one group after the other, at the cost of the words it has. */
class Union {
  private readonly words: Uint32Array
  /** A bit for each word that is not empty, so that they are found in order. */
  private readonly filled: Uint32Array

  constructor(bits: number) {
    this.words = new Uint32Array(Math.ceil(bits / 32))
    this.filled = new Uint32Array(Math.ceil(this.words.length / 32))
  }

  add(place: number, word: number) {
    this.words[place]! |= word
    this.filled[place >>> 5]! |= 1 << (place & 31)
  }

  moveTo(sets: Interner) {
    const { words, filled } = this
    for (let index = 0; index < filled.length; index++) {
      for (let rest = filled[index]!; rest !== 0; rest &= rest - 1) {
        const place = index * 32 + 31 - Math.clz32(rest & -rest)
        sets.push(place, words[place]!)
        words[place] = 0
      }
      filled[index] = 0
    }
  }
}

/** All sets in one list that doubles: an array for each would cost more than the walk. */
class Interner {
  readonly start: Int32Array
  place = new Int32Array(1024)
  word = new Uint32Array(1024)
  private length = 0
  private count = 0
  /** By hash, the set seen last, and by set the one of the same bucket before it; -1 for none. */
  private readonly buckets: Int32Array
  private readonly before: Int32Array

  constructor(most: number) {
    this.start = new Int32Array(most + 2)
    this.before = new Int32Array(most + 1)
    this.buckets = new Int32Array(2 ** Math.ceil(Math.log2(most + 1))).fill(-1)
    this.intern()
  }

  push(place: number, word: number) {
    if (this.length === this.word.length) this.double()
    this.place[this.length] = place
    this.word[this.length++] = word
  }

  /** The number of a set equal to the words pushed since the last one was asked for, or the next number. */
  intern(): number {
    const first = this.start[this.count]!
    const bucket = this.hashFrom(first) & (this.buckets.length - 1)
    for (let set = this.buckets[bucket]!; set >= 0; set = this.before[set]!) {
      if (!this.isSame(set, first)) continue
      this.length = first
      return set
    }
    this.before[this.count] = this.buckets[bucket]!
    this.buckets[bucket] = this.count
    this.start[this.count + 1] = this.length
    return this.count++
  }

  /** Copies without the room that was kept for more: large landscapes are held in memory. */
  inUse(): Omit<BlockerSets, 'ofGroup'> {
    return {
      start: this.start.slice(0, this.count + 1),
      place: this.place.slice(0, this.length),
      word: this.word.slice(0, this.length),
    }
  }

  private isSame(set: number, first: number): boolean {
    const from = this.start[set]!
    const size = this.length - first
    if (this.start[set + 1]! - from !== size) return false
    for (let at = 0; at < size; at++) {
      if (this.word[from + at] !== this.word[first + at]) return false
      if (this.place[from + at] !== this.place[first + at]) return false
    }
    return true
  }

  /** Multiply and shift, so that sets that differ in one bit of two words do not meet. */
  private hashFrom(first: number): number {
    let hash = 0
    for (let at = first; at < this.length; at++) {
      hash = Math.imul(hash ^ this.word[at]! ^ Math.imul(this.place[at]!, 0x85ebca6b), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash
  }

  private double() {
    const [place, word] = [new Int32Array(this.length * 2), new Uint32Array(this.length * 2)]
    place.set(this.place)
    word.set(this.word)
    this.place = place
    this.word = word
  }
}
