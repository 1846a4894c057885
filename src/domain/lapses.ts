import type { Day } from './calendar.ts'
import { type Gate, gateStanding, heldAgainOf } from './gates.ts'
import type { Landscape } from './landscape.ts'
import type { Register, RegisteredUse } from './register.ts'
import { externalOf, gateOf, type Reason, serviceGateOf } from './shutdown/blockers.ts'
import { eachNeed, type Watch, watchOn } from './shutdown/uses.ts'

/**
 * What does not hold today and by itself holds again from `until` on: a use or a gate whose waiver ends then, or a
 * gate closed on evidence that expires. `end` is the day on which what then holds is to end, null where nobody said.
 */
export type Lapse = { until: Day; by: 'waiver' | 'evidence'; end: Day | null; held: Held }

/** A use by who holds whom, which for `needs: to` is the other way round than reported: then its consumer is no caller. */
export type Held =
  | { kind: 'use'; consumer: string; provider: string; isCaller: boolean }
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
 * back, nor would what is off, or the gates of a system that is retired and of which nothing runs.
 */
export function listLapses(kept: Kept, estate: Estate, today: Day): Lapse[] {
  const isFresh = watchOn(estate, today)
  return heldIn(kept, estate, {
    gate: gate => passingOf(gate, today),
    use: use => endOfWaiver(use, isFresh, until => until > today),
  })
}

/** What was waived or proven, and by itself holds again since `until`: as above, of the same things. */
export function listHeldAgain(kept: Kept, estate: Estate, today: Day): Lapse[] {
  const isFresh = watchOn(estate, today)
  return heldIn(kept, estate, {
    gate: gate => heldAgainOf(gate, today),
    use: use => endOfWaiver(use, isFresh, until => until <= today),
  })
}

type Ending = Pick<Lapse, 'until' | 'by'> | null
type Asked = { gate: (gate: Gate) => Ending; use: (use: RegisteredUse) => Ending }

function heldIn(kept: Kept, { services }: Estate, asked: Asked): Lapse[] {
  const lapses: Lapse[] = []
  const { systems, isOff } = runningOf(services)
  for (const { row } of kept.systems) {
    if (row.status === 'retired' && !systems.has(row.key)) continue
    for (const gate of row.gates)
      noteGate(gate, { kind: 'system-gate', reason: gateOf(row.key, gate.key), system: row.key })
  }
  for (const { row } of kept.services)
    for (const gate of row.gates)
      if (!isOff.has(row.key))
        noteGate(gate, { kind: 'service-gate', reason: serviceGateOf(row.key, gate.key), service: row.key })
  for (const { row } of kept.dependencies) {
    const { consumer, provider, needs } = row
    if (isOff.has(consumer) || isOff.has(provider)) continue
    eachNeed(needs, consumer, provider, (user, used) =>
      noteUse(row, { kind: 'use', consumer: user, provider: used, isCaller: user === consumer }),
    )
  }
  for (const { row } of kept.externals) {
    const { name, provider, needs } = row
    if (needs !== 'to' && !isOff.has(provider))
      noteUse(row, { kind: 'external', reason: externalOf(name), name, provider })
  }
  return lapses

  function noteGate(gate: Gate, held: Held): void {
    const ending = asked.gate(gate)
    if (ending) lapses.push({ ...ending, end: gate.closesOn, held })
  }

  function noteUse(use: RegisteredUse, held: Held): void {
    const ending = asked.use(use)
    if (ending) lapses.push({ ...ending, end: use.untilOn, held })
  }
}

type Running = { systems: Set<string>; isOff: Set<string> }
const runningIn = new WeakMap<Estate['services'], Running>()

/** The systems of which a service still runs, and what is off, looked up once for each list of services. */
function runningOf(services: Estate['services']): Running {
  const known = runningIn.get(services)
  if (known) return known
  const running: Running = { systems: new Set(), isOff: new Set() }
  runningIn.set(services, running)
  for (const { id, state, systems } of services)
    if (state === 'off') running.isOff.add(id)
    else for (const system of systems) running.systems.add(system)
  return running
}

function passingOf(gate: Gate, today: Day): Ending {
  const standing = gateStanding(gate, today)
  if (standing !== 'waived' && standing !== 'closed') return null
  const { evidenceExpiresOn } = gate
  // A waiver may go on where the evidence ends.
  const last = standing === 'closed' && evidenceExpiresOn ? gateStanding(gate, evidenceExpiresOn) : standing
  const until = last === 'waived' ? gate.waivedUntil : evidenceExpiresOn
  return until ? { until, by: last === 'waived' ? 'waiver' : 'evidence' } : null
}

/** Of a use that would hold somebody back but for its waiver. */
function endOfWaiver(use: RegisteredUse, isFresh: Watch, isAsked: (until: Day) => boolean): Ending {
  const { waivedOn, waivedUntil, strength, declaredOn, lastSeenOn: lastSeen, quietDays } = use
  if (!waivedOn || !waivedUntil || !isAsked(waivedUntil) || strength === 'soft') return null
  return declaredOn || isFresh({ lastSeen, quietDays }) ? { until: waivedUntil, by: 'waiver' } : null
}
