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
  /** Blockers left out. */
  resolved: ReadonlySet<string>
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
  return concluded({ today, landscape, resolved, graph, groups: groupsOf(graph), holds })
}

/** What follows from who uses whom and who is held by what. */
export function concluded(known: Known): Judgement {
  const { today, landscape, graph, groups, holds } = known
  const sets = blockerSetsOf(graph, groups, holds)
  const waves = wavesOf(graph, groups, sets)
  return {
    ...known,
    sets,
    verdicts: graph.ids.map((_, service) => verdictOf(service, graph, holds, groups, sets, waves)),
    waves,
    distances: distancesFrom(graph, service => isHolder(holds, service)),
    ...datesOf(today, landscape, graph, groups, holds),
  }
}

type Known = Pick<Judgement, 'today' | 'landscape' | 'resolved' | 'graph' | 'groups' | 'holds'>

export function datesOf(
  today: Day,
  { soakDays }: Landscape,
  graph: Graph,
  groups: Groups,
  holds: Holds,
): Pick<Judgement, 'earliest' | 'planned'> {
  const ownEnds = ownEndsOf(graph, holds, dayNumber(today))
  return {
    earliest: earliestOf(graph.providers, ownEnds, dayNumber(today)),
    planned: plannedOf(graph, groups, ownEnds, soakDays),
  }
}

/** When each service's own blockers end, `none` where it has none. */
export function ownEndsOf(graph: Graph, holds: Holds, none: number): Int32Array {
  const ends = new Int32Array(graph.ids.length)
  for (let service = 0; service < ends.length; service++) ends[service] = ownEnd(holds, service, none)
  return ends
}

export const NOTHING: ReadonlySet<string> = new Set()

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
