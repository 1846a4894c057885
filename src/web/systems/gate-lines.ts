import { gateStanding, isHolding, isOverdue } from '../../domain/gates.ts'
import type { GateRow } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'
import { sayName } from '../words.ts'

/** The gates of a system or a service: how each stands, on what proof, and what can be done. Open ones first. */
export function gateLines(visit: Visit, gates: readonly GateRow[]) {
  const { today } = visit
  const order = (gate: GateRow) => (gate.withdrawnOn ? 2 : isHolding(gate, today) ? 0 : 1)
  return gates.toSorted((a, b) => order(a) - order(b)).map(gate => lineOf(visit, gate))
}

function lineOf({ t, language, today }: Visit, gate: GateRow) {
  const standing = gateStanding(gate, today)
  return {
    id: gate.id,
    name: sayName(language, gate),
    kind: t(`gateKind.${gate.kind}`),
    standing: t(`gate.${standing}`),
    holds: isHolding(gate, today),
    owner: gate.owner,
    closesOn: gate.closesOn,
    isOverdue: isOverdue(gate, today),
    proof: proofOf(t, gate),
    waiver: standing === 'waived' ? waiverOf(t, gate) : null,
    withdrawn: gate.withdrawnOn
      ? t('gates.withdrawn', { day: gate.withdrawnOn, reason: gate.withdrawnReason ?? '' })
      : null,
    note: gate.note,
    steps: stepsOf(standing).map(step => ({
      label: t(`gates.step.${step}`),
      href: `/gates/${gate.id}/${step}`,
    })),
  }
}

function proofOf(t: Visit['t'], gate: GateRow): string | null {
  if (gate.state !== 'closed') return null
  const closed = t('gates.closed', { day: gate.closedOn, evidence: gate.evidence ?? '' })
  return gate.evidenceExpiresOn ? `${closed}${t('gates.expires', { day: gate.evidenceExpiresOn })}` : closed
}

function waiverOf(t: Visit['t'], gate: GateRow): string {
  return t('gates.waived', { by: gate.waivedBy, day: gate.waivedUntil, reason: gate.waiverReason })
}

function stepsOf(standing: string): string[] {
  if (standing === 'withdrawn') return []
  if (standing === 'closed') return ['reopen', 'edit', 'withdraw']
  return standing === 'waived'
    ? ['close', 'reopen', 'edit', 'withdraw']
    : ['close', 'waive', 'edit', 'withdraw']
}
