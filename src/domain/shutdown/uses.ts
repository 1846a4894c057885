import { addDays, type Day } from '../calendar.ts'
import type { Edge, Landscape, Use } from '../landscape.ts'

/** Why a use counts or does not: only `live` lets its consumer hold its provider back. */
const STANDINGS = ['live', 'self', 'soft', 'waived', 'quiet'] as const
export type Standing = (typeof STANDINGS)[number]

/**
 * What one use is worth on the day of the watch. Asked in this order: a thing that uses itself is never a
 * reason, then a soft use, then a waived one; what is left counts while it is declared or freshly seen.
 */
export function standingOf(edge: Edge, isFresh: Watch): Standing {
  return edge.from === edge.to ? 'self' : outsideStandingOf(edge, isFresh)
}

/** The same for somebody outside the estate, whose name says nothing about the services. */
export function outsideStandingOf(use: Use, isFresh: Watch): Exclude<Standing, 'self'> {
  if (use.strength === 'soft') return 'soft'
  if (use.waived) return 'waived'
  return use.declared || isFresh(use) ? 'live' : 'quiet'
}

/** Tells which end of a use cannot live without the other, who needs first: both of a queue, and so twice. */
export function eachNeed<End>(
  needs: Use['needs'],
  from: End,
  to: End,
  tell: (consumer: End, provider: End) => void,
): void {
  if (needs !== 'to') tell(from, to)
  if (needs !== 'from') tell(to, from)
}

/** Answers whether a use was seen within its quiet days. */
export type Watch = (use: Pick<Use, 'lastSeen' | 'quietDays'>) => boolean

/**
 * Seen on day d with 30 quiet days is fresh up to and including day d + 29. Days compare as text, so the
 * first fresh day is worked out once for every length of quiet that occurs.
 */
export function watchOn(landscape: Pick<Landscape, 'quietDays'>, today: Day): Watch {
  const lastQuietDays = new Map<number, Day>()
  return use => {
    if (use.lastSeen === null) return false
    const days = use.quietDays ?? landscape.quietDays
    let lastQuietDay = lastQuietDays.get(days)
    if (lastQuietDay === undefined) {
      lastQuietDay = addDays(today, -days)
      lastQuietDays.set(days, lastQuietDay)
    }
    return use.lastSeen > lastQuietDay
  }
}
