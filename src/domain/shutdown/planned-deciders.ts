import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { type Adjacency, turnedRound, withoutEdges } from './adjacency.ts'
import { earliestOf, plannedOf } from './dates.ts'
import { blockerThatEnds, type PlannedDecider } from './deciders.ts'
import { fadedGraph } from './fading.ts'
import { type Graph, graphOf } from './graph.ts'
import { groupsOf, membersOfGroup } from './groups.ts'
import { holdsOf } from './holds.ts'
import { type Judgement, ownEndsOf } from './judge.ts'
import { afterDays, type Moment, NEVER, whenOf } from './moments.ts'
import { hasOverdue, overdueEnds } from './overdue-uses.ts'

/** As much of a judgement as planned days take: a tenth of the work. */
export type Planning = Pick<Judgement, 'today' | 'landscape' | 'graph' | 'holds' | 'groups' | 'planned'>

export function planningOf(landscape: Landscape, today: Day): Planning {
  const graph = graphOf(landscape, today)
  const holds = holdsOf(graph, landscape, today, new Set())
  const groups = groupsOf(graph)
  const ownEnds = ownEndsOf(graph, holds, dayNumber(today))
  return {
    today,
    landscape,
    graph,
    holds,
    groups,
    planned: plannedOf(graph, groups, ownEnds, landscape.soakDays),
  }
}

/**
 * Answers what sets the planned day of a service by its number: the blocker of somebody on the way to it, a planned
 * re-pointing, or a consumer that is free and has to go first; null for what can go today. Of several that set the
 * same day it names the nearest, and where only re-pointings that are overdue keep it from having a day, the last of these.
 */
export function plannedDecidersOf(planning: Planning): Deciders {
  const nearest = nearestDeciders(planning)
  let faded: Deciders | undefined
  return service => {
    const decider = nearest(service)
    if (decider?.date !== 'never' || !hasOverdue(planning)) return decider
    faded ??= fadedDecidersOf(planning)
    const other = faded(service)
    return other?.kind === 'overdue' ? other : decider
  }
}

export type Deciders = (service: number) => PlannedDecider | null

/** After everything with a day, and before what nobody has planned to end. */
const OVERDUE: Moment = NEVER - 1

/**
 * The same if what was only seen falls quiet in time, and so ends by itself, and if overdue re-pointings break the rings
 * that they are to break: who holds a service longest then.
 */
export function fadedDecidersOf(planning: Planning): Deciders {
  const { holds, landscape, today } = planning
  const overdue = overdueEnds(planning)
  const graph = withOverdue(fadedGraph(landscape, today), planning)
  const ownEnds = ownEndsOf(graph, holds, dayNumber(today))
  const groups = groupsOf({ ...graph, providers: withoutBroken(graph, planning, ownEnds) })
  const planned = plannedOf(graph, groups, ownEnds, landscape.soakDays)
  const nearest = nearestDeciders({ ...planning, graph, groups, planned })
  return service => {
    const decider = nearest(service)
    if (decider?.kind !== 'repointing' || decider.date !== 'unknown') return decider
    const { consumer, provider } = decider
    const since = overdue(graph.numbers.get(consumer)!, graph.numbers.get(provider)!)!
    return { kind: 'overdue', consumer, provider, since, date: 'never' }
  }
}

/** Rings hold only as long as their uses: those that are over while who stays still holds the consumer make none any more. */
function withoutBroken({ ids, providers }: Graph, { graph }: Planning, ownEnds: Int32Array): Adjacency {
  const { start, until } = providers
  const ends = earliestOf(
    providers,
    ownEnds.map(end => (end === NEVER ? end : 0)),
    0,
  )
  const left = until.slice()
  for (let consumer = 0; consumer < ids.length; consumer++) {
    for (let at = start[consumer]!; at < start[consumer + 1]!; at++)
      if (until[at]! < graph.providers.until[at]! && ends[consumer]! > until[at]!) left[at] = OVERDUE
  }
  return withoutEdges({ ...providers, until: left }, end => end === OVERDUE)
}

