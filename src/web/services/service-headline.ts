import { type Blocker, callerIn } from '../../domain/shutdown/blockers.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { findService, goingTogether, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { listCallers } from '../../domain/shutdown/uses-of-service.ts'
import { type SaidBlocker, sayWhen } from '../../http/blockers/blocker-words.ts'
import { closedUp } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'
import { namedByStaying, sayStayingShortly } from './service-staying.ts'

/** The sentence that a page about one service starts with. */
export function sayVerdict(
  { t }: Pick<Visit, 't'>,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
  first: SaidBlocker | undefined,
): string {
  const { verdict, wave } = found
  if (verdict === 'OFF') return sayOff(t, service)
  if (verdict === 'READY' || verdict === 'FREE') {
    const others = goingTogether(judgement, found.id).filter(key => key !== found.id)
    const key = `service.headline.${verdict}${others.length > 0 ? '_TOGETHER' : ''}`
    const planned = sayWhen(t, found.planned ?? 'unknown')
    return closedUp(t(key, { wave, others: sayKeys(t, others), planned }))
  }
  if (verdict === 'KEEP') return t('service.headline.KEEP', { reason: goingOn(first?.text ?? '') })
  return t('service.headline.BLOCKED', { reasons: sayReasons(t, judgement, found, first) })
}

function sayOff(t: Visit['t'], { offSince, overrideReason }: Service): string {
  const off = offSince ? t('service.headline.OFF', { day: offSince }) : t('service.headline.OFF_UNKNOWN')
  return overrideReason ? off + t('service.headline.OVERRIDE', { reason: overrideReason }) : off
}

/** "履约1.0 still has at least 3,000 open orders, and zjjg calls it; 2 more reasons" */
function sayReasons(
  t: Visit['t'],
  judgement: Judgement,
  { id, blockers }: ServiceJudgement,
  first: SaidBlocker | undefined,
): string {
  const reason = blockers.find(blocker => blocker.id === first?.id)
  const several = reason?.kind === 'permanent' ? sayStayingShortly(t, judgement, id) : null
  const isNamed = several ? (caller: string) => isKept(judgement, caller) : namedIn(judgement, id, reason)
  // Who goes together with it is no reason to wait: the page names the group.
  const group = goingTogether(judgement, id)
  const all = listCallers(judgement, id).filter(caller => !group.includes(caller))
  const callers = all.filter(caller => !isNamed(caller))
  const values = { callers: sayKeys(t, callers), count: callers.length }
  const calls = t(`service.headline.${callers.length < all.length ? 'callsToo' : 'calls'}`, values)
  const sentence =
    (several ?? goingOn(withoutName(t, first?.text ?? '', id))) + (callers.length > 0 ? closedUp(calls) : '')
  const left = blockers.filter(blocker => blocker.id !== first?.id && !isSaid(callerIn(blocker, id))).length
  return left > 0 ? sentence + t('service.headline.more', { count: left }) : sentence

  function isSaid(caller: string | null): boolean {
    return caller !== null && callers.includes(caller)
  }
}

/** The page is about this service, so a gate of its own goes without its name. */
function withoutName(t: Visit['t'], reason: string, id: string): string {
  return reason.replace(t('service.headline.gateOf', { id }), () => t('service.headline.gate'))
}

/** In the middle of an English sentence a reason begins in lower case, unless a name comes first. */
export function goingOn(reason: string): string {
  return reason.replace(/^(?:The|That|Nobody|Services|It)(?= )/, word => word.toLowerCase())
}

/** Of which callers the first reason tells: who stays, and what they use on the way. */
function namedIn(
  judgement: Judgement,
  key: string,
  reason: Blocker | undefined,
): (caller: string) => boolean {
  if (reason?.kind !== 'permanent') return caller => reason !== undefined && callerIn(reason, key) === caller
  const named = namedByStaying(judgement, key)
  return caller => named.includes(caller) || isKept(judgement, caller)
}

function isKept(judgement: Judgement, caller: string): boolean {
  return findService(judgement, caller)?.verdict === 'KEEP'
}

const NAMED = 3

/** "a, b, c and 2 more". */
export function sayKeys(t: Visit['t'], keys: readonly string[]): string {
  const named = keys.slice(0, NAMED).join(t('service.headline.comma'))
  const values = { named, count: keys.length - NAMED }
  return keys.length > NAMED ? t('service.headline.among', values) : named
}
