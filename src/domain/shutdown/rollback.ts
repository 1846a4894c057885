import type { Edge, Landscape } from '../landscape.ts'
import { sortByCodePoint } from './code-points.ts'

/**
 * Which services that are off have to be switched on before this one, in that order: each after the ones it
 * needs, the reverse of the waves in which they went. Calls have faded since, so every hard, unwaived use
 * that was ever declared or seen counts. In a ring of off services the order is arbitrary but always the same.
 */
export function providersToBringBack(landscape: Landscape, id: string): string[] {
  const providers = offProviders(landscape)
  const order: string[] = []
  const seen = new Set([id])
  const path = [id]
  while (path.length > 0) {
    const next = providers.get(path.at(-1)!)?.find(provider => !seen.has(provider))
    if (next === undefined) order.push(path.pop()!)
    else {
      seen.add(next)
      path.push(next)
    }
  }
  return order.filter(service => service !== id)
}

/** Off providers of every service, by code point. */
function offProviders(landscape: Landscape): Map<string, string[]> {
  const off = new Set(landscape.services.filter(service => service.state === 'off').map(({ id }) => id))
  const providers = new Map<string, string[]>()
  for (const edge of landscape.edges) {
    if (!isNeed(edge)) continue
    if (edge.needs !== 'to') add(edge.from, edge.to)
    if (edge.needs !== 'from') add(edge.to, edge.from)
  }
  for (const list of providers.values()) sortByCodePoint(list)
  return providers

  function add(consumer: string, provider: string) {
    if (!off.has(provider)) return
    const known = providers.get(consumer)
    if (known) known.push(provider)
    else providers.set(consumer, [provider])
  }
}

function isNeed(edge: Edge): boolean {
  return edge.strength === 'hard' && !edge.waived && (edge.declared || edge.lastSeen !== null)
}
