import { type Day, dayFromNumber, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { type Blocker, PERMANENT, type Reason } from './blockers.ts'
import { sortByCodePoint } from './code-points.ts'
import type { Graph } from './graph.ts'
import { type Moment, stillAhead, UNKNOWN, whenOf } from './moments.ts'
import { type Finding, findReasons } from './reasons.ts'

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
  const open = findReasons(graph, landscape, today).filter(
    ({ reason }) => reason === PERMANENT || !resolved.has(reason.id),
  )
  const reasons = new Map(open.map(({ reason }) => [reason.id, reason]))
  const ids = sortByCodePoint([...reasons.keys()])
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const ends = latestEnds(open, numbers)
  const rows = rowsOf(graph.ids.length, ids.length, ends)
  const now = dayNumber(today)
  const blockers = datedBlockers(
    ids.map(id => reasons.get(id)!),
    rows,
    now,
  )
  const end = rows.end.map(moment => stillAhead(moment, now))
  return { blockers, numbers, permanent: numbers.get(PERMANENT.id) ?? -1, ...rows, end }
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

/** Ends by service and blocker, in one key that sorts by service first. */
function latestEnds(open: Finding[], numbers: Map<string, number>): Map<number, Moment> {
  const ends = new Map<number, Moment>()
  for (const { service, reason, end } of open) {
    const key = service * numbers.size + numbers.get(reason.id)!
    ends.set(key, Math.max(end, ends.get(key) ?? end))
  }
  return ends
}

type Rows = Pick<Holds, 'start' | 'blocker' | 'end'>

function rowsOf(services: number, blockers: number, ends: Map<number, Moment>): Rows {
  const keys = Float64Array.from(ends.keys()).sort()
  const start = new Int32Array(services + 1)
  for (const key of keys) start[Math.floor(key / blockers) + 1]!++
  for (let n = 0; n < services; n++) start[n + 1]! += start[n]!
  return {
    start,
    blocker: Int32Array.from(keys, key => key % blockers),
    end: Int32Array.from(keys, key => ends.get(key)!),
  }
}

function datedBlockers(reasons: Reason[], rows: Rows, now: Moment): Blocker[] {
  const last = new Int32Array(reasons.length)
  const overdue = new Int32Array(reasons.length).fill(UNKNOWN)
  rows.blocker.forEach((number, at) => {
    const end = rows.end[at]!
    last[number] = Math.max(last[number]!, stillAhead(end, now))
    if (end <= now) overdue[number] = Math.min(overdue[number]!, end)
  })
  return reasons.map((reason, number) => ({
    ...reason,
    date: whenOf(last[number]!),
    overdueSince: overdue[number]! < UNKNOWN ? dayFromNumber(overdue[number]!) : null,
  }))
}
