import type { Day } from '../../src/domain/calendar.ts'
import type { Landscape } from '../../src/domain/landscape.ts'
import type { Change } from '../../src/domain/shutdown/what-if.ts'

export function changed(landscape: Landscape, today: Day, change: Change): Landscape {
  let { edges } = landscape
  for (const [consumer, provider] of change.dropEdges) {
    const isReported = edges.some(edge => edge.from === consumer && edge.to === provider)
    const [from, to] = isReported ? [consumer, provider] : [provider, consumer]
    edges = edges.filter(e => e.from !== from || e.to !== to || (!isReported && e.needs === 'from'))
  }
  const services = landscape.services.map(service =>
    service.state === 'on' && change.off.includes(service.id)
      ? { ...service, state: 'off' as const, offSince: today }
      : service,
  )
  return { ...landscape, services, edges }
}

export function resolvedIds(landscape: Landscape, change: Change): string[] {
  const systems = landscape.systems.filter(system => change.systems.includes(system.id))
  const gates = systems.flatMap(({ id, gates }) => gates.map(gate => `gate:${id}/${gate.id}`))
  return [...change.resolve, ...systems.map(({ id }) => `residual:${id}`), ...gates]
}

/** Every choice of at most so many. */
export function choices<T>(things: T[], most: number): T[][] {
  if (most === 0 || things.length === 0) return [[]]
  const [first, ...rest] = things
  return [...choices(rest, most), ...choices(rest, most - 1).map(chosen => [first!, ...chosen])]
}
