import type {
  Edge,
  ExternalConsumer,
  Landscape,
  ServiceState,
  SystemState,
  Use,
} from '../../src/domain/landscape.ts'

/** The day on which every example is judged. */
export const TODAY = '2026-08-22'

/** A small estate in few words; what is not said is harmless. */
export function estateOf(said: {
  systems?: (Partial<SystemState> & { id: string })[]
  services: (Partial<ServiceState> & { id: string })[]
  edges?: (Partial<Edge> & { from: string; to: string })[]
  externals?: (Partial<ExternalConsumer> & { name: string; to: string })[]
  soakDays?: number
}): Landscape {
  return {
    quietDays: 30,
    soakDays: said.soakDays ?? 0,
    systems: (said.systems ?? []).map(system => ({
      role: 'legacy',
      residual: 0,
      residualZeroOn: null,
      gates: [],
      ...system,
    })),
    services: said.services.map(service => ({
      state: 'on',
      offSince: null,
      role: 'legacy',
      systems: [],
      cost: 0,
      gates: [],
      ...service,
    })),
    edges: (said.edges ?? []).map(edge => ({ ...USE, ...edge })),
    externals: (said.externals ?? []).map(use => ({ ...USE, ...use })),
  }
}

const USE: Use = {
  strength: 'hard',
  needs: 'from',
  declared: true,
  lastSeen: null,
  quietDays: null,
  until: null,
  waived: false,
}
