import type { Day } from '../../domain/calendar.ts'
import { isContradicted, isGateOfStatus, NO_CONSUMERS_GATE } from '../../domain/register.ts'
import type { GateRow } from '../../store/nouns.ts'
import { servicePath, systemPath } from '../addresses.ts'
import { sayName } from '../words.ts'
import type { Said, Telling } from './blocker-telling.ts'
import { nextToConfirm } from './confirmation-next.ts'
import { sayContradicted, sayReopened } from './confirmation-words.ts'

/** A gate of a system; one named after a status says that the system is not yet draining. */
export function sayGate(telling: Telling, { system: key, gate: id }: { system: string; gate: string }): Said {
  const { t, details } = telling
  const system = details.systems.get(key)
  const place = system ? sayName(telling.language, system) : key
  const gate = details.gates.get(`${key}/${id}`)
  if (gate) return sayKeptGate(telling, gate, place, system?.owner ?? null)
  const isStatus = isGateOfStatus(id)
  const said = {
    text: isStatus
      ? t(`blocker.status.${id}`, { system: place })
      : t('blocker.gate.open', { place, gate: id }),
    owner: system?.owner ?? null,
    next: {
      text: t(isStatus ? `blocker.next.status.${id}` : 'blocker.next.open'),
      href: `${systemPath(key)}#status`,
    },
  }
  return id === 'on_hold' && system?.reviewOn
    ? { ...said, ...sayReview(telling, place, system.reviewOn) }
    : said
}

/** When a hold ends nobody knows; when it is looked at again, its review day says. */
function sayReview({ t, judgement }: Telling, system: string, day: Day): Pick<Said, 'text' | 'date'> {
  const when = day <= judgement.today ? 'due' : 'ahead'
  return { text: t(`blocker.review.${when}`, { system, day }), date: '' }
}

/** A gate of a service, or the silence of all sources about who calls it. */
export function sayServiceGate(
  telling: Telling,
  { service, gate: id }: { service: string; gate: string },
): Said {
  const { t, details } = telling
  const owner = details.services.get(service)?.owner ?? null
  const gate = details.serviceGates.get(`${service}/${id}`)
  if (gate?.kind === 'no_consumers') return sayConfirmation(telling, gate, service, owner)
  if (gate) return sayKeptGate(telling, gate, service, owner)
  if (id === NO_CONSUMERS_GATE) {
    const next = {
      text: t('blocker.next.confirmNoConsumers'),
      href: `${servicePath(service)}/no-consumers`,
    }
    return { text: t('blocker.noConsumers', { service }), owner, next }
  }
  const next = { text: t('blocker.next.open'), href: `${servicePath(service)}#gates` }
  return { text: t('blocker.gate.open', { place: service, gate: id }), owner, next }
}

/** A confirmation that does not count: contradicted by a use, reopened by one, expired, or not given yet. */
function sayConfirmation(telling: Telling, gate: GateRow, service: string, owner: string | null): Said {
  const { t, details, judgement } = telling
  const usedOn = details.lastUses.get(gate.serviceId ?? 0) ?? null
  const next = nextToConfirm(t, judgement, service)
  const said = { owner: gate.owner ?? owner, next, name: t('blocker.confirmation.anew', { service }) }
  if (isContradicted(gate, usedOn))
    return { ...said, text: sayContradicted(t, { service, confirmedOn: gate.closedOn, usedOn }) }
  if (gate.state !== 'closed' && gate.evidence)
    return { ...said, text: sayReopened(t, service, details.reopenings.get(gate.id)) }
  return { ...sayKeptGate(telling, gate, service, owner), next }
}

/** Holding are open, unknown and, of those once closed, those whose evidence has expired. */
function sayKeptGate({ t, language }: Telling, gate: GateRow, place: string, owner: string | null): Said {
  const name = language === 'en' ? (gate.nameEn ?? gate.name) : gate.name
  const text =
    gate.state === 'closed'
      ? t('blocker.gate.expired', { place, gate: name, day: gate.evidenceExpiresOn })
      : t(`blocker.gate.${gate.state}`, { place, gate: name })
  const next = { text: t('blocker.next.closeGate'), href: `/gates/${gate.id}/close` }
  return { text, owner: gate.owner ?? owner, next }
}
