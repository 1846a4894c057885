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

/** How a gate stands on a day: evidence says more than a waiver, but expired it proves nothing; a waiver ends on its day. */
export function gateStanding(gate: Gate, today: Day): GateStanding {
  if (gate.withdrawnOn) return 'withdrawn'
  if (isProven(gate, today)) return 'closed'
  if (isWaived(gate, today)) return 'waived'
  return gate.state === 'closed' ? 'expired' : gate.state
}

function isProven({ state, evidenceExpiresOn }: Gate, today: Day): boolean {
  return state === 'closed' && (!evidenceExpiresOn || evidenceExpiresOn > today)
}

/** Whether there is nothing to close: evidence that ends may be renewed before its end. */
export function isClosedForGood(gate: Gate, today: Day): boolean {
  return gateStanding(gate, today) === 'closed' && !gate.evidenceExpiresOn
}

/** Whether a gate, or a use, is let pass for a while that is not over. */
export function isWaived({ waivedOn, waivedUntil }: Waivable, today: Day): boolean {
  return waivedOn !== null && (!waivedUntil || waivedUntil > today)
}

type Waivable = Pick<Gate, 'waivedOn' | 'waivedUntil'>

/** Whether there is nothing to reopen: an open gate that is not waived holds as it is. */
export function isPlainlyOpen({ state, waivedOn }: Pick<Gate, 'state' | 'waivedOn'>): boolean {
  return state === 'open' && !waivedOn
}

/** Whether the gate holds its owner on that day. What is not known to be closed holds. */
export function isHolding(gate: Gate, today: Day): boolean {
  return ['open', 'unknown', 'expired'].includes(gateStanding(gate, today))
}

/** Whether an open gate should have closed by today: on its day it is overdue already, as the analysis has it. */
export function isOverdue(gate: Gate, today: Day): boolean {
  return isHolding(gate, today) && gate.closesOn !== null && gate.closesOn <= today
}

/**
 * Since when a gate holds again because its waiver ended or its evidence expired, whichever came later; null where that is
 * not why it holds. Where a day to close it by has come since, its being overdue is the news.
 */
export function heldAgainOf(gate: Gate, today: Day): { until: Day; by: 'waiver' | 'evidence' } | null {
  if (!isHolding(gate, today)) return null
  const { state, evidenceExpiresOn, waivedOn, waivedUntil, closesOn } = gate
  const proven = (state === 'closed' && evidenceExpiresOn) || ''
  const waived = (waivedOn && waivedUntil) || ''
  const until = proven > waived ? proven : waived
  if (until === '' || (closesOn && closesOn >= until && closesOn <= today)) return null
  return { until, by: proven > waived ? 'evidence' : 'waiver' }
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
