import { createHash, type Hash } from 'node:crypto'
import type { Landscape } from '../domain/landscape.ts'
import { canonicalSystems, canonicalUses } from '../domain/shutdown/canonical.ts'

/**
 * Names what a verdict was given on: landscapes with the same hash get the same answers, whatever their order. It is the
 * hash of the canonical text, of which a count changes no more than the end.
 */
export function landscapeHash(landscape: Landscape): string {
  const hash = hashOfUses(landscape).copy()
  for (const lines of canonicalSystems(landscape)) hash.update('\n').update(lines)
  return hash.digest('hex')
}

const hashed = new WeakMap<Landscape['services'], { landscape: Omit<Landscape, 'systems'>; hash: Hash }>()

function hashOfUses(landscape: Landscape): Hash {
  const known = hashed.get(landscape.services)
  if (known && SHARED.every(name => known.landscape[name] === landscape[name])) return known.hash
  const { systems: _, ...uses } = landscape
  const hash = createHash('sha256').update(canonicalUses(landscape).join('\n'))
  hashed.set(landscape.services, { landscape: uses, hash })
  return hash
}

const SHARED = ['quietDays', 'soakDays', 'services', 'edges', 'externals'] as const
