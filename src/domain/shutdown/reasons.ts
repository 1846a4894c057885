import { type Day, dayNumber } from '../calendar.ts'
import type { GateState, Landscape, ServiceState, SystemState } from '../landscape.ts'
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

/** A reason that holds service number `service` itself, and the day stated for its end, past days included. */
export type Finding = { service: number; reason: Reason; end: Moment }

/** Every reason of every service that is on. One reason may be found several times for one service. */
export function findReasons(graph: Graph, landscape: Landscape, today: Day): Finding[] {
  const isFresh = watchOn(landscape, today)
  return [
    ...reasonsOfServices(graph, landscape),
    ...reasonsFromOutside(graph, landscape, isFresh),
    ...reasonsFromStrays(graph, landscape, isFresh),
  ]
}

/**
 * A service without a role is judged by the systems it serves; with neither, its role is unknown. Every
 * system it serves adds its own reasons, and one that stays makes the service stay.
 */
function* reasonsOfServices(graph: Graph, landscape: Landscape): Generator<Finding> {
  const bySystem = new Map(landscape.systems.map(system => [system.id, [...reasonsOfSystem(system)]]))
  for (let service = 0; service < graph.ids.length; service++) {
    if (!graph.isOn[service]) continue
    const state = graph.services[service]!
    if (state.role === 'stay') yield { service, reason: PERMANENT, end: NEVER }
    if (state.role === null && state.systems.length === 0) {
      yield { service, reason: unknownRoleOf(state.id), end: UNKNOWN }
    }
    for (const system of state.systems) {
      const reasons = bySystem.get(system)
      if (!reasons) yield { service, reason: unknownSystemOf(system), end: UNKNOWN }
      else for (const found of reasons) yield { service, ...found }
    }
    for (const found of reasonsOfGates(state)) yield { service, ...found }
  }
}

/**
 * A staying system never empties and needs no gates, so what is left in it is not asked. A residual below
 * zero is a wrong reading, not an empty system.
 */
export function* reasonsOfSystem(system: SystemState): Generator<Omit<Finding, 'service'>> {
  if (system.role === 'stay') {
    yield { reason: PERMANENT, end: NEVER }
    return
  }
  if (system.residual !== 0) {
    const end = system.residual === null ? UNKNOWN : momentOf(system.residualZeroOn)
    yield { reason: residualOf(system.id), end }
  }
  for (const gate of system.gates.filter(isOpen)) {
    yield { reason: gateOf(system.id, gate.id), end: momentOf(gate.closesOn) }
  }
}

function* reasonsOfGates(service: ServiceState): Generator<Omit<Finding, 'service'>> {
  for (const gate of service.gates.filter(isOpen)) {
    yield { reason: serviceGateOf(service.id, gate.id), end: momentOf(gate.closesOn) }
  }
}

function isOpen(gate: GateState): boolean {
  return gate.state !== 'closed'
}

/** An outside use that is needed by the service alone (`needs: to`) holds nothing back. */
function* reasonsFromOutside(graph: Graph, landscape: Landscape, isFresh: Watch): Generator<Finding> {
  for (const use of landscape.externals) {
    const service = graph.numbers.get(use.to)
    if (service === undefined || !graph.isOn[service] || use.needs === 'to') continue
    if (outsideStandingOf(use, isFresh) !== 'live') continue
    yield { service, reason: externalOf(use.name), end: momentOf(use.until) }
  }
}

/**
 * Consumers that are off or unknown. Of an off consumer only calls count, never the declaration: calls up to
 * the day it went off fade after the quiet days; calls after it, or without a known day, need an explanation.
 * One such call is enough to call the pair a ghost, whatever other sources saw.
 */
function* reasonsFromStrays(graph: Graph, landscape: Landscape, isFresh: Watch): Generator<Finding> {
  const called = graph.strays.filter(stray => stray.consumerNumber >= 0 && isFresh(stray.edge))
  const ghosts = new Set(called.filter(stray => isGhost(graph, stray)).map(pairOf))
  for (const stray of graph.strays) {
    if (stray.consumerNumber >= 0) continue
    yield { service: stray.provider, reason: unknownConsumerOf(stray.consumer), end: UNKNOWN }
  }
  for (const stray of called) {
    const kind = ghosts.has(pairOf(stray)) ? 'ghost' : 'traffic'
    const quiet = stray.edge.quietDays ?? landscape.quietDays
    const fadesOn = afterDays(dayNumber(stray.edge.lastSeen!), quiet)
    const reason = callsOf(kind, stray.consumer, graph.ids[stray.provider]!)
    yield { service: stray.provider, reason, end: kind === 'ghost' ? UNKNOWN : fadesOn }
  }

  function pairOf(stray: Stray): number {
    return stray.consumerNumber * graph.ids.length + stray.provider
  }
}

function isGhost(graph: Graph, stray: Stray): boolean {
  const { offSince } = graph.services[stray.consumerNumber]!
  return offSince === null || stray.edge.lastSeen! > offSince
}