/** Of those who stay alone, as if nobody else had a reason: the last re-pointing that a service waits for then. */
export function lastUsersOf(planning: Planning): Deciders {
  const now = dayNumber(planning.today)
  const end = planning.holds.end.map(moment => (moment === NEVER ? moment : now))
  const decidersOf = fadedDecidersOf({ ...planning, holds: { ...planning.holds, end } })
  return service => {
    const decider = decidersOf(service)
    return decider?.kind === 'repointing' ? decider : null
  }
}

/** Only whoever is planned for never itself can be why another one is. */
function withOverdue(graph: Graph, planning: Planning): Graph {
  const overdue = overdueEnds(planning)
  const isNever = (service: number) => planning.planned[planning.groups.of[service]!] === NEVER
  const providers = { ...graph.providers, until: graph.providers.until.slice() }
  const { start, target, until } = providers
  for (let consumer = 0; consumer < graph.ids.length; consumer++) {
    if (!isNever(consumer)) continue
    for (let at = start[consumer]!; at < start[consumer + 1]!; at++)
      if (until[at] === NEVER && overdue(consumer, target[at]!)) until[at] = OVERDUE
  }
  return { ...graph, providers, consumers: turnedRound(providers) }
}

function nearestDeciders(planning: Planning): Deciders {
  const { graph, groups, planned } = planning
  const ownEnds = ownEndsOf(graph, planning.holds, dayNumber(planning.today))
  const { holder, consumer, isFreeConsumer } = decisionsOf(planning, ownEnds)
  return service => {
    const group = groups.of[service]!
    return group < 0 || holder[group] === -1 ? null : deciderOf(group, holder[group]!, consumer[group]!)
  }

  function deciderOf(group: number, service: number, user: number): PlannedDecider {
    if (user === -1) return blockerThatEnds(planning, service, ownEnds[service]!)
    const uses = { consumer: graph.ids[user]!, provider: graph.ids[service]! }
    if (isFreeConsumer[group] === 1)
      return { kind: 'consumer', ...uses, date: whenOf(planned[groups.of[user]!]!) }
    const { start, target, until } = graph.consumers
    let at = start[service]!
    while (target[at] !== user) at++
    return { kind: 'repointing', ...uses, date: whenOf(until[at]!) }
  }
}

/**
 * By group: the service whose own blocker decides, or both ends of the use that does, which then is either to be
 * re-pointed or ends as its consumer goes; -1 where there is none.
 */
type Decisions = { holder: Int32Array; consumer: Int32Array; isFreeConsumer: Uint8Array }

function decisionsOf({ graph, groups, planned, today, landscape }: Planning, ownEnds: Int32Array): Decisions {
  const { start, target, until } = graph.consumers
  const holder = new Int32Array(groups.count).fill(-1)
  const consumer = new Int32Array(groups.count).fill(-1)
  const isFreeConsumer = new Uint8Array(groups.count)
  for (let group = groups.count - 1; group >= 0; group--) decide(group)
  return { holder, consumer, isFreeConsumer }

  /** Consumers come first, so what decides for them is known. */
  function decide(group: number) {
    let latest = dayNumber(today)
    for (const member of membersOfGroup(groups, group)) {
      if (ownEnds[member]! <= latest) continue
      latest = ownEnds[member]!
      holder[group] = member
    }
    for (const member of membersOfGroup(groups, group)) {
      for (let at = start[member]!; at < start[member + 1]!; at++) {
        const from = groups.of[target[at]!]!
        if (from === group) continue
        const end = afterDays(Math.min(planned[from]!, until[at]!), landscape.soakDays)
        if (end <= latest) continue
        latest = end
        waitFor(group, member, at)
      }
    }
  }

  /** What holds the consumer is passed on; a free one passes on nothing but its own going. */
  function waitFor(group: number, member: number, at: number) {
    const from = groups.of[target[at]!]!
    const isRepointed = until[at]! < planned[from]! || until[at] === OVERDUE
    const isHeld = holder[from] !== -1 && isFreeConsumer[from] === 0
    const isPassedOn = !isRepointed && isHeld
    holder[group] = isPassedOn ? holder[from]! : member
    consumer[group] = isPassedOn ? consumer[from]! : target[at]!
    isFreeConsumer[group] = isRepointed || isHeld ? 0 : 1
  }
}
