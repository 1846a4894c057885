import type { Edge, Landscape } from '../landscape.ts'

/**
 * What may move a planned date, in the order in which a kept landscape is brought up to today: each step is judged
 * on top of those before it, so what they did adds up to the whole. A reason that needs two of them counts for the later.
 * The last is `time` for what still runs, and for what does not that it went `off`.
 */
export const PLAN_STEPS = ['settings', 'services', 'uses', 'gates', 'residuals', 'time', 'off'] as const
export type PlanStep = (typeof PLAN_STEPS)[number]

/** The landscape after each step but the last, which changes only the day. The one after `residuals` is `now`. */
export function landscapesTowards(then: Landscape, now: Landscape): Landscape[] {
  const settings = { ...then, quietDays: now.quietDays, soakDays: now.soakDays }
  const services = withServices(settings, now)
  const uses = { ...services, edges: now.edges, externals: now.externals }
  return [settings, services, uses, withGates(uses, now), now]
}

/** Who is there, on or off, what is to go and what stays; a new one comes whole, one that is gone takes its uses along. */
function withServices(then: Landscape, now: Landscape): Landscape {
  const systems = new Map(then.systems.map(system => [system.id, system]))
  const services = new Map(then.services.map(service => [service.id, service]))
  const isThere = new Set(now.services.map(({ id }) => id))
  const isGone = (id: string) => services.has(id) && !isThere.has(id)
  return {
    ...then,
    systems: now.systems.map(system => {
      const old = systems.get(system.id)
      if (!old) return system
      return { ...system, residual: old.residual, residualZeroOn: old.residualZeroOn, gates: old.gates }
    }),
    services: now.services.map(service => ({
      ...service,
      gates: services.get(service.id)?.gates ?? service.gates,
    })),
    edges: then.edges.filter(({ from, to }: Edge) => !isGone(from) && !isGone(to)),
  }
}

/** Those of services and systems; what is left in a system stays as it was. */
function withGates(then: Landscape, now: Landscape): Landscape {
  const old = new Map(then.systems.map(system => [system.id, system]))
  return {
    ...then,
    services: now.services,
    systems: now.systems.map(system => {
      const { residual, residualZeroOn } = old.get(system.id) ?? system
      return { ...system, residual, residualZeroOn }
    }),
  }
}
