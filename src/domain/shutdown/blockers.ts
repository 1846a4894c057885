import type { Day } from '../calendar.ts'
import type { When } from './moments.ts'

export const BLOCKER_KINDS = [
  'permanent',
  'residual',
  'gate',
  'service-gate',
  'external',
  'traffic',
  'ghost',
  'unknown-role',
  'unknown-system',
  'unknown-consumer',
] as const
type BlockerKind = (typeof BLOCKER_KINDS)[number]

/** One reason why something cannot be switched off. */
export type Blocker = {
  /** `residual:booking`, `gate:booking/approval`, `traffic:old-batch>ledger`; the same text is the same reason. */
  id: string
  kind: BlockerKind
  owner: BlockerOwner
  /** When it ends; with several holders, when it ends for the last of them. */
  date: When
  /** The day it was to end, when that day has come and the reason is still open. */
  overdueSince: Day | null
}

/** Who can end it. `permanent` is one reason for the whole estate, so nobody owns it. */
type BlockerOwner =
  | { kind: 'nobody' }
  | { kind: 'system'; system: string }
  | { kind: 'system-gate'; system: string; gate: string }
  | { kind: 'service'; service: string }
  | { kind: 'service-gate'; service: string; gate: string }
  | { kind: 'external'; name: string }
  | { kind: 'edge'; consumer: string; provider: string }

/** A blocker before anybody asked when it ends. */
export type Reason = { id: string; kind: BlockerKind; owner: BlockerOwner }

/** Two reasons of one id are the same unless ids of systems, services or gates hold the signs between them. */
export function isSameReason(one: Reason, other: Reason): boolean {
  return one.owner === other.owner || JSON.stringify(one.owner) === JSON.stringify(other.owner)
}

export const PERMANENT: Reason = { id: 'permanent', kind: 'permanent', owner: { kind: 'nobody' } }

export function residualOf(system: string): Reason {
  return { id: `residual:${system}`, kind: 'residual', owner: { kind: 'system', system } }
}

export function gateOf(system: string, gate: string): Reason {
  return { id: `gate:${system}/${gate}`, kind: 'gate', owner: { kind: 'system-gate', system, gate } }
}

export function serviceGateOf(service: string, gate: string): Reason {
  return {
    id: `sgate:${service}/${gate}`,
    kind: 'service-gate',
    owner: { kind: 'service-gate', service, gate },
  }
}

export function externalOf(name: string): Reason {
  return { id: `external:${name}`, kind: 'external', owner: { kind: 'external', name } }
}

/** A provider still waits for the calls of an off consumer to fade, or for an explanation why they go on. */
export function callsOf(kind: 'traffic' | 'ghost', consumer: string, provider: string): Reason {
  return { id: `${kind}:${consumer}>${provider}`, kind, owner: { kind: 'edge', consumer, provider } }
}

export function unknownRoleOf(service: string): Reason {
  return { id: `unknown-role:${service}`, kind: 'unknown-role', owner: { kind: 'service', service } }
}

export function unknownSystemOf(system: string): Reason {
  return { id: `unknown-system:${system}`, kind: 'unknown-system', owner: { kind: 'system', system } }
}

export function unknownConsumerOf(service: string): Reason {
  return { id: `unknown-consumer:${service}`, kind: 'unknown-consumer', owner: { kind: 'service', service } }
}

/** Who calls the service, where that alone is the reason; null for all other reasons. */
export function callerIn({ kind, owner }: Reason, provider: string): string | null {
  if (owner.kind === 'external') return owner.name
  if (owner.kind === 'edge') return kind === 'ghost' && owner.provider === provider ? owner.consumer : null
  return kind === 'unknown-consumer' && owner.kind === 'service' ? owner.service : null
}
