import { dayNumber } from '../calendar.ts'
import { earliestOf, plannedOf } from './dates.ts'
import { blockerThatEnds, type Decider, type PlannedDecider } from './deciders.ts'
import { graphOf } from './graph.ts'
import { groupsOf, membersOfGroup } from './groups.ts'
import { type Judgement, ownEndsOf } from './judge.ts'
import { UNKNOWN, type When, whenOf } from './moments.ts'
import { type Planning, plannedDecidersOf } from './planned-deciders.ts'
import { ringBehind } from './ring-behind.ts'
import { type Soaking, watchedThen } from './soaking.ts'
import { withoutEdge } from './what-if.ts'

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
    ...judgement,
    own: ownEndsOf(judgement.graph, judgement.holds, dayNumber(judgement.today)),
  }
  const decider = deciderOf(judgement, before, service)
  if (decider === null) return null
  const after = endsWithout(judgement, decider)
  const [then, now] = [after.earliest[service]!, before.earliest[service]!]
  const { graph, groups } = after
  const planned = plannedOf(graph, groups, after.own, judgement.landscape.soakDays)
  const plannedNow = judgement.planned[judgement.groups.of[service]!]!
  const plannedThen = planned[groups.of[service]!]!
  const planning = { ...judgement, ...after, planned }
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
    soaking: watchedThen(planning, id, whenOf(plannedThen)),
  }
}

/** `done` is the number of the blocker that is taken to be done. */
type Ends = Pick<Judgement, 'landscape' | 'graph' | 'groups' | 'holds' | 'earliest'> & {
  own: Int32Array
  done?: number
}

/**
 * Walks back over consumers that pass the service's own date on, nearest first, to the first that has it from
 * itself or from an edge that ends then.
 */
function deciderOf(judgement: Judgement, ends: Ends, service: number): Decider | null {
  const { today } = judgement
  const { graph } = ends
  const date = ends.earliest[service]!
  if (!graph.isOn[service] || date <= dayNumber(today)) return null
  const { start, target, until } = graph.consumers
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

function lastConsumer({ graph, groups, planned }: Planning, service: number): string | null {
  const { start, target, until } = graph.consumers
  const group = groups.of[service]!
  let [last, latest] = [-1, -1]
  for (const member of membersOfGroup(groups, group)) {
    for (let at = start[member]!; at < start[member + 1]!; at++) {
      const from = groups.of[target[at]!]!
      const end = Math.min(planned[from]!, until[at]!)
      if (from === group || end <= latest) continue
      ;[last, latest] = [target[at]!, end]
    }
  }
  return last === -1 ? null : graph.ids[last]!
}

/** All dates as they would be with the decider done: the blocker everywhere, the use at this one pair. */
function endsWithout(judgement: Judgement, decider: Decider): Ends {
  if (decider.kind === 'repointing') return endsWithoutUse(judgement, decider.consumer, decider.provider)
  const { numbers, permanent } = judgement.holds
  const blocker = numbers.get(decider.blocker.id)!
  const holds = holdsWithout(judgement, blocker)
  // What stays, stays: it is never done.
  return { ...datedBy({ ...judgement, holds }), ...(blocker !== permanent && { done: blocker }) }
}

/** A use that is re-pointed today is gone: no soak period passes after it, and a ring that it closed is one no more. */
function endsWithoutUse(judgement: Judgement, consumer: string, provider: string): Ends {
  const edges = withoutEdge(judgement.landscape.edges, [consumer, provider])
  const landscape = { ...judgement.landscape, edges }
  const graph = graphOf(landscape, judgement.today)
  return datedBy({ ...judgement, landscape, graph, groups: groupsOf(graph) })
}

function datedBy({ landscape, graph, groups, holds, today }: Omit<Planning, 'planned'>): Ends {
  const now = dayNumber(today)
  const own = ownEndsOf(graph, holds, now)
  return { landscape, graph, groups, holds, own, earliest: earliestOf(graph.providers, own, now) }
}

/** What holds whom if one blocker were done today; what stays, stays. */
function holdsWithout({ holds, today }: Judgement, blocker: number): Judgement['holds'] {
  if (blocker === holds.permanent) return holds
  const end = holds.end.map((moment, at) => (holds.blocker[at] === blocker ? dayNumber(today) : moment))
  return { ...holds, end }
}
