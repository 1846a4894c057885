import type { Edge, Landscape, ServiceState } from '../landscape.ts'
import { gateOf, residualOf } from './blockers.ts'
import type { Judgement, Verdict } from './judge.ts'
import { judgeAgain } from './judge-again.ts'
import { type Soaking, soakingsOf } from './soaking.ts'
import type { Worth } from './unlock.ts'
import { listCallers, listFed, listWaivedCallers, listWaivedFed } from './uses-of-service.ts'

/** Four things that could be done, all at once. What does not exist changes nothing. */
export type Change = {
  /** Ids of blockers. A residual that reaches zero closes none of its system's gates. */
  resolve: string[]
  /** Systems of which the residual and all gates are done. */
  systems: string[]
  /** Consumer and provider of uses that are re-pointed. */
  dropEdges: [consumer: string, provider: string][]
  /** Services switched off today. */
  off: string[]
}

export type Outcome = Worth & {
  /** Free before and not any more: recent calls of what is switched off keep its providers busy. */
  lost: string[]
  /** Free before, but only after others, and now at once. */
  readied: string[]
  /** The whole answer afterwards. */
  after: Judgement
}

/**
 * The same judgement on an edited landscape. `services` are those that become free, not those that were
 * switched off, with their monthly cost. A service switched off is neither gained, lost nor readied.
 */
export function whatIf(before: Judgement, change: Change): Outcome {
  const after = judgeAgain(before, edited(before, change), resolvedBy(change, before.landscape))
  const gained: string[] = []
  const lost: string[] = []
  const readied: string[] = []
  let cost = 0
  before.graph.ids.forEach((id, service) => {
    const wasFree = isFree(before, service)
    if (before.verdicts[service] === 'FREE' && after.verdicts[service] === 'READY') readied.push(id)
    if (after.verdicts[service] === 'OFF' || wasFree === isFree(after, service)) return
    if (wasFree) lost.push(id)
    else {
      gained.push(id)
      cost += before.graph.services[service]!.cost
    }
  })
  return { services: gained, cost, lost, readied, after }
}

/** Whether a service that is to be switched off is off as it is: that changes nothing, and is no service nobody knows. */
export function isOffAlready({ graph, verdicts }: Judgement, id: string): boolean {
  return verdicts[graph.numbers.get(id) ?? -1] === 'OFF'
}

/**
 * A service to be switched off: `waived` are those whose use holds nothing, and who would miss it all the same; `fed` those
 * that it calls and that cannot live without it, be that waived or not.
 */
export type StillCalled = { service: string; callers: string[]; waived: string[]; fed: string[] }

/** Services to be switched off that somebody who is not still calls: that would fail from the first day. */
export function listStillCalled(before: Judgement, { off, dropEdges }: Change): StillCalled[] {
  const gone = new Set(off)
  const isDropped = (caller: string, service: string) =>
    dropEdges.some(([consumer, provider]) => consumer === caller && provider === service)
  const called = off.map(service => {
    const isLeft = (user: string) => user !== service && !gone.has(user) && !isDropped(user, service)
    const callers = listCallers(before, service).filter(isLeft)
    return {
      service,
      callers,
      waived: listWaivedCallers(before, service).filter(isLeft),
      fed: [...listFed(before, service), ...listWaivedFed(before, service)].filter(
        user => isLeft(user) && !callers.includes(user),
      ),
    }
  })
  return called.filter(({ callers, waived, fed }) => callers.length + waived.length + fed.length > 0)
}

/** What the rules say against switching a service off today; READY only while what went before it is watched. */
export type Hindered = { service: string; verdict: Verdict; soaking: Soaking | null }

/**
 * Services to be switched off that stay, that something holds with the rest of the change done, or that can go while
 * what went before them is still watched. What still waits for consumers is told by `listStillCalled`.
 */
export function listHindered(before: Judgement, change: Change): Hindered[] {
  if (change.off.length === 0) return []
  const { after } = whatIf(before, { ...change, off: [] })
  const soakings = soakingsOf(after)
  const asked = change.off.map(service => ({
    service,
    verdict: after.verdicts[after.graph.numbers.get(service)!]!,
    soaking: soakings.get(service) ?? null,
  }))
  return asked.filter(({ verdict, soaking }) => soaking || HINDERING.includes(verdict))
}

const HINDERING: readonly Verdict[] = ['KEEP', 'NEEDS_REPOINT', 'BLOCKED']

/** Whether nothing holds a service: it can go at once, or after others. */
export function isFree(judgement: Judgement, service: number): boolean {
  const verdict = judgement.verdicts[service]
  return verdict === 'READY' || verdict === 'FREE'
}

function resolvedBy(change: Change, landscape: Landscape): Set<string> {
  const resolved = new Set(change.resolve)
  const done = new Set(change.systems)
  for (const system of landscape.systems) {
    if (!done.has(system.id)) continue
    resolved.add(residualOf(system.id).id)
    for (const gate of system.gates) resolved.add(gateOf(system.id, gate.id).id)
  }
  return resolved
}

/** What is not changed stays the very same list. */
function edited({ landscape, today }: Judgement, change: Change): Landscape {
  const off = new Set(change.off)
  return {
    ...landscape,
    edges: change.dropEdges.reduce(withoutEdge, landscape.edges),
    services: off.size > 0 ? landscape.services.map(switchedOff) : landscape.services,
  }

  function switchedOff(service: ServiceState): ServiceState {
    return off.has(service.id) && service.state === 'on'
      ? { ...service, state: 'off', offSince: today }
      : service
  }
}

/**
 * Drops every source of the pair. The frontier names a use by who holds whom, which for `needs: to` is the
 * other way round than it was reported; such a pair is understood when nothing was reported as it is named.
 */
export function withoutEdge(edges: Edge[], [consumer, provider]: [string, string]): Edge[] {
  const named = edges.filter(edge => edge.from !== consumer || edge.to !== provider)
  if (named.length < edges.length) return named
  return edges.filter(edge => edge.needs === 'from' || edge.from !== provider || edge.to !== consumer)
}
