import type { Judgement } from '../../domain/shutdown/judge.ts'
import { goingTogether, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { stayingWay } from '../../domain/shutdown/staying.ts'
import { listLiveConsumers } from '../../domain/shutdown/uses-of-service.ts'
import type { SaidBlocker } from '../../http/blockers/blocker-words.ts'
import { sayWhen } from '../../http/blockers/blocker-words.ts'
import type { Service } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** The sentence that a page about one service starts with. */
export function sayVerdict(
  { t }: Pick<Visit, 't'>,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
  reasons: readonly SaidBlocker[],
): string {
  const { verdict, wave } = found
  if (verdict === 'OFF') return sayOff(t, service)
  if (verdict === 'READY' || verdict === 'FREE') {
    const others = goingTogether(judgement, found.id).filter(key => key !== found.id)
    const key = `service.headline.${verdict}${others.length > 0 ? '_TOGETHER' : ''}`
    return t(key, { wave, others: sayKeys(t, others), planned: sayWhen(t, found.planned ?? 'unknown') })
  }
  if (verdict === 'KEEP') return t('service.headline.KEEP', { reason: reasons[0]?.text })
  return t('service.headline.BLOCKED', { reasons: sayReasons(t, judgement, found.id, reasons) })
}

function sayOff(t: Visit['t'], { offSince, overrideReason }: Service): string {
  const off = offSince ? t('service.headline.OFF', { day: offSince }) : t('service.headline.OFF_UNKNOWN')
  return overrideReason ? off + t('service.headline.OVERRIDE', { reason: overrideReason }) : off
}

/** "履约1.0 still has at least 3,000 open orders, and zjjg calls it; 2 more reasons" */
function sayReasons(
  t: Visit['t'],
  judgement: Judgement,
  key: string,
  reasons: readonly SaidBlocker[],
): string {
  const named = namedIn(judgement, key, reasons[0]?.id)
  const callers = listLiveConsumers(judgement, key).filter(caller => !named.includes(caller))
  const calls = t('service.headline.calls', { callers: sayKeys(t, callers), count: callers.length })
  const sentence = (reasons[0]?.text ?? '') + (callers.length > 0 ? calls : '')
  const left = reasons.length - 1
  return left > 0 ? sentence + t('service.headline.more', { count: left }) : sentence
}

/** The callers that the first reason has already named: who stays, and what they use on the way. */
function namedIn(judgement: Judgement, key: string, reason: string | undefined): readonly string[] {
  if (reason === 'permanent') return stayingWay(judgement, key)?.chain.slice(0, 2) ?? []
  return reason?.startsWith('external:') ? [reason.slice('external:'.length)] : []
}

const NAMED = 3

function sayKeys(t: Visit['t'], keys: readonly string[]): string {
  const named = keys.slice(0, NAMED).join(t('service.headline.comma'))
  return keys.length > NAMED ? `${named} +${keys.length - NAMED}` : named
}
