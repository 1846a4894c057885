import { usualDays } from '../context.ts'
import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { goingTogether } from '../domain/shutdown/service.ts'
import { servicePath } from '../http/addresses.ts'
import { sayAge, sayName, sayNumber } from '../http/words.ts'
import { type KeptGround, loadGrounds } from '../store/grounds.ts'
import { findServicesByKey } from '../store/services.ts'
import type { Visit } from './visit.ts'

/** What a verdict rests on, in words: what should be looked at again comes first. */
export type RestsOn = { lines: Line[]; isWeak: boolean; more: string | null }
type Line = { text: string; isWeak: boolean; next: { text: string; href: string } | null }

const SHOWN = 12

/** For a service that nothing holds, with all that go with it; null for any other. */
export async function restsOnOf(
  visit: Visit,
  judgement: Judgement,
  key: string,
  verdict: Verdict,
): Promise<RestsOn | null> {
  if (!isFreeToGo(verdict)) return null
  const services = await findServicesByKey(visit.context.db, goingTogether(judgement, key))
  const grounds = [...(await groundsFor(visit, services)).values()].flat()
  return sayGrounds(visit, grounds)
}

export function isFreeToGo(verdict: Verdict): boolean {
  return verdict === 'READY' || verdict === 'FREE'
}

export async function groundsFor(
  { context, today }: Visit,
  services: readonly { id: number; key: string }[],
) {
  return loadGrounds(context.db, services, today, usualDays(context))
}

/** Two services of one system rest on the same count: it is said once. */
export function sayGrounds(visit: Visit, grounds: readonly KeptGround[]): RestsOn {
  const said = new Map(grounds.map(ground => [sayGround(visit, ground), ground]))
  const lines = Array.from(said, ([text, ground]) => lineOf(visit, text, ground)).sort(
    (a, b) => Number(b.isWeak) - Number(a.isWeak),
  )
  const weak = lines.filter(({ isWeak }) => isWeak).length
  const shown = Math.max(SHOWN, weak)
  const left = lines.length - shown
  return {
    lines: lines.slice(0, shown),
    isWeak: weak > 0,
    more: left > 0 ? visit.t('rests.more', { number: sayNumber(visit.language, left) }) : null,
  }
}

function lineOf({ t }: Visit, text: string, ground: KeptGround): Line {
  const { isWeak } = ground
  if (ground.kind !== 'unconfirmed') return { text, isWeak, next: null }
  const href = `${servicePath(ground.of.key)}/no-consumers`
  return { text, isWeak, next: { text: t('blocker.next.confirmNoConsumers'), href } }
}

/** "rests on 1 open complaint, 2 old counts and 1 waiver"; null where every ground is sound. */
export function sayDoubts({ t, language }: Visit, grounds: readonly KeptGround[]): string | null {
  const old = grounds.filter(ground => ground.isWeak && ground.kind === 'zero').length
  const complaints = grounds.filter(({ kind }) => kind === 'complaint').length
  const waived = grounds.filter(({ kind }) => kind === 'waived_gate' || kind === 'waived_use').length
  const parts = [
    ...(complaints > 0
      ? [t('rests.complaints', { count: complaints, number: sayNumber(language, complaints) })]
      : []),
    ...(old > 0 ? [t('rests.old', { count: old, number: sayNumber(language, old) })] : []),
    ...(waived > 0 ? [t('rests.waivers', { count: waived, number: sayNumber(language, waived) })] : []),
  ]
  const unconfirmed = grounds.some(({ kind }) => kind === 'unconfirmed') ? t('rests.silent') : null
  const last = parts.pop()
  if (last === undefined) return unconfirmed
  const on = parts.length > 0 ? parts.join(t('rests.comma')) + t('rests.and') + last : last
  const doubt = t('rests.doubt', { on })
  return unconfirmed ? `${doubt} ${unconfirmed}` : doubt
}

function sayGround({ t, language, today }: Visit, ground: KeptGround): string {
  if (ground.kind === 'zero') {
    const { of, day, isWeak } = ground
    const name = sayName(language, of)
    const values = { place: sayName(language, of.place), name, day, age: sayAge(t, language, day, today) }
    return t(isWeak ? 'rests.staleZero' : 'rests.zero', values)
  }
  if ('quietOn' in ground) {
    const { of, lastSeen, quietOn } = ground
    return t('rests.quiet_use', {
      consumer: of.consumer,
      provider: of.provider,
      seen: lastSeen,
      quiet: quietOn,
    })
  }
  if (ground.kind === 'soft_use') {
    const { consumer, provider } = ground.of
    return t('rests.soft_use', { consumer, provider })
  }
  if (ground.kind === 'unconfirmed') return t('rests.unconfirmed', { service: ground.of.key })
  if (ground.kind === 'complaint') {
    const { service, complainant, complaint, day } = ground.of
    return t('rests.complaint', { service, complainant, complaint, day })
  }
  if (ground.kind === 'waived_use') {
    const { of } = ground
    const seen = of.lastSeenOn ? t('rests.seen', { day: of.lastSeenOn }) : ''
    return t('rests.waived_use', { ...waiverOf(of), consumer: of.consumer, provider: of.provider, seen })
  }
  const { of, kind } = ground
  const until = of.evidenceExpiresOn ? t('rests.until', { day: of.evidenceExpiresOn }) : ''
  const gate = {
    place: sayName(language, of.place),
    gate: sayName(language, of),
    evidence: of.evidence ?? '',
  }
  return t(`rests.${kind}`, { ...gate, ...waiverOf(of), day: of.closedOn ?? t('when.unknown'), until })

  function waiverOf({ waivedBy, waivedUntil }: { waivedBy: string | null; waivedUntil: string | null }) {
    return { by: waivedBy ?? t('when.unknown'), waivedUntil: waivedUntil ?? t('when.unknown') }
  }
}
