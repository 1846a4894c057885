import type { Day } from './calendar.ts'
import type { GateState } from './landscape.ts'
import type { GateKind, GateStateCode } from './vocabulary.ts'

/** A condition of going, with its proof and its exception, as the register keeps it. */
export type Gate = {
  key: string
  kind: GateKind
  state: GateStateCode
  closesOn: Day | null
  evidenceExpiresOn: Day | null
  waivedOn: Day | null
  waivedUntil: Day | null
  withdrawnOn: Day | null
}

export type GateStanding = 'open' | 'unknown' | 'closed' | 'waived' | 'expired' | 'withdrawn'

/** How a gate stands on a day: evidence that has expired proves nothing, and a waiver ends on its day. */
export function gateStanding(gate: Gate, today: Day): GateStanding {
  if (gate.withdrawnOn) return 'withdrawn'
  if (gate.waivedOn && (!gate.waivedUntil || gate.waivedUntil > today)) return 'waived'
  if (gate.state !== 'closed') return gate.state
  return gate.evidenceExpiresOn && gate.evidenceExpiresOn <= today ? 'expired' : 'closed'
}

/** Whether the gate holds its owner on that day. What is not known to be closed holds. */
export function isHolding(gate: Gate, today: Day): boolean {
  return ['open', 'unknown', 'expired'].includes(gateStanding(gate, today))
}

/** Whether an open gate should have closed by today: on its day it is overdue already, as the analysis has it. */
export function isOverdue(gate: Gate, today: Day): boolean {
  return isHolding(gate, today) && gate.closesOn !== null && gate.closesOn <= today
}

/** The gate as the shutdown analysis sees it; a withdrawn one is not there. */
export function toGateState(gate: Gate, today: Day): GateState | null {
  const standing = gateStanding(gate, today)
  if (standing === 'withdrawn') return null
  const closed = standing === 'closed' || standing === 'waived'
  return {
    id: gate.key,
    state: closed ? 'closed' : standing === 'unknown' ? 'unknown' : 'open',
    closesOn: gate.closesOn,
  }
}
