import type { Day } from '../calendar.ts'
import type { Landscape, Use } from '../landscape.ts'
import { eachNeed, outsideStandingOf, standingOf, watchOn } from './uses.ts'

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

/**
 * Somebody who still runs and cannot live without a service that is off, `provider`, whichever of the two calls. `since`
 * is null when nobody knows when it went off.
 */
export type NeedOfOff = {
  consumer: string
  provider: string
  isCaller: boolean
  since: Day | null
  lastSeen: Day | null
}

/**
 * Live uses, declared or seen, by which services that are on, and outsiders, need services that are off, one for each
 * pair with its latest sight, by consumer. What was seen after the shutdown is among the calls after it and not here.
 */
export function listNeedsOfOff(landscape: Landscape, today: Day): NeedOfOff[] {
  const isFresh = watchOn(landscape, today)
  const services = new Map(landscape.services.map(service => [service.id, service]))
  const called = new Set(listCallsAfterOff(landscape, today).map(pairOf))
  const pairs = new Map<string, NeedOfOff>()
  for (const edge of landscape.edges) {
    const { needs, from, to } = edge
    if (called.has(pairOf({ consumer: from, provider: to })) || standingOf(edge, isFresh) !== 'live') continue
    eachNeed(needs, from, to, (consumer, provider) => {
      if (services.get(consumer)?.state !== 'off')
        note(edge, { consumer, provider, isCaller: consumer === from })
    })
  }
  for (const use of landscape.externals) {
    const { name: consumer, to: provider } = use
    if (use.needs === 'to' || called.has(pairOf({ consumer, provider }))) continue
    if (outsideStandingOf(use, isFresh) === 'live') note(use, { consumer, provider, isCaller: true })
  }
  return [...pairs.values()]

  function note({ lastSeen }: Use, need: Pick<NeedOfOff, 'consumer' | 'provider' | 'isCaller'>) {
    const off = services.get(need.provider)
    if (off?.state !== 'off') return
    const pair = pairOf(need)
    const known = pairs.get(pair)
    const seen = known?.lastSeen ?? null
    const latest = seen === null || (lastSeen !== null && lastSeen > seen) ? lastSeen : seen
    const isCaller = need.isCaller || known?.isCaller === true
    pairs.set(pair, { ...need, isCaller, since: off.offSince, lastSeen: latest })
  }
}

function pairOf({ consumer, provider }: { consumer: string; provider: string }): string {
  return JSON.stringify([consumer, provider])
}
