import type { Day } from './calendar.ts'
import { type Gate, isWaived, toGateState } from './gates.ts'
import { currenciesOf, fenIn } from './known-cost.ts'
import type {
  Edge,
  ExternalConsumer,
  GateState,
  Landscape,
  ServiceState,
  SystemState,
  Use,
} from './landscape.ts'
import type { Money } from './money.ts'
import { type OpenOrders, residualOf } from './open-orders.ts'
import { STATUSES, type Status } from './vocabulary.ts'

/** The register as it is kept, as far as the shutdown analysis needs it. */
export type Register = {
  systems: RegisteredSystem[]
  services: RegisteredService[]
  dependencies: (RegisteredUse & { consumer: string; provider: string })[]
  externals: (RegisteredUse & { name: string; provider: string })[]
}

export type RegisteredSystem = Pick<OpenOrders, 'total' | 'residuals' | 'uncounted' | 'unsettled'> & {
  key: string
  role: SystemState['role']
  status: Status
  /** The day on which its last order is expected to be gone. */
  residualZeroOn: Day | null
  gates: Gate[]
}

export type RegisteredService = Omit<ServiceState, 'id' | 'cost' | 'gates'> & {
  key: string
  /** What is known of what it costs a month, currency by currency. */
  costs: readonly Money[]
  gates: Confirmable[]
  /** Last day on which a use of it was declared or seen, withdrawn ones included; of interest once confirmed. */
  usedOn: Day | null
}
type Confirmable = Gate & { closedOn: Day | null }

export type RegisteredUse = Omit<Use, 'declared' | 'lastSeen' | 'until' | 'waived'> & {
  declaredOn: Day | null
  lastSeenOn: Day | null
  untilOn: Day | null
  waivedOn: Day | null
  waivedUntil: Day | null
}

/** Of a service that no source has told of, but for uses that tell nothing, until its owner confirms that nobody does. */
export const NO_CONSUMERS_GATE = 'no-consumers-confirmed'

/** Gate keys that the register itself gives out, so nobody can take them. */
export const RESERVED_GATE_KEYS: readonly string[] = [...STATUSES, NO_CONSUMERS_GATE]

/** Whether the register itself put this gate before a system, to say that it is not yet draining. */
export function isGateOfStatus(id: string): boolean {
  return STATUSES.some(status => status === id)
}

/**
 * The landscape that the analysis judges. Beside the gates that people keep, a system that is not yet draining
 * carries an open gate named after its status, and a service without any evidence one named `no-consumers-confirmed`:
 * both say in the analysis what the status or the silence of the sources means.
 */
export function toLandscape(
  register: Register,
  today: Day,
  { quietDays, soakDays }: Pick<Landscape, 'quietDays' | 'soakDays'>,
): Landscape {
  const systems = register.systems.map(system => toSystemState(system, today))
  return { quietDays, soakDays, systems, ...toServicesAndUses(register, today) }
}

/** The part of it in which the readings have no say. */
export function toServicesAndUses(
  { services, dependencies, externals }: Omit<Register, 'systems'>,
  today: Day,
): Pick<Landscape, 'services' | 'edges' | 'externals'> {
  const switches = new Map(services.map(service => [service.key, service]))
  const known = new Set<string>()
  for (const use of dependencies) {
    if (isTelling(use, switches.get(use.consumer))) known.add(use.consumer).add(use.provider)
  }
  for (const use of externals) if (isTelling(use)) known.add(use.provider)
  const [currency] = currenciesOf(services.map(({ costs }) => costs))
  return {
    services: services.map(service => {
      const cost = fenIn(currency, service.costs)
      return toServiceState(service, cost, gatesOf(service, known, today))
    }),
    edges: dependencies.map((use): Edge => ({ ...toUse(use, today), from: use.consumer, to: use.provider })),
    externals: externals.map(
      (use): ExternalConsumer => ({ ...toUse(use, today), name: use.name, to: use.provider }),
    ),
  }
}

/**
 * Whether a use says that somebody knows who needs its ends, even if it was waived or has fallen quiet since. A soft one
 * does not: it holds nobody, so it answers for none of those that nobody has looked for. Nor does one that was told of
 * only once its consumer was off.
 */
export function isTelling(
  { strength, declaredOn, lastSeenOn }: Pick<RegisteredUse, 'strength' | 'declaredOn' | 'lastSeenOn'>,
  consumer?: Switch | null,
): boolean {
  if (strength === 'soft') return false
  if (!consumer || consumer.state === 'on') return true
  const { offSince } = consumer
  if (offSince === null) return lastSeenOn !== null
  return [declaredOn, lastSeenOn].some(day => day !== null && day <= offSince)
}

/** Whether a service runs, and if not, since when. */
export type Switch = Pick<ServiceState, 'state' | 'offSince'>

export function toSystemState(system: RegisteredSystem, today: Day): SystemState {
  const gates = gateStates(system.gates, today)
  if (isBeforeDraining(system.status)) gates.push({ id: system.status, state: 'open', closesOn: null })
  return {
    id: system.key,
    role: system.status === 'cancelled' ? 'stay' : system.role,
    residual: residualOf(system),
    residualZeroOn: system.residualZeroOn,
    gates,
  }
}

function isBeforeDraining(status: Status): boolean {
  return status === 'migrating' || status === 'cutover_pending' || status === 'on_hold'
}

function toServiceState(service: RegisteredService, cost: number, gates: GateState[]): ServiceState {
  const { key, state, offSince, role, systems } = service
  return { id: key, state, offSince, role, systems, cost, gates }
}

/** `known` are the services of which a use tells that somebody knows who needs them. */
function gatesOf(
  { key, gates: kept, usedOn, role }: RegisteredService,
  known: ReadonlySet<string>,
  today: Day,
) {
  const gates = gateStates(
    kept.map(gate => (isContradicted(gate, usedOn) ? { ...gate, state: 'open' as const } : gate)),
    today,
  )
  const isAsked = kept.some(gate => gate.kind === 'no_consumers' && !gate.withdrawnOn)
  if (!known.has(key) && !isAsked && role !== 'stay') {
    gates.push({ id: NO_CONSUMERS_GATE, state: 'open', closesOn: null })
  }
  return gates
}

/** Whether a use came up after somebody confirmed that there is none: withdrawing that use does not mend the proof. */
export function isContradicted(
  { kind, state, closedOn }: Pick<Confirmable, 'kind' | 'state' | 'closedOn'>,
  usedOn: Day | null,
): boolean {
  if (kind !== 'no_consumers' || state !== 'closed' || usedOn === null) return false
  return closedOn === null || usedOn > closedOn
}

function gateStates(gates: readonly Gate[], today: Day): GateState[] {
  if (gates.length === 0) return []
  return gates.map(gate => toGateState(gate, today)).filter(gate => gate !== null)
}

export function toUse(use: RegisteredUse, today: Day): Use {
  return {
    strength: use.strength,
    needs: use.needs,
    declared: use.declaredOn !== null,
    lastSeen: use.lastSeenOn,
    quietDays: use.quietDays,
    until: use.untilOn,
    waived: isWaived(use, today),
  }
}
