import { STATUSES, type Status } from '../../domain/vocabulary.ts'
import { codes, type Field } from '../form.ts'
import type { Visit } from '../visit.ts'

type Asks = {
  allowed: readonly Status[]
  mayHold: boolean
  mayOverride: boolean
  isRetiring: boolean
  /** Wherever it goes from here. */
  needsReason: boolean
  /** A former retirement of which nobody knows the day is given back without one. */
  needsDay: boolean
}

/** A review day is asked where the system may go on hold, a reason against the rules where it is not ready. */
export function moveFields(t: Visit['t'], asks: Asks): Field[] {
  const { allowed, mayHold, mayOverride, isRetiring } = asks
  const to: Field = {
    name: 'to',
    kind: 'choice',
    isRequired: true,
    options: codes(t, 'status', allowed),
    decides: { column: 'status', options: codes(t, 'status', STATUSES) },
  }
  const review: Field = {
    name: 'reviewOn',
    kind: 'day',
    hint: 'system.reviewHint',
    decides: { column: 'reviewOn' },
  }
  const override: Field = {
    name: 'overrideReason',
    kind: 'long',
    isRequired: isRetiring,
    hint: 'system.overrideHint',
  }
  const reason: Field = {
    name: 'reason',
    kind: 'long',
    ...(asks.needsReason ? { isRequired: true } : { hint: 'system.reasonHint' }),
    decides: { column: 'statusReason' },
  }
  return [
    to,
    { name: 'on', kind: 'day', isRequired: asks.needsDay, decides: { column: 'statusOn' } },
    reason,
    ...(mayHold ? [review] : []),
    ...(mayOverride ? [override] : []),
  ]
}
