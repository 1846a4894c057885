import { type Moment, NEVER } from './moments.ts'

/** Edges as they come, before sorting; `until` is NEVER for an edge without an end. */
export type Arcs = { count: number; from: Int32Array; to: Int32Array; until: Int32Array }

/** Compressed rows: the neighbours of n are `target[start[n]] .. target[start[n + 1] - 1]`. */
export type Adjacency = { start: Int32Array; target: Int32Array; until: Int32Array }

/** Rows by `from`, every pair once, ending with the last of its sources; as many other ends unless told. */
export function packed(size: number, arcs: Arcs, others = size): Adjacency {
  const rows = rowsOf(size, arcs)
  const placed = new Int32Array(others).fill(-1)
  const start = new Int32Array(size + 1)
  let kept = 0
  for (let n = 0; n < size; n++) {
    const first = kept
    for (let at = rows.start[n]!; at < rows.start[n + 1]!; at++) {
      const target = rows.target[at]!
      const until = rows.until[at]!
      const before = placed[target]!
      if (before >= first) {
        if (until > rows.until[before]!) rows.until[before] = until
        continue
      }
      placed[target] = kept
      rows.target[kept] = target
      rows.until[kept++] = until
    }
    start[n + 1] = kept
  }
  return { start, target: rows.target.slice(0, kept), until: rows.until.slice(0, kept) }
}

/** An end that has come while the edge still counts is no end. */
export function withoutPastEnds(rows: Adjacency, today: Moment): Adjacency {
  return { ...rows, until: rows.until.map(until => (until > today ? until : NEVER)) }
}

/** The edges that are left when those with such an end are gone. */
export function withoutEdges(
  { start, target, until }: Adjacency,
  isGone: (until: Moment) => boolean,
): Adjacency {
  const isLeft = (_: number, at: number) => !isGone(until[at]!)
  const left = new Int32Array(start.length)
  for (let n = 1; n < start.length; n++) {
    left[n] = left[n - 1]!
    for (let at = start[n - 1]!; at < start[n]!; at++) if (isLeft(0, at)) left[n]!++
  }
  return { start: left, target: target.filter(isLeft), until: until.filter(isLeft) }
}

/** The same edges, rows by their other end; each row is in ascending order. */
export function turnedRound(rows: Adjacency, others = rows.start.length - 1): Adjacency {
  const size = rows.start.length - 1
  const count = rows.target.length
  const from = new Int32Array(count)
  for (let n = 0; n < size; n++) from.fill(n, rows.start[n], rows.start[n + 1])
  return rowsOf(others, { count, from: rows.target, to: from, until: rows.until })
}

/** With room for as many numbers again. */
export function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

/** Counting sort: stable and linear. */
function rowsOf(size: number, arcs: Arcs): Adjacency {
  const start = new Int32Array(size + 1)
  for (let at = 0; at < arcs.count; at++) start[arcs.from[at]! + 1]!++
  for (let n = 0; n < size; n++) start[n + 1]! += start[n]!
  const next = start.slice(0, size)
  const target = new Int32Array(arcs.count)
  const until = new Int32Array(arcs.count)
  for (let at = 0; at < arcs.count; at++) {
    const place = next[arcs.from[at]!]!++
    target[place] = arcs.to[at]!
    until[place] = arcs.until[at]!
  }
  return { start, target, until }
}
