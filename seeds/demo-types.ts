import type { NEEDS, SERVICE_ROLES, STRENGTHS } from '../src/domain/landscape.ts'
import type {
  ChangeReason,
  CostKind,
  EventKind,
  GateKind,
  Qualifier,
  Status,
  Unit,
} from '../src/domain/vocabulary.ts'

/** Days before today; negative is ahead. The simulated history ends yesterday, whenever it is planted. */
export type Ago = number

/** What a residual had on a day; between two of them it changes evenly. The reason and the note go with the change. */
export type Anchor = readonly [ago: Ago, count: number, reason?: ChangeReason, note?: string]

export type DemoResidual = {
  key: string
  name: string
  nameEn: string
  unit: Unit
  segment?: string
  /** None: never counted. */
  course?: readonly Anchor[]
  qualifier?: Qualifier
  /** Days between two readings, where they are not the usual ones. */
  every?: number
  baseline?: number
  declaredRate?: number
  declaredZero?: Ago
  cadenceDays?: number
  note?: string
}

export type DemoGate = {
  key: string
  name: string
  nameEn: string
  kind: GateKind
  state?: 'unknown'
  closes?: Ago
  closed?: { on: Ago; evidence: string; expires?: Ago }
  waived?: { on: Ago; by: string; until: Ago; reason: string }
}

export type DemoCost = { kind: CostKind; yuan: number; from?: Ago; note?: string }

export type DemoSystem = {
  key: string
  name: string
  nameEn: string
  owner?: string
  replacement?: string
  target?: Ago
  note?: string
  status: Status
  since: Ago
  moves?: readonly { on: Ago; to: Status; reason?: string; review?: Ago; override?: string }[]
  residuals: readonly DemoResidual[]
  gates?: readonly DemoGate[]
  costs?: readonly DemoCost[]
  savings?: readonly { kind: CostKind; yuan?: number; personMonths?: number; note: string }[]
  events?: readonly { on: Ago; kind: EventKind; title: string; note?: string }[]
}

export type DemoService = {
  key: string
  name: string
  role: (typeof SERVICE_ROLES)[number] | null
  systems?: readonly string[]
  owner?: string
  yuan?: number
  gates?: readonly DemoGate[]
  noConsumers?: { on: Ago; evidence: string }
  off?: { on: Ago; reason: string; override?: string }
}

export type DemoUse = {
  /** A service, or the name of somebody outside. */
  from: string
  isExternal?: true
  to: string
  strength?: (typeof STRENGTHS)[number]
  needs?: (typeof NEEDS)[number]
  /** Declared when the register was set up, unless it was only seen. */
  seen?: Ago
  quietDays?: number
  until?: Ago
  waived?: { by: string; until: Ago; reason: string }
  note?: string
}
