import { type Day, dayNumber } from '../calendar.ts'
import type { GateState, Landscape, SystemState } from '../landscape.ts'
import {
  callsOf,
  externalOf,
  gateOf,
  PERMANENT,
  type Reason,
  residualOf,
  serviceGateOf,
  unknownConsumerOf,
  unknownRoleOf,
  unknownSystemOf,
} from './blockers.ts'
import type { Graph, Stray } from './graph.ts'
import { afterDays, type Moment, momentOf, NEVER, UNKNOWN } from './moments.ts'
import { outsideStandingOf, type Watch, watchOn } from './uses.ts'

/** A reason and the day stated for its end, past days included. */
export type Stated = { reason: Reason; end: Moment }

/** Says which services are asked about, and is told of each reason that holds one itself, by the service's number. */
export type Asked = {
  isAsked: (service: number) => boolean
  note: (service: number, reason: Reason, end: Moment) => void
}

/**
 * Every reason of every service that is on. One reason may be found several times for one service. They are told one
 * after the other, not listed: a large estate has tens of thousands, and a list of them would be waste at once.
 */
export function findReasons(graph: Graph, landscape: Landscape, today: Day, asked: Asked): void {
  const isFresh = watchOn(landscape, today)
  noteServices(graph, landscape, asked)
  noteOutsiders(graph, landscape, isFresh, asked)
  noteStrays(graph, landscape, isFresh, asked)
}

/**
 * A service without a role is judged by the systems it serves; with neither, its role is unknown. Every
 * system it serves adds its own reasons, and one that stays makes the service stay.
 */
function noteServices(graph: Graph, landscape: Landscape, { isAsked, note }: Asked): void {
  const reasonsOf = reasonsBySystem(landscape)
  for (let service = 0; service < graph.ids.length; service++) {
    if (!graph.isOn[service] || !isAsked(service)) continue
    const state = graph.services[service]!
    if (state.role === 'stay') note(service, PERMANENT, NEVER)
    if (state.role === null && state.systems.length === 0) note(service, unknownRoleOf(state.id), UNKNOWN)
    for (const system of state.systems) {
      const reasons = reasonsOf(system)
      if (!reasons) note(service, unknownSystemOf(system), UNKNOWN)
      else for (const { reason, end } of reasons) note(service, reason, end)
    }
    for (const gate of state.gates) {
      if (isOpen(gate)) note(service, serviceGateOf(state.id, gate.id), momentOf(gate.closesOn))
    }
  }
}

/** Worked out once for each system that somebody serves; null where there is no such system. */
function reasonsBySystem({ systems }: Landscape): (id: string) => Stated[] | null {
  let states: Map<string, SystemState> | null = null
  const known = new Map<string, Stated[] | null>()
  return id => {
    let reasons = known.get(id)
    if (reasons === undefined) {
      states ??= new Map(systems.map(system => [system.id, system]))
      const state = states.get(id)
      reasons = state ? reasonsOfSystem(state) : null
      known.set(id, reasons)
    }
    return reasons
  }
}

/**
 * A staying system never empties and needs no gates, so what is left in it is not asked. A residual below
 * zero is a wrong reading, not an empty system.
 */
export function reasonsOfSystem(system: SystemState): Stated[] {
  if (system.role === 'stay') return [{ reason: PERMANENT, end: NEVER }]
  const reasons: Stated[] = []
  if (system.residual !== 0) {
    const end = system.residual === null ? UNKNOWN : momentOf(system.residualZeroOn)
    reasons.push({ reason: residualOf(system.id), end })
  }
  for (const gate of system.gates) {
    if (isOpen(gate)) reasons.push({ reason: gateOf(system.id, gate.id), end: momentOf(gate.closesOn) })
  }
  return reasons
}

function isOpen(gate: GateState): boolean {
  return gate.state !== 'closed'
}

/** An outside use that is needed by the service alone (`needs: to`) holds nothing back. */
function noteOutsiders(graph: Graph, landscape: Landscape, isFresh: Watch, { isAsked, note }: Asked): void {
  for (const use of landscape.externals) {
    const service = graph.numbers.get(use.to)
    if (service === undefined || !graph.isOn[service] || use.needs === 'to' || !isAsked(service)) continue
    if (outsideStandingOf(use, isFresh) !== 'live') continue
    note(service, externalOf(use.name), momentOf(use.until))
  }
}

/**
 * Consumers that are off or unknown. Of an off consumer only calls count, never the declaration: calls up to
 * the day it went off fade after the quiet days; calls after it, or without a known day, need an explanation.
 * One such call is enough to call the pair a ghost, whatever other sources saw.
 */
function noteStrays(graph: Graph, landscape: Landscape, isFresh: Watch, { isAsked, note }: Asked): void {
  const strays = graph.strays.filter(stray => isAsked(stray.provider))
  const called = strays.filter(stray => stray.consumerNumber >= 0 && isFresh(stray.edge))
  const ghosts = new Set(called.filter(stray => isGhost(graph, stray)).map(pairOf))
  for (const stray of strays) {
    if (stray.consumerNumber < 0) note(stray.provider, unknownConsumerOf(stray.consumer), UNKNOWN)
  }
  for (const stray of called) {
    const kind = ghosts.has(pairOf(stray)) ? 'ghost' : 'traffic'
    const quiet = stray.edge.quietDays ?? landscape.quietDays
    const fadesOn = afterDays(dayNumber(stray.edge.lastSeen!), quiet)
    const reason = callsOf(kind, stray.consumer, graph.ids[stray.provider]!)
    note(stray.provider, reason, kind === 'ghost' ? UNKNOWN : fadesOn)
  }

  function pairOf(stray: Stray): number {
    return stray.consumerNumber * graph.ids.length + stray.provider
  }
}

function isGhost(graph: Graph, stray: Stray): boolean {
  const { offSince } = graph.services[stray.consumerNumber]!
  return offSince === null || stray.edge.lastSeen! > offSince
}
