import { gateStanding, isHolding, isOverdue } from '../../domain/gates.ts'
import { isContradicted, NO_CONSUMERS_GATE } from '../../domain/register.ts'
import { servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { hasSilentGate } from '../../http/silent-gate.ts'
import { sayName } from '../../http/words.ts'
import type { GateRow, Service } from '../../store/nouns.ts'
import { findLastUse } from '../../store/uses.ts'
import type { Visit } from '../visit.ts'

type LastUse = Awaited<ReturnType<typeof findLastUse>>

/** The gates of a system: how each stands, on what proof, and what can be done. Open ones first. */
export function gateLines(visit: Visit, gates: readonly GateRow[], lastUse?: LastUse) {
  const order = ({ withdrawn, holds }: ReturnType<typeof lineOf>) => (withdrawn ? 2 : holds ? 0 : 1)
  return gates.map(gate => lineOf(visit, gate, lastUse)).sort((a, b) => order(a) - order(b))
}

/** The same for a service: a use that came up after somebody confirmed that there is none contradicts it. */
export async function serviceGateLines(visit: Visit, service: Service, gates: readonly GateRow[]) {
  const isConfirmed = gates.some(({ kind, state }) => kind === 'no_consumers' && state === 'closed')
  const lastUse = isConfirmed ? await findLastUse(visit.context.db, service.id) : undefined
  return [...(await silentGate(visit, service, gates)), ...gateLines(visit, gates, lastUse)]
}

/** The gate that the register itself keeps before a service of which no use says who needs it, while that runs. */
async function silentGate(visit: Visit, { key, owner, state }: Service, gates: readonly GateRow[]) {
  if (state === 'off') return []
  const { landscape } = await judgedFor(visit)
  if (!hasSilentGate(landscape, key, gates)) return []
  const { t } = visit
  const step = { label: t('blocker.next.confirmNoConsumers'), href: `${servicePath(key)}/no-consumers` }
  return [
    {
      id: NO_CONSUMERS_GATE,
      name: t('gates.ownName'),
      kind: t('gates.ownRule'),
      standing: t('gate.open'),
      contradicted: null,
      confirms: null,
      holds: true,
      owner,
      closesOn: null,
      isOverdue: false,
      proof: null,
      waiver: null,
      withdrawn: null,
      note: t('gates.silent'),
      steps: [step],
    },
  ]
}

function lineOf({ t, language, today }: Visit, gate: GateRow, lastUse: LastUse) {
  const standing = gateStanding(gate, today)
  const isRefuted = standing === 'closed' && isContradicted(gate, lastUse?.day ?? null)
  const contradicted = isRefuted && lastUse ? sayContradiction(t, lastUse) : null
  return {
    id: gate.id,
    name: sayName(language, gate),
    kind: kindOf(t, gate),
    confirms: gate.kind === 'no_consumers' && standing === 'closed' && !isRefuted ? gate.closedOn : null,
    standing: contradicted ? t('gates.contradicted') : t(`gate.${standing}`),
    contradicted,
    holds: contradicted !== null || isHolding(gate, today),
    owner: gate.owner,
    closesOn: gate.closesOn,
    isOverdue: isOverdue(isRefuted ? { ...gate, state: 'open' } : gate, today),
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

/** Not said twice: a gate may be called as its kind is, as a confirmation is that the register named itself. */
function kindOf(t: Visit['t'], { key, name, kind }: GateRow): string {
  const said = t(`gateKind.${kind}`)
  return key.startsWith(NO_CONSUMERS_GATE) || said === name ? '' : said
}

function sayContradiction(t: Visit['t'], { consumer, day, withdrawnOn }: NonNullable<LastUse>): string {
  return t(withdrawnOn ? 'gates.contradictedOnce' : 'gates.contradictedBy', { consumer, day, withdrawnOn })
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
