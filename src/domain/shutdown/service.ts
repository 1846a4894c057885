import { blockersIn, hasBlocker } from './blocker-sets.ts'
import type { Blocker } from './blockers.ts'
import { chainTo, distancesFrom } from './chains.ts'
import { membersOfGroup } from './groups.ts'
import { ownBlockers } from './holds.ts'
import type { Judgement, Verdict } from './judge.ts'
import { type When, whenOf } from './moments.ts'

/** What the analysis says about one service. Of a service that is off only the verdict is said. */
export type ServiceJudgement = {
  id: string
  verdict: Verdict
  /** 1 = now; null unless READY or FREE. */
  wave: number | null
  /** Everybody it goes off together with, itself included. */
  group: string[]
  /** Its own reasons. */
  own: Blocker[]
  /** Its own and those of everybody who needs it, directly or not. */
  blockers: Blocker[]
  /** First day on which nothing holds it any more; null when off. */
  earliest: When | null
  /** The same with quiet days between one group and the next. */
  planned: When | null
  /** Edges to the nearest service with a reason of its own; null when nothing holds it. */
  distance: number | null
  /** A shortest way from such a service to this one, both included. */
  chain: string[] | null
}

/** Null when the landscape has no service with this id. */
export function findService(judgement: Judgement, id: string): ServiceJudgement | null {
  const service = judgement.graph.numbers.get(id)
  return service === undefined ? null : serviceOf(judgement, service)
}

/** Every service, by code point of its id. */
export function listServices(judgement: Judgement): ServiceJudgement[] {
  return judgement.graph.ids.map((_, service) => serviceOf(judgement, service))
}

/** Whether blocker number `blocker` holds the service, which is to go, itself or through somebody who needs it. */
export function isHeldBy({ groups, sets, verdicts }: Judgement, service: number, blocker: number): boolean {
  const group = groups.of[service]!
  return group >= 0 && verdicts[service] !== 'KEEP' && hasBlocker(sets, sets.ofGroup[group]!, blocker)
}

/**
 * Who goes off in one step with the service, itself included: its group, unless somebody who stays is in it. Such
 * a ring has to be broken first, and until then its members go alone.
 */
export function goingTogether({ graph, groups, verdicts }: Judgement, id: string): string[] {
  const service = graph.numbers.get(id)
  const group = service === undefined ? -1 : groups.of[service]!
  if (group < 0) return [id]
  const members = [...membersOfGroup(groups, group)]
  return members.some(member => verdicts[member] === 'KEEP')
    ? [id]
    : members.map(member => graph.ids[member]!)
}

/**
 * For a service that needs re-pointing, a shortest way from somebody who stays: `chain` may start at a nearer
 * holder of another reason. Null when nobody who stays reaches it.
 */
export function chainFromStaying({ graph, verdicts }: Judgement, id: string): string[] | null {
  const service = graph.numbers.get(id)
  if (service === undefined) return null
  const distances = distancesFrom(graph, source => verdicts[source] === 'KEEP')
  return chainTo(distances, service)?.map(step => graph.ids[step]!) ?? null
}

function serviceOf(judgement: Judgement, service: number): ServiceJudgement {
  const { graph, groups, sets, holds, distances } = judgement
  const id = graph.ids[service]!
  const verdict = judgement.verdicts[service]!
  if (verdict === 'OFF') return { ...NOTHING_TO_SAY, id, verdict }
  const group = groups.of[service]!
  const set = sets.ofGroup[group]!
  return {
    id,
    verdict,
    wave: judgement.waves[group] || null,
    group: Array.from(membersOfGroup(groups, group), member => graph.ids[member]!),
    own: Array.from(ownBlockers(holds, service), number => holds.blockers[number]!),
    blockers: blockersIn(sets, set).map(number => holds.blockers[number]!),
    earliest: whenOf(judgement.earliest[service]!),
    planned: whenOf(judgement.planned[group]!),
    distance: distances.steps[service]! < 0 ? null : distances.steps[service]!,
    chain: chainTo(distances, service)?.map(step => graph.ids[step]!) ?? null,
  }
}

const NOTHING_TO_SAY = {
  wave: null,
  group: [],
  own: [],
  blockers: [],
  earliest: null,
  planned: null,
  distance: null,
  chain: null,
}
