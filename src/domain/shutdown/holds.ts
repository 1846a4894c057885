import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { type Adjacency, type Arcs, doubled, packed, turnedRound } from './adjacency.ts'
import { type Blocker, isSameReason, PERMANENT, type Reason } from './blockers.ts'
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
  /** The services that blocker b holds themselves: `holder[heldFrom[b]] .. holder[heldFrom[b + 1] - 1]`, ascending. */
  heldFrom: Int32Array
  holder: Int32Array
  /** The ends as somebody stated them, days past included. */
  stated: Int32Array
  /** False where one id stands for several reasons: `gate:a/b/c` may be the gate of `a` or of `a/b`. */
  isClear: boolean
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
  const held = new Held()
  const reasons: Reason[] = []
  const numbers = new Map<string, number>()
  let isClear = true
  findReasons(graph, landscape, today, { isAsked: () => true, note })
  return { ...holdsFrom(inOrder(reasons), held, graph.ids.length, dayNumber(today)), isClear }

  function note(service: number, reason: Reason, end: Moment) {
    if (resolved.has(reason.id) && reason !== PERMANENT) return
    let number = numbers.get(reason.id)
    if (number === undefined) {
      number = reasons.push(reason) - 1
      numbers.set(reason.id, number)
    } else isClear &&= isSameReason(reasons[number]!, reason)
    held.add(service, number, end)
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

/** Who is held by which reason until when, as numbers in columns: an object for each would cost more than all the rest. */
export class Held {
  private count = 0
  private service = new Int32Array(1024)
  private reason = new Int32Array(1024)
  private end = new Int32Array(1024)

  add(service: number, reason: number, end: Moment) {
    if (this.count === this.end.length) {
      this.service = doubled(this.service)
      this.reason = doubled(this.reason)
      this.end = doubled(this.end)
    }
    this.service[this.count] = service
    this.reason[this.count] = reason
    this.end[this.count++] = end
  }

  /** From reasons, by their places in the order, to services. */
  arcs(places: Int32Array): Arcs {
    const from = this.reason.map(reason => places[reason]!)
    return { count: this.count, from, to: this.service, until: this.end }
  }
}

/** Reasons by code point of their ids, and where each is among them. */
export type Ordered = {
  reasons: readonly (Reason | Blocker)[]
  numbers: Map<string, number>
  places: Int32Array
}

/** Those without a holder have no place. */
export function inOrder(reasons: readonly (Reason | Blocker)[], isHeld = (_: number) => true): Ordered {
  const held = reasons.filter((_, at) => isHeld(at))
  const ids = sortByCodePoint(held.map(({ id }) => id))
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const ordered = [...held]
  const places = new Int32Array(reasons.length)
  reasons.forEach((reason, at) => {
    if (!isHeld(at)) return
    places[at] = numbers.get(reason.id)!
    ordered[places[at]!] = reason
  })
  return { reasons: ordered, numbers, places }
}

export function holdsFrom(
  ordered: Ordered,
  held: Held,
  services: number,
  now: Moment,
): Omit<Holds, 'isClear'> {
  const { reasons, numbers, places } = ordered
  const rows = turnedRound(packed(reasons.length, held.arcs(places), services), services)
  const { start, target, until } = rows
  const holders = turnedRound(rows, reasons.length)
  return {
    blockers: datedBlockers(reasons, holders, now),
    numbers,
    permanent: numbers.get(PERMANENT.id) ?? -1,
    start,
    blocker: target,
    heldFrom: holders.start,
    holder: holders.target,
    end: until.map(moment => stillAhead(moment, now)),
    stated: until,
  }
}

/** With several holders, a blocker ends when it does for the last of them. One that stays as it was stays the same object. */
function datedBlockers(reasons: readonly (Reason | Blocker)[], holders: Adjacency, now: Moment): Blocker[] {
  const days = new Map<Moment, When>()
  return reasons.map((reason, number) => {
    let last = now
    let overdue = UNKNOWN
    for (let at = holders.start[number]!; at < holders.start[number + 1]!; at++) {
      const end = holders.until[at]!
      last = Math.max(last, stillAhead(end, now))
      if (end <= now) overdue = Math.min(overdue, end)
    }
    const [date, overdueSince] = [said(last), overdue < UNKNOWN ? said(overdue) : null]
    if ('date' in reason && reason.date === date && reason.overdueSince === overdueSince) return reason
    const { id, kind, owner } = reason
    return { id, kind, owner, date, overdueSince }
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
