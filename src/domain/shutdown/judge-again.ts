import { dayFromNumber, dayNumber } from '../calendar.ts'
import type { Landscape, SystemState } from '../landscape.ts'
import { placesMoved } from '../patched.ts'
import { isSameReason, type Reason } from './blockers.ts'
import { graphOf } from './graph.ts'
import { groupsOf } from './groups.ts'
import type { Holds } from './holds.ts'
import { holdsAgain } from './holds-again.ts'
import { concluded, datesOf, type Judgement, judge, NOTHING } from './judge.ts'
import { type Moment, stillAhead, UNKNOWN, whenOf } from './moments.ts'
import { reasonsOfSystem, type Stated } from './reasons.ts'

/**
 * Judges what a judged landscape has become, on the same day: the same answer as `judge`. Lists and things that are
 * the very same as before are not looked at again. While services and uses are the very same lists and every system
 * has the same reasons as before, no verdict can have changed; then only the days are worked out anew. That is the
 * usual case: a count that leaves orders open. Whatever is made of no day may be kept by `verdicts`, which then stays
 * the same list.
 */
export function judgeAgain(
  before: Judgement,
  landscape: Landscape,
  resolved: ReadonlySet<string> = NOTHING,
): Judgement {
  const { today } = before
  if (before.resolved.size > 0) return judge(landscape, today, resolved)
  const moved = resolved.size > 0 ? null : movedEnds(before.landscape, landscape)
  if (moved !== null && before.holds.isClear) return withEnds(before, landscape, moved)
  const isSameUse = SHARED_USES.every(name => before.landscape[name] === landscape[name])
  const graph = isSameUse ? before.graph : graphOf(landscape, today)
  const groups = isSameUse ? before.groups : groupsOf(graph)
  const holds = holdsAgain(before, graph, landscape, today, resolved)
  return concluded({ today, landscape, resolved, graph, groups, holds })
}

/** What the graph is made of, and all that is not a system. */
const SHARED_USES = ['quietDays', 'services', 'edges'] as const
const SHARED = [...SHARED_USES, 'soakDays', 'externals'] as const

/** The reasons whose days moved; null when more than days may have changed. */
function movedEnds(before: Landscape, after: Landscape): Stated[] | null {
  if (SHARED.some(name => before[name] !== after[name])) return null
  const places = placesMoved(before.systems, after.systems)
  if (!places) return null
  const moved: Stated[] = []
  for (const at of places) {
    const [old, system] = [before.systems[at]!, after.systems[at]!]
    const [was, is] = [statedById(old), statedById(system)]
    if (was === null || is === null || was.size !== is.size || old.id !== system.id) return null
    for (const [id, stated] of is) {
      if (!was.has(id)) return null
      if (was.get(id)!.end !== stated.end) moved.push(stated)
    }
  }
  return moved
}

/** Null where a system has one gate twice: then the later end counts. */
function statedById(system: SystemState): Map<string, Stated> | null {
  const stated = reasonsOfSystem(system)
  const byId = new Map(stated.map(one => [one.reason.id, one]))
  return byId.size === stated.length ? byId : null
}

/** Whoever a system's reason holds, it holds until the same day. */
function withEnds(before: Judgement, landscape: Landscape, moved: readonly Stated[]): Judgement {
  const ends = new Map<number, Moment>()
  for (const { reason, end } of moved) {
    const number = numberOf(before.holds, reason)
    if (number !== null) ends.set(number, end)
  }
  if (ends.size === 0) return { ...before, landscape }
  const holds = dated(before.holds, ends, dayNumber(before.today))
  return {
    ...before,
    landscape,
    holds,
    ...datesOf(before.today, landscape, before.graph, before.groups, holds),
  }
}

/** Null where it holds nobody who is on. */
function numberOf({ numbers, blockers }: Holds, reason: Reason): number | null {
  const number = numbers.get(reason.id)
  return number !== undefined && isSameReason(blockers[number]!, reason) ? number : null
}

function dated(holds: Holds, ends: ReadonlyMap<number, Moment>, now: Moment): Holds {
  const blockers = [...holds.blockers]
  const [stated, end] = [holds.stated.slice(), holds.end.slice()]
  for (const [number, moment] of ends) {
    const overdueSince = moment <= now && moment < UNKNOWN ? dayFromNumber(moment) : null
    const ahead = stillAhead(moment, now)
    blockers[number] = { ...blockers[number]!, date: whenOf(ahead), overdueSince }
    for (const at of placesOf(holds, number)) {
      stated[at] = moment
      end[at] = ahead
    }
  }
  return { ...holds, blockers, stated, end }
}

/** Where a blocker stands among the own blockers of those that it holds. */
function placesOf({ start, blocker, heldFrom, holder }: Holds, number: number): number[] {
  return Array.from(holder.subarray(heldFrom[number], heldFrom[number + 1]), service =>
    blocker.indexOf(number, start[service]),
  )
}
