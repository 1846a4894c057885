import { addDays, type Day } from '../calendar.ts'
import type { Edge } from '../landscape.ts'
import type { Judgement } from './judge.ts'
import type { When } from './moments.ts'
import { findService, goingTogether } from './service.ts'
import { eachNeed, standingOf, type Watch, watchOn } from './uses.ts'

/** Consumers that went off less than a soak period ago, and the day on which that of the last of them is over. */
export type Soaking = { consumers: string[]; until: Day }

/**
 * By service that nothing holds and whose planned day comes before the soak period of a consumer is over. The plan
 * leaves that period after consumers that still run; one that is off holds nothing, so this stands beside the day
 * and moves it nowhere. A use counts here if it was live on the day on which its consumer went off.
 */
export function soakingsOf(judgement: Judgement): Map<string, Soaking> {
  const { graph, verdicts } = judgement
  const soakings = new Map<string, Soaking>()
  for (const [provider, left] of watchedProviders(judgement, recentlyOff(judgement))) {
    if (verdicts[provider] !== 'READY' && verdicts[provider] !== 'FREE') continue
    for (const id of goingTogether(judgement, graph.ids[provider]!)) {
      if (findService(judgement, id)!.planned! < left.until) soakings.set(id, merged(soakings.get(id), left))
    }
  }
  return soakings
}

/** The same of one service, something held or not, if it went on `day`: what is still watched then. */
export function watchedThen(judgement: Judgement, id: string, day: When): Soaking | null {
  const watched = watchedProviders(judgement, recentlyOff(judgement))
  if (watched.size === 0) return null
  let found: Soaking | undefined
  for (const member of goingTogether(judgement, id)) {
    const left = watched.get(judgement.graph.numbers.get(member)!)
    if (left && day < left.until) found = merged(found, left)
  }
  return found ?? null
}

/** Services that went off and are still watched: until when, and how their uses are told from quiet ones. */
type Recent = ReadonlyMap<number, { until: Day; wasFresh: Watch }>

function recentlyOff({ graph, landscape, today }: Judgement): Recent {
  const watches = new Map<Day, Watch>()
  const recent = new Map<number, { until: Day; wasFresh: Watch }>()
  for (const [number, { state, offSince }] of graph.services.entries()) {
    if (state === 'on' || !offSince) continue
    const until = addDays(offSince, landscape.soakDays)
    if (until <= today) continue
    const wasFresh = watches.get(offSince) ?? watchOn(landscape, offSince)
    watches.set(offSince, wasFresh)
    recent.set(number, { until, wasFresh })
  }
  return recent
}

function watchedProviders({ graph, landscape }: Judgement, recent: Recent): Map<number, Soaking> {
  const watched = new Map<number, Soaking>()
  if (recent.size === 0) return watched
  landscape.edges.forEach((edge, at) => {
    const [from, to] = [graph.ends.from[at]!, graph.ends.to[at]!]
    eachNeed(edge.needs, from, to, (consumer, provider) => note(edge, consumer, provider))
  })
  return watched

  function note(edge: Edge, consumer: number, provider: number) {
    const off = recent.get(consumer)
    if (!off || !graph.isOn[provider] || standingOf(edge, off.wasFresh) !== 'live') return
    const found = { consumers: [graph.ids[consumer]!], until: off.until }
    watched.set(provider, merged(watched.get(provider), found))
  }
}

function merged(known: Soaking | undefined, more: Soaking): Soaking {
  if (!known) return more
  return {
    consumers: [...new Set([...known.consumers, ...more.consumers])].sort(),
    until: known.until > more.until ? known.until : more.until,
  }
}
