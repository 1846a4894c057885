import { dayFromNumber, dayNumber } from '../calendar.ts'
import type { Landscape, SystemState } from '../landscape.ts'
import { earliestOf, plannedOf } from './dates.ts'
import type { Holds } from './holds.ts'
import { type Judgement, judge, ownEndsOf } from './judge.ts'
import { type Moment, stillAhead, UNKNOWN, whenOf } from './moments.ts'
import { reasonsOfSystem } from './reasons.ts'

/**
 * Judges what a judged landscape has become, on the same day: the same answer as `judge`. While services and uses
 * are the very same lists and every system has the same reasons as before, no verdict can have changed; then only
 * the days are worked out anew. That is the usual case: a count that leaves orders open. Whatever is made of no day
 * may be kept by `verdicts`, which then stays the same list.
 */
export function judgeAgain(before: Judgement, landscape: Landscape): Judgement {
  const moved = movedEnds(before.landscape, landscape)
  if (moved === null) return judge(landscape, before.today)
  if (moved.size === 0) return { ...before, landscape }
  const now = dayNumber(before.today)
  const { graph, groups } = before
  const holds = withEnds(before.holds, moved, now)
  const ownEnds = ownEndsOf(graph, holds, now)
  return {
    ...before,
    landscape,
    holds,
    earliest: earliestOf(graph.providers, ownEnds, now),
    planned: plannedOf(graph, groups, ownEnds, landscape.soakDays),
  }
}

/** The days that moved, by blocker; null when more than days may have changed. */
function movedEnds(before: Landscape, after: Landscape): Map<string, Moment> | null {
  if (SHARED.some(name => before[name] !== after[name])) return null
  if (before.systems.length !== after.systems.length) return null
  const moved = new Map<string, Moment>()
  for (const [at, system] of after.systems.entries()) {
    const old = before.systems[at]!
    if (old === system) continue
    const [was, is] = [reasonsById(old), reasonsById(system)]
    if (was === null || is === null || was.size !== is.size || old.id !== system.id) return null
    for (const [id, end] of is) {
      if (!was.has(id)) return null
      if (was.get(id) !== end) moved.set(id, end)
    }
  }
  return moved
}

const SHARED = ['quietDays', 'soakDays', 'services', 'edges', 'externals'] as const

/** Null where an id might stand for a reason of another system too, or twice for one: then the later end counts. */
function reasonsById(system: SystemState): Map<string, Moment> | null {
  const reasons = reasonsOfSystem(system)
  const ends = new Map(reasons.map(({ reason, end }) => [reason.id, end]))
  const isClear = ends.size === reasons.length && [...ends.keys()].every(id => id.split('/').length <= 2)
  return isClear ? ends : null
}

/** Whoever a system's reason holds, it holds until the same day. */
function withEnds(holds: Holds, moved: ReadonlyMap<string, Moment>, now: Moment): Holds {
  const blockers = [...holds.blockers]
  const ends = new Map<number, Moment>()
  for (const [id, end] of moved) {
    const number = holds.numbers.get(id)
    if (number === undefined) continue
    const ahead = stillAhead(end, now)
    const overdueSince = end <= now && end < UNKNOWN ? dayFromNumber(end) : null
    blockers[number] = { ...blockers[number]!, date: whenOf(ahead), overdueSince }
    ends.set(number, ahead)
  }
  const end = holds.end.map((known, at) => ends.get(holds.blocker[at]!) ?? known)
  return { ...holds, blockers, end }
}
