import { createHash, type Hash } from 'node:crypto'
import type { Landscape, SystemState } from '../domain/landscape.ts'
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
  const old = before?.systems.length === systems.length ? before : null
  const at = new Uint8Array(systems.length)
  const moved = new Uint8Array(PARTS).fill(old ? 0 : 1)
  systems.forEach((system, index) => {
    const isSame = old?.systems[index] === system
    at[index] = isSame ? old.at[index]! : partOf(system)
    if (old && !isSame) for (const part of [old.at[index]!, at[index]!]) moved[part] = 1
  })
  const lines: string[][] = Array.from(moved, () => [])
  at.forEach((part, index) => {
    if (moved[part]) lines[part]!.push(canonicalSystem(systems[index]!))
  })
  const hashes = lines.map((some, part) => (moved[part] ? hashOf(some) : old!.hashes[part]!))
  return { systems, at, hashes }
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
