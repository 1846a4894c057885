import { gateStanding } from '../domain/gates.ts'
import { isTrace } from '../domain/vocabulary.ts'
import type { Translate } from '../http/languages.ts'
import type { EventRow, GateRow } from '../store/nouns.ts'
import type { Form } from './form.ts'

/** What was withdrawn changes no more, so there is nothing to fill in. */
export function whyWithdrawn(
  t: Translate,
  row: { withdrawnOn: string | null; withdrawnReason: string | null },
): Pick<Form, 'instead'> {
  if (!row.withdrawnOn) return {}
  const text = t('withdrawal.wasWithdrawn', { day: row.withdrawnOn, reason: row.withdrawnReason })
  return { instead: { text } }
}

/** What an action left in the course of a system belongs to that action. */
export function whyKept(t: Translate, event: EventRow): Pick<Form, 'instead'> {
  return isTrace(event.kind) ? { instead: { text: t('problem.event.trace') } } : whyWithdrawn(t, event)
}

/** Evidence says more than a waiver could. */
export function whyNotWaived(t: Translate, gate: GateRow, today: string): Pick<Form, 'instead'> {
  return gateStanding(gate, today) === 'closed' ? alreadyClosed(t, gate) : {}
}

export function alreadyClosed(t: Translate, { id }: { id: number }): Pick<Form, 'instead'> {
  const way = { text: t('gates.step.reopen'), href: `/gates/${id}/reopen` }
  return { instead: { text: t('problem.gate.already_closed'), ways: [way] } }
}
