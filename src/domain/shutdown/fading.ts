import { addDays, type Day } from '../calendar.ts'
import type { Edge } from '../landscape.ts'
import type { Judgement } from './judge.ts'
import type { StayingWay } from './staying.ts'
import { standingOf, watchOn } from './uses.ts'

/** A use that was only ever seen, and the first day on which it counts no more unless it is seen again. */
export type FadingUse = { consumer: string; provider: string; quietOn: Day }

/**
 * The use that ends a way without a planned end, because nobody declared it and it was seen longest ago. Null where
 * every use on the way was declared, and where the way has a planned end.
 */
export function fadingUse({ landscape, today }: Judgement, { chain, until }: StayingWay): FadingUse | null {
  if (until !== 'never') return null
  const next = new Map(chain.map((id, at) => [id, chain[at + 1]]))
  const isFresh = watchOn(landscape, today)
  const reports = landscape.edges.filter(edge => consumerOn(edge) && standingOf(edge, isFresh) === 'live')
  const quiet = [...Map.groupBy(reports, edge => consumerOn(edge)!)].flatMap(([consumer, edges]) => {
    if (edges.some(({ declared, lastSeen }) => declared || lastSeen === null)) return []
    const days = edges.map(edge => addDays(edge.lastSeen!, edge.quietDays ?? landscape.quietDays))
    return [{ consumer, provider: next.get(consumer)!, quietOn: days.sort().at(-1)! }]
  })
  return quiet.sort((a, b) => (a.quietOn < b.quietOn ? -1 : 1))[0] ?? null

  /** Who on the way the use makes depend on the next one, in whichever direction it was reported. */
  function consumerOn({ from, to, needs }: Edge): string | undefined {
    if (needs !== 'to' && next.get(from) === to) return from
    return needs !== 'from' && next.get(to) === from ? to : undefined
  }
}
