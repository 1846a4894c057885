import { dayNumber } from '../calendar.ts'
import { type Adjacency, withoutEdges } from './adjacency.ts'
import { earliestOf, plannedOf } from './dates.ts'
import { blockerThatEnds, type Decider, type PlannedDecider } from './deciders.ts'
import { type Groups, groupsOf, membersOfGroup } from './groups.ts'
import { type Judgement, ownEndsOf } from './judge.ts'
import { type Moment, UNKNOWN, type When, whenOf } from './moments.ts'
import { type Planning, plannedDecidersOf } from './planned-deciders.ts'
import { ringBehind } from './ring-behind.ts'
import { type Soaking, watchedThen } from './soaking.ts'

/** Done today, the decider gains so many days at most; then the next one decides. */
export type Binding = {
  decider: Decider
  /** What sets the day planned now. */
  plannedNowBy: PlannedDecider | null
  /** Who goes in one step, and so later than the earliest day says; empty where no ring is why the planned day comes later. */
  ring: string[]
  /** Null when one of the two dates is unknown or never. */
  gainDays: number | null
  earliestThen: When
  /** The day planned then: consumers go first, and a soak period passes. */
  plannedThen: When
  /** By how many days that is earlier than planned now; null when one of the two is no day. */
  plannedGainDays: number | null
  /** What sets the day planned then. */
  plannedBy: PlannedDecider | null
  /** Whoever of those that call it and still run goes last then; null when nobody does. */
  goesAfter: string | null
  /** Null when nothing else holds the service. */
  next: Decider | null
  /** Consumers that are off and on the day planned then still watched, which it does not wait for. */
  soaking: Soaking | null
}

/** The binding blocker of a service and its slack; null for a service that is off, free or not there. */
export function findBinding(judgement: Judgement, id: string): Binding | null {
  const service = judgement.graph.numbers.get(id)
  if (service === undefined) return null
  const before: Ends = {
    own: ownEndsOf(judgement.graph, judgement.holds, dayNumber(judgement.today)),
    consumers: judgement.graph.consumers,
    earliest: judgement.earliest,
  }
  const decider = deciderOf(judgement, before, service)
  if (decider === null) return null
  const after = endsWithout(judgement, decider)
  const [then, now] = [after.earliest[service]!, before.earliest[service]!]
  const { groups, holds } = after
  const graph = { ...judgement.graph, consumers: after.consumers }
  const planned = plannedOf(graph, groups, after.own, judgement.landscape.soakDays)
  const plannedNow = judgement.planned[judgement.groups.of[service]!]!
  const plannedThen = planned[groups.of[service]!]!
  const planning = { ...judgement, graph, groups, holds, planned }
  return {
    decider,
    plannedNowBy: plannedDecidersOf(judgement)(service),
    ring: ringBehind(judgement, service),
    gainDays: now < UNKNOWN ? now - then : null,
    earliestThen: whenOf(then),
    plannedThen: whenOf(plannedThen),
    plannedGainDays: plannedNow < UNKNOWN ? plannedNow - plannedThen : null,
    plannedBy: plannedDecidersOf(planning)(service),
    goesAfter: lastConsumer(planning, service),
    next: deciderOf(judgement, after, service),
    soaking: watchedThen({ ...judgement, groups }, id, whenOf(plannedThen)),
  }
}

/** `done` is the number of the blocker that is taken to be done. */
type Ends = { own: Int32Array; consumers: Adjacency; earliest: Int32Array; done?: number }

/**
 * Walks back over consumers that pass the service's own date on, nearest first, to the first that has it from
 * itself or from an edge that ends then.
 */
function deciderOf(judgement: Judgement, ends: Ends, service: number): Decider | null {
  const { graph, today } = judgement
  const date = ends.earliest[service]!
  if (!graph.isOn[service] || date <= dayNumber(today)) return null
  const { start, target, until } = ends.consumers
  const queue = [service]
  const isQueued = new Set(queue)
  for (const n of queue) {
    if (ends.own[n] === date) return blockerThatEnds(judgement, n, date, ends.done)
    for (let at = start[n]!; at < start[n + 1]!; at++) {
      const consumer = target[at]!
      if (until[at] === date && ends.earliest[consumer]! > date) {
        const [from, to] = [graph.ids[consumer]!, graph.ids[n]!]
        return { kind: 'repointing', consumer: from, provider: to, date: whenOf(date) }
      }
      if (until[at]! < date || ends.earliest[consumer] !== date || isQueued.has(consumer)) continue
      isQueued.add(consumer)
      queue.push(consumer)
    }
  }
  return null
}

function lastConsumer({ graph, groups, planned, today }: Planning, service: number): string | null {
  const { start, target, until } = graph.consumers
  const group = groups.of[service]!
  let [last, latest] = [-1, -1]
  for (const member of membersOfGroup(groups, group)) {
    for (let at = start[member]!; at < start[member + 1]!; at++) {
      const from = groups.of[target[at]!]!
      const end = Math.min(planned[from]!, until[at]!)
      if (from === group || until[at]! <= dayNumber(today) || end <= latest) continue
      ;[last, latest] = [target[at]!, end]
    }
  }
  return last === -1 ? null : graph.ids[last]!
}

/** All dates as they would be with the decider done: the blocker everywhere, the use at this one pair. */
function endsWithout(judgement: Judgement, decider: Decider): Ends & Pick<Judgement, 'groups' | 'holds'> {
  const { graph, today } = judgement
  const now = dayNumber(today)
  if (decider.kind === 'blocker') {
    const { numbers, permanent } = judgement.holds
    const blocker = numbers.get(decider.blocker.id)!
    const holds = holdsWithout(judgement, blocker)
    const own = ownEndsOf(graph, holds, now)
    const earliest = earliestOf(graph.providers, own, now)
    // What stays, stays: it is never done.
    return {
      own,
      holds,
      groups: judgement.groups,
      consumers: graph.consumers,
      earliest,
      ...(blocker !== permanent && { done: blocker }),
    }
  }
  const own = ownEndsOf(graph, judgement.holds, now)
  const [from, to] = [graph.numbers.get(decider.consumer)!, graph.numbers.get(decider.provider)!]
  const providers = endedEdge(graph.providers, from, to, now)
  return {
    own,
    holds: judgement.holds,
    groups: groupsWithout(judgement, providers, now),
    consumers: endedEdge(graph.consumers, to, from, now),
    earliest: earliestOf(providers, own, now),
  }
}

/** A ring is one no more without a use that closed it. */
function groupsWithout({ graph }: Judgement, providers: Adjacency, now: Moment): Groups {
  return groupsOf({ ...graph, providers: withoutEdges(providers, until => until <= now) })
}

/** What holds whom if one blocker were done today; what stays, stays. */
function holdsWithout({ holds, today }: Judgement, blocker: number): Judgement['holds'] {
  if (blocker === holds.permanent) return holds
  const end = holds.end.map((moment, at) => (holds.blocker[at] === blocker ? dayNumber(today) : moment))
  return { ...holds, end }
}

function endedEdge(rows: Adjacency, from: number, to: number, end: Moment): Adjacency {
  const until = rows.until.slice()
  until[rows.target.indexOf(to, rows.start[from]!)] = end
  return { ...rows, until }
}
