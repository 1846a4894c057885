import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { type BlockerSets, blockerSetsOf, hasBlocker } from './blocker-sets.ts'
import { type Distances, distancesFrom } from './chains.ts'
import { earliestOf, plannedOf } from './dates.ts'
import { type Graph, graphOf } from './graph.ts'
import { type Groups, groupsOf } from './groups.ts'
import { type Holds, holdsOf, isHolder, ownBlockers, ownEnd } from './holds.ts'
import { wavesOf } from './waves.ts'

/** Changes whenever the same landscape may get another answer; kept beside every stored answer. */
export const RULES_VERSION = '1'

export const VERDICTS = ['OFF', 'KEEP', 'READY', 'FREE', 'NEEDS_REPOINT', 'BLOCKED'] as const
export type Verdict = (typeof VERDICTS)[number]

/**
 * The answer for a whole landscape, as numbers in typed arrays. Ask it through `service.ts` (one service),
 * `estate.ts` (all of them), `unlock.ts`, `best.ts`, `acceleration.ts` and `what-if.ts`; `answer.ts` writes it.
 */
export type Judgement = {
  today: Day
  landscape: Landscape
  graph: Graph
  holds: Holds
  groups: Groups
  sets: BlockerSets
  /** By service. */
  verdicts: Verdict[]
  /** By group, 0 for a group that something holds. */
  waves: Int32Array
  /** From services with a blocker of their own. */
  distances: Distances
  /** Moments by service. */
  earliest: Int32Array
  /** Moments by group. */
  planned: Int32Array
}

/**
 * Judges every service of the landscape as of `today`. `resolved` are ids of blockers to leave out, for
 * questions of the form "and if this were done?". Ids of services and systems are expected to be unique.
 * Linear in services, edges and distinct blocker sets; nothing is read but the arguments.
 */
export function judge(landscape: Landscape, today: Day, resolved: ReadonlySet<string> = NOTHING): Judgement {
  const graph = graphOf(landscape, today)
  const holds = holdsOf(graph, landscape, today, resolved)
  const groups = groupsOf(graph)
  const sets = blockerSetsOf(graph, groups, holds)
  const waves = wavesOf(graph, groups, sets)
  const ownEnds = ownEndsOf(graph, holds, dayNumber(today))
  return {
    today,
    landscape,
    graph,
    holds,
    groups,
    sets,
    verdicts: graph.ids.map((_, service) => verdictOf(service, graph, holds, groups, sets, waves)),
    waves,
    distances: distancesFrom(graph, service => isHolder(holds, service)),
    earliest: earliestOf(graph.providers, ownEnds, dayNumber(today)),
    planned: plannedOf(graph, groups, ownEnds, landscape.soakDays),
  }
}

/** When each service's own blockers end, `none` where it has none. */
export function ownEndsOf(graph: Graph, holds: Holds, none: number): Int32Array {
  return new Int32Array(graph.ids.length).map((_, service) => ownEnd(holds, service, none))
}

const NOTHING: ReadonlySet<string> = new Set()

function verdictOf(
  service: number,
  graph: Graph,
  holds: Holds,
  groups: Groups,
  sets: BlockerSets,
  waves: Int32Array,
): Verdict {
  if (!graph.isOn[service]) return 'OFF'
  const group = groups.of[service]!
  const set = sets.ofGroup[group]!
  if (set === 0) return waves[group] === 1 ? 'READY' : 'FREE'
  if (!hasBlocker(sets, set, holds.permanent)) return 'BLOCKED'
  return ownBlockers(holds, service).includes(holds.permanent) ? 'KEEP' : 'NEEDS_REPOINT'
}
