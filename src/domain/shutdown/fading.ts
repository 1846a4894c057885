import { addDays, type Day, dayNumber } from '../calendar.ts'
import type { Edge, Landscape } from '../landscape.ts'
import type { Blocker } from './blockers.ts'
import { earliestOf } from './dates.ts'
import { type Graph, graphOf } from './graph.ts'
import type { Judgement } from './judge.ts'
import { isDay, NEVER, UNKNOWN, whenOf } from './moments.ts'
import { type OverdueUse, overdueUse } from './overdue-uses.ts'
import { listStayingWays, type StayingWay } from './staying.ts'
import { standingOf, type Watch, watchOn } from './uses.ts'

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
    const days = edges.map(edge => quietDayOf(edge, landscape.quietDays))
    return [{ consumer, provider: next.get(consumer)!, quietOn: days.sort().at(-1)! }]
  })
  return quiet.sort((a, b) => (a.quietOn < b.quietOn ? -1 : 1))[0] ?? null

  /** Who on the way the use makes depend on the next one, in whichever direction it was reported. */
  function consumerOn({ from, to, needs }: Edge): string | undefined {
    if (needs !== 'to' && next.get(from) === to) return from
    return needs !== 'from' && next.get(to) === from ? to : undefined
  }
}

/** Why a service can never go as things stand: the way that does so longest, and what would end it nevertheless. */
export type HeldForGood = {
  chain: string[]
  /** The first day on which none of the ways holds it for good, unless what was only seen is seen again. */
  quietOn: Day | null
  /** The use on the chain that ends with that day; null where it is another way round that does. */
  fading: FadingUse | null
  /** The use on the chain that was to end it, and is overdue. */
  overdue: OverdueUse | null
  /** Who stays and is to be re-pointed after that day, and when. */
  after: { staying: string; until: Day } | null
}

/** At most so many of those who stay are asked; each has to be looked for. */
const ASKED = 50

/** Null where nobody who stays holds it without a planned end. */
export function heldForGood(judgement: Judgement, id: string): HeldForGood | null {
  const { ways } = listStayingWays(judgement, [id], ASKED)
  const forGood = ways.filter(({ until }) => until === 'never')
  if (forGood.length === 0) return null
  const quietOn = fadingDays(judgement)(id)
  const told = forGood.map(way => ({
    chain: way.chain,
    fading: fadingUse(judgement, way),
    overdue: overdueUse(judgement, way),
  }))
  const lasting = told.filter(({ fading }) => (fading?.quietOn ?? null) === quietOn)
  const last = lasting.find(({ overdue }) => !overdue) ?? lasting[0]
  const planned = ways.find(({ until }) => isDay(until))
  const isLater = planned && quietOn !== null && planned.until > quietOn
  return {
    ...(last ?? { ...told[0]!, fading: null }),
    quietOn,
    after: isLater ? { staying: planned.chain[0]!, until: planned.until as Day } : null,
  }
}

/**
 * Answers for a service that those who stay would hold for good from which day none of them does any more, if what was
 * only ever seen on the ways to it is not seen again; a way with a planned end is none for good. Null where declared
 * uses alone hold it for good.
 */
export function fadingDays({ graph, landscape, today, verdicts }: Judgement): FadingDays {
  const isFresh = watchOn(landscape, today)
  const edges = landscape.edges
    .filter(({ until }) => until === null || until <= today)
    .map(edge =>
      isOnlySeen(edge, isFresh) ? { ...edge, until: quietDayOf(edge, landscape.quietDays) } : edge,
    )
  const ownEnds = Int32Array.from(verdicts, verdict => (verdict === 'KEEP' ? NEVER : 0))
  const now = dayNumber(today)
  // Along ways, not by rings: a ring is one only while all of its uses last.
  const ends = earliestOf(graphOf({ ...landscape, edges }, today).providers, ownEnds, now)
  return service => {
    const end = ends[graph.numbers.get(service)!]!
    return end > now && end < UNKNOWN ? (whenOf(end) as Day) : null
  }
}

export type FadingDays = (service: string) => Day | null

/**
 * Answers for a blocker of somebody who needs the service from which day it holds that no more, if what was only ever seen
 * on the ways from one to the other is not seen again. Null where uses that somebody declared pass it on without an end,
 * where planned ends alone end it, and for what the service has itself.
 */
export function fadingHolds(judgement: Judgement, id: string): (blocker: Blocker) => Day | null {
  const { graph, holds, landscape, today } = judgement
  const [service, now] = [graph.numbers.get(id)!, dayNumber(today)]
  const faded = fadedGraph(landscape, today)
  return blocker => {
    const number = holds.numbers.get(blocker.id)
    if (number === undefined) return null
    const ownEnds = new Int32Array(graph.ids.length)
    for (const holder of holds.holder.subarray(holds.heldFrom[number], holds.heldFrom[number + 1]))
      ownEnds[holder] = NEVER
    const endIn = ({ providers }: Graph) => earliestOf(providers, ownEnds, now)[service]!
    const end = endIn(faded)
    return end > now && end < UNKNOWN && endIn(graph) >= UNKNOWN ? (whenOf(end) as Day) : null
  }
}

/** The same uses; what was only ever seen ends, at the latest, on the day on which it falls quiet. */
export function fadedGraph(landscape: Landscape, today: Day): Graph {
  const isFresh = watchOn(landscape, today)
  const edges = landscape.edges.map(edge =>
    isOnlySeen(edge, isFresh) ? { ...edge, until: soonerOf(edge, landscape.quietDays, today) } : edge,
  )
  return graphOf({ ...landscape, edges }, today)
}

function soonerOf(edge: Edge, usual: number, today: Day): Day {
  const quietOn = quietDayOf(edge, usual)
  return edge.until && edge.until > today && edge.until < quietOn ? edge.until : quietOn
}

function isOnlySeen(edge: Edge, isFresh: Watch): boolean {
  return !edge.declared && edge.lastSeen !== null && standingOf(edge, isFresh) === 'live'
}

function quietDayOf({ lastSeen, quietDays }: Edge, usual: number): Day {
  return addDays(lastSeen!, quietDays ?? usual)
}
