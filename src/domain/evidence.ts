import { addDays, type Day } from './calendar.ts'
import { type Gate, gateStanding } from './gates.ts'
import { isZero, staleDays } from './readings.ts'
import { isTelling, type RegisteredUse, type Switch, toUse } from './register.ts'
import { outsideStandingOf, watchOn } from './shutdown/uses.ts'
import type { Count } from './vocabulary.ts'

/**
 * What the register holds about one thing that nothing blocks: its zeros, its gates, the uses of it, and who missed it
 * in a trial without anybody having settled what that means.
 */
export type Proofs<R extends ProvenZero, G extends ProvenGate, U extends ProvenUse, C> = {
  residuals: readonly R[]
  gates: readonly G[]
  uses: readonly U[]
  /** Uses that it makes itself of those that cannot live without it. */
  fed?: readonly U[]
  complaints: readonly C[]
  /** The service itself, where there is one, and whether anybody is on record who needs it beside `uses`. */
  service?: { key: string; isNeeded: boolean }
}

type ProvenZero = {
  closedOn: Day | null
  cadenceDays: number | null
  latest: (Count & { day: Day }) | null
}
type ProvenGate = Gate & { closedOn: Day | null }
type ProvenUse = RegisteredUse & {
  withdrawnOn: Day | null
  /** Null where the consumer is outside. */
  consumerSwitch: Switch | null
}

/** One thing that “nothing holds it” rests on. `isWeak`: somebody should look again before acting on it. */
export type Ground<R, G, U, C> =
  | { kind: 'zero'; of: R; day: Day; isWeak: boolean }
  | { kind: 'closed_gate' | 'confirmed' | 'waived_gate'; of: G; isWeak: boolean }
  | { kind: 'quiet_use'; of: U; lastSeen: Day; quietOn: Day; isWeak: false }
  | { kind: 'soft_use'; of: U; isWeak: false }
  | { kind: 'waived_use'; of: U; isWeak: true }
  | { kind: 'complaint'; of: C; isWeak: true }
  | { kind: 'unconfirmed'; of: { key: string }; isWeak: true }

/**
 * What “nothing holds it” rests on, the weak grounds first: zeros with the day of their count, weak when they are
 * older than their cadence; unsettled complaints, which may be uses that nobody knew; that no use on record says who
 * needs a service and nobody has confirmed that no one does; gates closed; gates and uses that are waived and so hold nothing
 * although they are there; uses that went quiet; soft ones, which end without harm.
 */
export function groundsOf<R extends ProvenZero, G extends ProvenGate, U extends ProvenUse, C>(
  { residuals, gates, uses, fed = [], complaints, service }: Proofs<R, G, U, C>,
  today: Day,
  usual: { cadenceDays: number; quietDays: number },
): Ground<R, G, U, C>[] {
  const isFresh = watchOn(usual, today)
  const standing = (use: U) => outsideStandingOf(toUse(use, today), isFresh)
  const onRecord = uses.filter(({ withdrawnOn }) => !withdrawnOn)
  const isKnown =
    service?.isNeeded || onRecord.some(use => isTelling(use, use.consumerSwitch) && !isForgotten(use))
  const isAsked = gates.some(gate => gate.kind === 'no_consumers' && !gate.withdrawnOn)
  const isUnconfirmed = service && !isKnown && !isAsked
  const grounds = [
    ...complaints.map(of => ({ kind: 'complaint' as const, of, isWeak: true as const })),
    ...(isUnconfirmed ? [{ kind: 'unconfirmed' as const, of: service, isWeak: true as const }] : []),
    ...residuals.flatMap(of => zeroOf(of, today, usual.cadenceDays)),
    ...gates.flatMap(of => gateOf(of, today)),
    ...[...onRecord.filter(({ needs }) => needs !== 'to'), ...fed].flatMap(useOf),
  ]
  return grounds.sort((a, b) => Number(b.isWeak) - Number(a.isWeak))

  /** That nobody calls any more who still runs says nothing of those that nobody has looked for. */
  function isForgotten(use: U): boolean {
    return standing(use) === 'quiet' && use.consumerSwitch?.state !== 'off'
  }

  function zeroOf(of: R, on: Day, cadenceDays: number): Ground<R, G, U, C>[] {
    const { latest, closedOn } = of
    if (closedOn || !latest || !isZero(latest)) return []
    const isWeak = staleDays(latest.day, of.cadenceDays ?? cadenceDays, on) > 0
    return [{ kind: 'zero', of, day: latest.day, isWeak }]
  }

  function gateOf(of: G, on: Day): Ground<R, G, U, C>[] {
    const standing = gateStanding(of, on)
    if (standing === 'waived') return [{ kind: 'waived_gate', of, isWeak: true }]
    if (standing !== 'closed') return []
    return [{ kind: of.kind === 'no_consumers' ? 'confirmed' : 'closed_gate', of, isWeak: false }]
  }

  function useOf(of: U): Ground<R, G, U, C>[] {
    const how = standing(of)
    if (how === 'soft') return [{ kind: 'soft_use', of, isWeak: false }]
    if (how === 'waived') return [{ kind: 'waived_use', of, isWeak: true }]
    if (how === 'live' || !of.lastSeenOn) return []
    const quietOn = addDays(of.lastSeenOn, of.quietDays ?? usual.quietDays)
    return [{ kind: 'quiet_use', of, lastSeen: of.lastSeenOn, quietOn, isWeak: false }]
  }
}
