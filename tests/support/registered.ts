import type { Gate } from '../../src/domain/gates.ts'
import type { RegisteredUse } from '../../src/domain/register.ts'

/** A call that somebody declared and that no source has seen. */
export const DECLARED: RegisteredUse = {
  strength: 'hard',
  needs: 'from',
  declaredOn: '2026-01-01',
  lastSeenOn: null,
  quietDays: null,
  untilOn: null,
  waivedOn: null,
  waivedUntil: null,
}

/** Closed with evidence that does not end: nobody calls the service. */
export const CONFIRMED: Gate & { closedOn: string } = {
  key: 'no-consumers',
  kind: 'no_consumers',
  state: 'closed',
  closesOn: null,
  closedOn: '2026-02-10',
  evidenceExpiresOn: null,
  waivedOn: null,
  waivedUntil: null,
  withdrawnOn: null,
}
