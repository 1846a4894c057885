import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { type Adjacency, type Arcs, packed, turnedRound } from './adjacency.ts'
import { type Blocker, PERMANENT, type Reason } from './blockers.ts'
import { sortByCodePoint } from './code-points.ts'
import type { Graph } from './graph.ts'
import { type Moment, stillAhead, UNKNOWN, type When, whenOf } from './moments.ts'
import { findReasons } from './reasons.ts'

/** Which blockers each service has of its own. */
export type Holds = {
  /** All blockers, by code point of their id; a blocker's place here is its number. */
  blockers: Blocker[]
  numbers: Map<string, number>
  /** The number of `permanent`, -1 when nothing stays. */
  permanent: number
  /** Own blockers of service n: `blocker[start[n]] .. blocker[start[n + 1] - 1]`, each with its own end. */
  start: Int32Array
  blocker: Int32Array
  end: Int32Array
}

/**
 * The reasons of every service as blockers, without those that are `resolved`. What stays cannot be resolved.
 * A reason found twice for one service ends with the later of the two; an end that has come is unknown.
 */
export function holdsOf(
  graph: Graph,
  landscape: Landscape,
  today: Day,
  resolved: ReadonlySet<string>,
): Holds {
  const found = new Found(resolved)
  findReasons(graph, landscape, today, (service, reason, end) => found.add(service, reason, end))
  const { reasons, numbers, arcs } = found.inOrder()
  const holders = packed(reasons.length, arcs, graph.ids.length)
  const now = dayNumber(today)
  const { start, target, until } = turnedRound(holders, graph.ids.length)
  return {
    blockers: datedBlockers(reasons, holders, now),
    numbers,
    permanent: numbers.get(PERMANENT.id) ?? -1,
    start,
    blocker: target,
    end: until.map(moment => stillAhead(moment, now)),
  }
}

/** The numbers of the blockers that service n has itself, ascending. */
export function ownBlockers(holds: Holds, service: number): Int32Array {
  return holds.blocker.subarray(holds.start[service], holds.start[service + 1])
}

export function isHolder(holds: Holds, service: number): boolean {
  return holds.start[service]! < holds.start[service + 1]!
}

/** When the last of its own blockers ends; `none` for a service without one. */
export function ownEnd(holds: Holds, service: number, none: Moment): Moment {
  let last = none
  for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
    if (holds.end[at]! > last) last = holds.end[at]!
  }
  return last
}

/** What was found, as numbers in columns: an object for each would cost more than all the rest. */
class Found {
  private readonly resolved: ReadonlySet<string>
  private readonly reasons: Reason[] = []
  private readonly numbers = new Map<string, number>()
  private readonly service: number[] = []
  private readonly reason: number[] = []
  private readonly end: Moment[] = []

  constructor(resolved: ReadonlySet<string>) {
    this.resolved = resolved
  }

  add(service: number, reason: Reason, end: Moment) {
    if (this.resolved.has(reason.id) && reason !== PERMANENT) return
    let number = this.numbers.get(reason.id)
    if (number === undefined) {
      number = this.reasons.push(reason) - 1
      this.numbers.set(reason.id, number)
    }
    this.service.push(service)
    this.reason.push(number)
    this.end.push(end)
  }

  /** Numbered by code point of their ids, and who is held by which until when. */
  inOrder(): { reasons: Reason[]; numbers: Map<string, number>; arcs: Arcs } {
    const ids = sortByCodePoint(this.reasons.map(({ id }) => id))
    const numbers = new Map(ids.map((id, number) => [id, number]))
    const from = new Int32Array(this.reason).map(number => numbers.get(this.reasons[number]!.id)!)
    const [to, until] = [new Int32Array(this.service), new Int32Array(this.end)]
    const reasons = ids.map(id => this.reasons[this.numbers.get(id)!]!)
    return { reasons, numbers, arcs: { count: from.length, from, to, until } }
  }
}

/** With several holders, a blocker ends when it does for the last of them. */
function datedBlockers(reasons: readonly Reason[], holders: Adjacency, now: Moment): Blocker[] {
  const days = new Map<Moment, When>()
  return reasons.map(({ id, kind, owner }, number) => {
    let last = now
    let overdue = UNKNOWN
    for (let at = holders.start[number]!; at < holders.start[number + 1]!; at++) {
      const end = holders.until[at]!
      last = Math.max(last, stillAhead(end, now))
      if (end <= now) overdue = Math.min(overdue, end)
    }
    return { id, kind, owner, date: said(last), overdueSince: overdue < UNKNOWN ? said(overdue) : null }
  })

  /** Many end on few days, and a day as text takes longer than all its blockers. */
  function said(moment: Moment): When {
    let day = days.get(moment)
    if (day === undefined) {
      day = whenOf(moment)
      days.set(moment, day)
    }
    return day
  }
}
