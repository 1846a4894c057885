import type { Day } from '../calendar.ts'
import type { Landscape, Use } from '../landscape.ts'
import { outsideStandingOf, standingOf, watchOn } from './uses.ts'

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

/** A use of a service that is off by somebody who still runs. `since` is null when nobody knows when it went off. */
export type NeedOfOff = { consumer: string; provider: string; since: Day | null; lastSeen: Day | null }

/**
 * Live uses, declared or seen, of services that are off by services that are on and by outsiders, one for each pair
 * with its latest sight, by consumer. A pair that was seen after the shutdown is among the calls after it and not here.
 */
export function listNeedsOfOff(landscape: Landscape, today: Day): NeedOfOff[] {
  const isFresh = watchOn(landscape, today)
  const services = new Map(landscape.services.map(service => [service.id, service]))
  const pairs = new Map<string, NeedOfOff>()
  for (const edge of landscape.edges) {
    const isOn = services.get(edge.from)?.state !== 'off'
    if (isOn && edge.needs !== 'to' && standingOf(edge, isFresh) === 'live') note(edge, edge.from, edge.to)
  }
  for (const use of landscape.externals) {
    if (outsideStandingOf(use, isFresh) === 'live') note(use, use.name, use.to)
  }
  const called = new Set(listCallsAfterOff(landscape, today).map(pairOf))
  return [...pairs.values()].filter(need => !called.has(pairOf(need)))

  function note({ lastSeen }: Use, consumer: string, provider: string) {
    const off = services.get(provider)
    if (off?.state !== 'off') return
    const pair = pairOf({ consumer, provider })
    const known = pairs.get(pair)?.lastSeen ?? null
    const latest = known === null || (lastSeen !== null && lastSeen > known) ? lastSeen : known
    pairs.set(pair, { consumer, provider, since: off.offSince, lastSeen: latest })
  }
}

function pairOf({ consumer, provider }: { consumer: string; provider: string }): string {
  return JSON.stringify([consumer, provider])
}
