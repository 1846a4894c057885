import { addDays, type Day } from '../../src/domain/calendar.ts'
import type { Edge, Landscape, ServiceState, Use } from '../../src/domain/landscape.ts'

/** Dates compare as text: a day, then `unknown`, then `~never`. */
export const NEVER = '~never'
export const latest = (dates: string[]) => dates.reduce((a, b) => (a > b ? a : b))
export const earlier = (a: string, b: string) => (a < b ? a : b)
export const shown = (date: string) => (date === NEVER ? 'never' : date)

type Arc = { from: string; to: string; edge: Edge }

function isLive(use: Use, landscape: Landscape, today: Day): boolean {
  return use.strength === 'hard' && !use.waived && (use.declared || isSeen(use, landscape, today))
}

function isSeen(use: Use, landscape: Landscape, today: Day): boolean {
  return use.lastSeen !== null && addDays(use.lastSeen, use.quietDays ?? landscape.quietDays) > today
}

export function liveArcs(landscape: Landscape, today: Day): Arc[] {
  return landscape.edges
    .filter(edge => edge.from !== edge.to && isLive(edge, landscape, today))
    .flatMap(edge => {
      const forward = { from: edge.from, to: edge.to, edge }
      const back = { from: edge.to, to: edge.from, edge }
      return { from: [forward], to: [back], both: [forward, back] }[edge.needs]
    })
}

export function slowReasons(
  landscape: Landscape,
  today: Day,
  service: ServiceState,
  arcs: Arc[],
): [string, string | null][] {
  const found: [string, string | null][] = []
  if (service.role === 'stay') found.push(['permanent', NEVER])
  if (service.role === null && service.systems.length === 0) found.push([`unknown-role:${service.id}`, null])
  for (const id of service.systems) {
    const system = landscape.systems.find(other => other.id === id)
    if (!system) found.push([`unknown-system:${id}`, null])
    else if (system.role === 'stay') found.push(['permanent', NEVER])
    else {
      if (system.residual === null) found.push([`residual:${id}`, null])
      else if (system.residual !== 0) found.push([`residual:${id}`, system.residualZeroOn])
      for (const gate of system.gates)
        if (gate.state !== 'closed') found.push([`gate:${id}/${gate.id}`, gate.closesOn])
    }
  }
  for (const gate of service.gates) {
    if (gate.state !== 'closed') found.push([`sgate:${service.id}/${gate.id}`, gate.closesOn])
  }
  for (const use of landscape.externals) {
    if (use.to === service.id && use.needs !== 'to' && isLive(use, landscape, today)) {
      found.push([`external:${use.name}`, use.until])
    }
  }
  return [
    ...found,
    ...reasonsOfArcs(
      landscape,
      today,
      arcs.filter(arc => arc.to === service.id),
    ),
  ]
}

function reasonsOfArcs(landscape: Landscape, today: Day, arcs: Arc[]): [string, string | null][] {
  return arcs.flatMap((arc): [string, string | null][] => {
    const consumer = landscape.services.find(service => service.id === arc.from)
    if (!consumer) return [[`unknown-consumer:${arc.from}`, null]]
    if (consumer.state === 'on' || !isSeen(arc.edge, landscape, today)) return []
    const { offSince } = consumer
    const calls = arcs.filter(other => other.from === arc.from && isSeen(other.edge, landscape, today))
    const isGhost = offSince === null || calls.some(call => call.edge.lastSeen! > offSince)
    if (isGhost) return [[`ghost:${arc.from}>${arc.to}`, null]]
    const fades = addDays(arc.edge.lastSeen!, arc.edge.quietDays ?? landscape.quietDays)
    return [[`traffic:${arc.from}>${arc.to}`, fades]]
  })
}

export function slowWarnings(landscape: Landscape, today: Day): string[] {
  const state = (id: string) => landscape.services.find(service => service.id === id)?.state
  const edges = landscape.edges.filter(edge => edge.from !== edge.to && edge.strength === 'hard')
  const arcs = liveArcs(landscape, today)
  return [
    ...new Set([
      ...landscape.edges.filter(e => e.from === e.to).map(e => `self:${e.from}`),
      ...edges.filter(e => e.waived).map(e => `waived:${e.from}>${e.to}`),
      ...edges.filter(e => !e.waived && !isLive(e, landscape, today)).map(e => `stale:${e.from}>${e.to}`),
      ...arcs.filter(a => !state(a.to)).map(a => `unknown-provider:${a.from}>${a.to}`),
      ...arcs
        .filter(a => state(a.from) === 'on' && state(a.to) === 'off')
        .map(a => `off-provider:${a.from}>${a.to}`),
      ...landscape.externals
        .filter(use => !state(use.to) && isLive(use, landscape, today))
        .map(use => `unknown-provider:${use.name}>${use.to}`),
    ]),
  ]
}
