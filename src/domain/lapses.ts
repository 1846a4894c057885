import type { Day } from './calendar.ts'
import { type Gate, gateStanding } from './gates.ts'
import type { Landscape } from './landscape.ts'
import type { Register, RegisteredUse } from './register.ts'
import { externalOf, gateOf, type Reason, serviceGateOf } from './shutdown/blockers.ts'
import { type Watch, watchOn } from './shutdown/uses.ts'

/**
 * What does not hold today and by itself holds again from `until` on: a use or a gate whose waiver ends then, or a
 * gate closed on evidence that expires. `end` is the day on which what then holds is to end, null where nobody said.
 */
export type Lapse = { until: Day; by: 'waiver' | 'evidence'; end: Day | null; held: Held }

/** A use by who holds whom, which for `needs: to` is the other way round than reported. */
export type Held =
  | { kind: 'use'; consumer: string; provider: string }
  | { kind: 'external'; reason: Reason; name: string; provider: string }
  | { kind: 'system-gate'; reason: Reason; system: string }
  | { kind: 'service-gate'; reason: Reason; service: string }

type Kept = {
  systems: Iterable<{ row: Pick<Register['systems'][number], 'key' | 'status' | 'gates'> }>
  services: Iterable<{ row: Pick<Register['services'][number], 'key' | 'gates'> }>
  dependencies: Iterable<{ row: Register['dependencies'][number] }>
  externals: Iterable<{ row: Register['externals'][number] }>
}

/** With all its services, of which `Kept` needs only those that something may lapse of. */
type Estate = Pick<Landscape, 'services' | 'quietDays'>

/**
 * Every lapse of the register, in its order. Uses that are soft, or quiet by now, would hold nothing
 * back, nor would the gates of a system that is retired and of which nothing runs.
 */
export function listLapses(kept: Kept, { services, quietDays }: Estate, today: Day): Lapse[] {
  const isFresh = watchOn({ quietDays }, today)
  const lapses: Lapse[] = []
  const served = servedBy(services)
  for (const { row } of kept.systems) {
    if (row.status === 'retired' && !served.has(row.key)) continue
    for (const gate of row.gates)
      noteGate(gate, { kind: 'system-gate', reason: gateOf(row.key, gate.key), system: row.key })
  }
  for (const { row } of kept.services)
    for (const gate of row.gates)
      noteGate(gate, { kind: 'service-gate', reason: serviceGateOf(row.key, gate.key), service: row.key })
  for (const { row } of kept.dependencies) {
    const { consumer, provider, needs } = row
    if (needs !== 'to') noteUse(row, { kind: 'use', consumer, provider })
    if (needs !== 'from') noteUse(row, { kind: 'use', consumer: provider, provider: consumer })
  }
  for (const { row } of kept.externals) {
    const { name, provider, needs } = row
    if (needs !== 'to') noteUse(row, { kind: 'external', reason: externalOf(name), name, provider })
  }
  return lapses

  function noteGate(gate: Gate, held: Held): void {
    const standing = gateStanding(gate, today)
    if (standing !== 'waived' && standing !== 'closed') return
    const { evidenceExpiresOn, closesOn: end } = gate
    // A waiver may go on where the evidence ends.
    const last = standing === 'closed' && evidenceExpiresOn ? gateStanding(gate, evidenceExpiresOn) : standing
    const until = last === 'waived' ? gate.waivedUntil : evidenceExpiresOn
    if (until) lapses.push({ until, by: last === 'waived' ? 'waiver' : 'evidence', end, held })
  }

  function noteUse(use: RegisteredUse, held: Held): void {
    const until = whenHeldAgain(use, today, isFresh)
    if (until) lapses.push({ until, by: 'waiver', end: use.untilOn, held })
  }
}

const servedOf = new WeakMap<Estate['services'], Set<string>>()

/** The systems of which a service still runs, looked up once for each list of services. */
function servedBy(services: Estate['services']): ReadonlySet<string> {
  const known = servedOf.get(services)
  if (known) return known
  const served = new Set<string>()
  servedOf.set(services, served)
  for (const { state, systems } of services)
    if (state === 'on') for (const system of systems) served.add(system)
  return served
}

function whenHeldAgain(use: RegisteredUse, today: Day, isFresh: Watch): Day | null {
  const { waivedOn, waivedUntil, strength, declaredOn, lastSeenOn: lastSeen, quietDays } = use
  if (!waivedOn || !waivedUntil || waivedUntil <= today || strength === 'soft') return null
  return declaredOn || isFresh({ lastSeen, quietDays }) ? waivedUntil : null
}
