import type { Day } from '../calendar.ts'
import type { Landscape, Use } from '../landscape.ts'
import { watchOn } from './uses.ts'

/** A call that should not be: one of its ends, `off`, had been switched off `since` and was seen after that. */
export type CallAfterOff = { consumer: string; provider: string; off: string; since: Day; lastSeen: Day }

/**
 * Calls by or to services that are off, seen after they went off and not yet quiet. Waived ones are explained. Of
 * several sources the latest speaks; the latest call comes first.
 */
export function listCallsAfterOff(landscape: Landscape, today: Day): CallAfterOff[] {
  const isFresh = watchOn(landscape, today)
  const offSince = new Map(landscape.services.map(({ id, offSince: since }) => [id, since]))
  const latest = new Map<string, CallAfterOff>()
  for (const edge of landscape.edges) note(edge, edge.from, edge.to, [edge.from, edge.to])
  for (const use of landscape.externals) note(use, use.name, use.to, [use.to])
  return [...latest.values()].sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1))

  function note(use: Use, consumer: string, provider: string, ends: string[]) {
    const { lastSeen } = use
    if (lastSeen === null || use.waived || !isFresh(use)) return
    for (const off of ends) {
      const since = offSince.get(off)
      if (!since || lastSeen <= since) continue
      const pair = JSON.stringify([off, consumer, provider])
      const known = latest.get(pair)
      if (!known || known.lastSeen < lastSeen) latest.set(pair, { consumer, provider, off, since, lastSeen })
    }
  }
}
