import { createHash, type Hash } from 'node:crypto'
import type { Landscape, SystemState } from '../domain/landscape.ts'
import { placesMoved } from '../domain/patched.ts'
import { canonicalSystem, canonicalUses } from '../domain/shutdown/canonical.ts'
import { sortByCodePoint } from '../domain/shutdown/code-points.ts'

/**
 * Names what a verdict was given on: landscapes with the same hash get the same answers, whatever their order. It is the
 * hash of the canonical text without the systems, then of the hashes of the parts that the systems are divided into: a
 * count moves one system, and the others' parts are as they were.
 */
export function landscapeHash(landscape: Landscape): string {
  const kept = keptFor(landscape)
  kept.parts = hashesOf(landscape.systems, kept.parts)
  const hash = kept.uses.copy()
  for (const part of kept.parts.hashes) hash.update(part)
  return hash.digest('hex')
}

type Kept = { landscape: Omit<Landscape, 'systems'>; uses: Hash; parts: Parts | null }
/** `at` is the part of each system. */
type Parts = { systems: readonly SystemState[]; at: Uint8Array; hashes: readonly Buffer[] }

const keptOf = new WeakMap<Landscape['services'], Kept>()

function keptFor(landscape: Landscape): Kept {
  const known = keptOf.get(landscape.services)
  if (known && SHARED.every(name => known.landscape[name] === landscape[name])) return known
  const { systems: _, ...shared } = landscape
  const uses = createHash('sha256').update(canonicalUses(landscape).join('\n'))
  const kept = { landscape: shared, uses, parts: null }
  keptOf.set(landscape.services, kept)
  return kept
}

const SHARED = ['quietDays', 'soakDays', 'services', 'edges', 'externals'] as const

const PARTS = 256
const NOTHING = createHash('sha256').digest()

/** Of each part; those that consist of the very systems that they did before are not hashed again. */
function hashesOf(systems: readonly SystemState[], before: Parts | null): Parts {
  const places = before && placesMoved(before.systems, systems)
  const at = places ? before!.at.slice() : new Uint8Array(systems.length)
  const moved = new Uint8Array(PARTS).fill(places ? 0 : 1)
  for (const place of places ?? systems.keys()) {
    moved[at[place]!] = 1
    at[place] = partOf(systems[place]!)
    moved[at[place]!] = 1
  }
  const lines = linesOf(systems, at, moved)
  const hashes = Array.from(moved, (isMoved, part) =>
    isMoved ? hashOf(lines.get(part) ?? []) : before!.hashes[part]!,
  )
  return { systems, at, hashes }
}

/** Of the parts that moved. */
function linesOf(systems: readonly SystemState[], at: Uint8Array, moved: Uint8Array): Map<number, string[]> {
  const lines = new Map<number, string[]>()
  for (let place = 0; place < at.length; place++) {
    if (!moved[at[place]!]) continue
    const line = canonicalSystem(systems[place]!)
    const some = lines.get(at[place]!)
    if (some) some.push(line)
    else lines.set(at[place]!, [line])
  }
  return lines
}

/** By its id, so that it is the same in every order. */
function partOf({ id }: SystemState): number {
  let part = 0
  for (let at = 0; at < id.length; at++) part = (part * 31 + id.charCodeAt(at)) % PARTS
  return part
}

function hashOf(lines: string[]): Buffer {
  if (lines.length === 0) return NOTHING
  return createHash('sha256').update(sortByCodePoint(lines).join('\n')).digest()
}
