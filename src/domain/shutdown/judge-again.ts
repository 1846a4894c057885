import type { Landscape } from '../landscape.ts'
import { graphOf } from './graph.ts'
import { groupsOf } from './groups.ts'
import type { Holds } from './holds.ts'
import { holdsAgain } from './holds-again.ts'
import { concluded, datesOf, type Judgement, judge, NOTHING } from './judge.ts'

/**
 * Judges what a judged landscape has become, on the same day: the same answer as `judge`. Lists and things that are
 * the very same as before are not looked at again. While services and uses are, and every service is held by the same
 * blockers, no verdict can have changed; then only the days are worked out anew. That is the usual case: a count that
 * leaves orders open. Whatever is made of no day may be kept by `verdicts`, which then stays the same list.
 */
export function judgeAgain(
  before: Judgement,
  landscape: Landscape,
  resolved: ReadonlySet<string> = NOTHING,
): Judgement {
  const { today } = before
  if (before.resolved.size > 0) return judge(landscape, today, resolved)
  const isSameUse = SHARED_USES.every(name => before.landscape[name] === landscape[name])
  const graph = isSameUse ? before.graph : graphOf(landscape, today)
  const holds = holdsAgain(before, graph, landscape, today, resolved)
  const isSame =
    SHARED.every(name => before.landscape[name] === landscape[name]) && areHeldAlike(before.holds, holds)
  if (!isSame) {
    const groups = isSameUse ? before.groups : groupsOf(graph)
    return concluded({ today, landscape, resolved, graph, groups, holds })
  }
  return {
    ...before,
    landscape,
    resolved,
    holds,
    ...datesOf(today, landscape, graph, before.groups, holds),
  }
}

/** What the graph is made of, and all that is not a system. */
const SHARED_USES = ['quietDays', 'services', 'edges'] as const
const SHARED = [...SHARED_USES, 'soakDays', 'externals'] as const

/** Whether every service is held by the same blockers, if until other days. */
function areHeldAlike(before: Holds, after: Holds): boolean {
  return (
    before.numbers === after.numbers &&
    before.blocker.length === after.blocker.length &&
    before.start.every((start, service) => start === after.start[service]) &&
    before.blocker.every((blocker, at) => blocker === after.blocker[at])
  )
}
