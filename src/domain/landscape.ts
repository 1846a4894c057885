import type { Day } from './calendar.ts'

/**
 * What the shutdown analysis reads: every system, service and use, as plain data. The register is turned into
 * one (`register.ts`), an exported file is parsed into one, and what-if is the same analysis on an edited one.
 * Every field is present; what nobody knows is null, and null never reads as zero, closed or gone.
 */
export type Landscape = {
  /** Days without a call after which an observed use no longer counts. */
  quietDays: number
  /** Days of quiet watching between one wave and the next. */
  soakDays: number
  systems: SystemState[]
  services: ServiceState[]
  edges: Edge[]
  externals: ExternalConsumer[]
}

export const SYSTEM_ROLES = ['legacy', 'stay'] as const
export const SERVICE_ROLES = ['legacy', 'stay', 'follows'] as const
export const STRENGTHS = ['hard', 'soft'] as const
export const NEEDS = ['from', 'to', 'both'] as const

export type SystemState = {
  id: string
  role: (typeof SYSTEM_ROLES)[number]
  /** Total of the latest readings; null when at least one residual was never counted. */
  residual: number | null
  residualZeroOn: Day | null
  gates: GateState[]
}

export type GateState = {
  id: string
  state: 'open' | 'closed' | 'unknown'
  closesOn: Day | null
}

export type ServiceState = {
  id: string
  state: 'on' | 'off'
  offSince: Day | null
  role: (typeof SERVICE_ROLES)[number] | null
  /** Ids of the systems it serves. */
  systems: string[]
  /** Per month, in the smallest unit of one currency, the same for all services. */
  cost: number
  gates: GateState[]
}

/** How one thing uses another, whoever the user is. */
export type Use = {
  strength: (typeof STRENGTHS)[number]
  /** Which end cannot live without the other; queues tie both. */
  needs: (typeof NEEDS)[number]
  declared: boolean
  lastSeen: Day | null
  /** Overrides the landscape's own, for example 400 for a yearly batch. */
  quietDays: number | null
  /** Day of the planned re-pointing. */
  until: Day | null
  waived: boolean
}

/** `from` is the consumer, `to` the provider. */
export type Edge = Use & { from: string; to: string }

/** Somebody outside the estate who uses the service `to`. */
export type ExternalConsumer = Use & { name: string; to: string }
