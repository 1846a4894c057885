import { trialsBefore } from '../../domain/attention.ts'
import { daysBetween } from '../../domain/calendar.ts'
import { type KnownCosts, listPaidAfterShutdown } from '../../domain/known-cost.ts'
import type { ServiceState } from '../../domain/landscape.ts'
import {
  type CallAfterOff,
  listCallsAfterOff,
  listNeedsOfOff,
  type NeedOfOff,
} from '../../domain/shutdown/after-off.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { listWaivedCallers, listWaivedFed } from '../../domain/shutdown/uses-of-service.ts'
import { servicePath, systemPath, trialPath } from '../../http/addresses.ts'
import { nextToConfirm } from '../../http/blockers/confirmation-next.ts'
import { sayContradicted, sayReopened } from '../../http/blockers/confirmation-words.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { listOnAfterRetirement, type OnAfterRetirement } from '../../store/after-retirement.ts'
import { listTakenBack } from '../../store/confirmations.ts'
import type { Judged } from '../../store/judged.ts'
import { listReopenings } from '../../store/reopenings.ts'
import { listLongTrials, listOpenComplaints } from '../../store/trials.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'

/** At most so many of each kind. */
const NOTED = 200

/** What should be off and is not, calls after a service went off, running services that need one that is off, and costs that go on. */
export async function serviceAlarms(visit: Visit): Promise<AttentionLine[]> {
  const { context, t } = visit
  const running = await listOnAfterRetirement(context.db, NOTED)
  const judged = await judgedFor(visit)
  const { judgement, knownCosts } = judged
  const { calls, needs } = alarmsOf(judgement)
  const money = moneyOfServices(visit, judged)
  return [
    ...running.map(one => runningLine(visit, one)),
    ...calls.slice(0, NOTED).map(call => ({
      kind: 'seen_after_shutdown' as const,
      text: sayCall(t, call),
      next: { text: t('attention.next.seen_after_shutdown'), href: servicePath(call.off) },
      isAlarm: true,
    })),
    ...needs.slice(0, NOTED).map(need => ({
      kind: 'needs_off' as const,
      text: sayNeed(t, need),
      next: {
        text: t('attention.next.needs_off'),
        href: `${servicePath(need.provider)}#${need.isCaller ? 'consumers' : 'providers'}`,
      },
      isAlarm: true,
    })),
    ...paidOf(judged).map(({ id, offSince, cost }) => ({
      kind: 'paid_after_shutdown' as const,
      text: t('attention.paid_after_shutdown', {
        service: id,
        since: offSince ?? t('when.unknown'),
        money: money.monthly({ cost, ...knownCosts(id) }).text,
      }),
      next: { text: t('attention.next.paid_after_shutdown'), href: `${servicePath(id)}#costs` },
      isAlarm: false,
    })),
  ]
}

/** One service is named; of several their number leads to the list. */
function runningLine({ t, language }: Visit, { system, service, count }: OnAfterRetirement): AttentionLine {
  const key = count === 1 ? 'on_after_retirement' : 'several_on_after_retirement'
  const number = sayNumber(language, count)
  return {
    kind: 'on_after_retirement',
    text: t(`attention.${key}`, { system: sayName(language, system), service, number }),
    next: {
      text: t(`attention.next.${key}`),
      href: count === 1 ? servicePath(service) : `${systemPath(system.key)}#services`,
    },
    isAlarm: true,
  }
}

const SHOWN = 5

/** What is wrong about a service that is off: who calls or needs it all the same, be that waived, or whom it calls. */
export function sayAfterOff({ t }: Visit, judgement: Judgement, key: string): string[] {
  const { calls, needs } = alarmsOf(judgement)
  const said = [
    ...calls.filter(({ off }) => off === key).map(call => sayCall(t, call)),
    ...needs.filter(({ provider }) => provider === key).map(need => sayNeed(t, need)),
    ...listWaivedCallers(judgement, key).map(consumer => t('service.calledWaived', { consumer })),
    ...listWaivedFed(judgement, key).map(consumer => t('service.fedWaived', { consumer })),
  ]
  const left = said.length - SHOWN
  return left > 0 ? [...said.slice(0, SHOWN), t('attention.more', { count: left })] : said
}

function sayCall(t: Visit['t'], call: CallAfterOff): string {
  return t('attention.seen_after_shutdown', call)
}

function sayNeed(t: Visit['t'], need: NeedOfOff): string {
  const { since, lastSeen, isCaller } = need
  const evidence = lastSeen ? t('attention.needSeen', { day: lastSeen }) : t('attention.needDeclared')
  return t(isCaller ? 'attention.needs_off' : 'attention.fed_by_off', {
    ...need,
    since: since ?? t('when.unknown'),
    evidence,
  })
}

type Alarms = { calls: CallAfterOff[]; needs: NeedOfOff[] }

const known = new WeakMap<Judgement['graph'], Alarms>()

/** No reading has a part in them: while services and uses are the same, so is the graph of a judgement. */
function alarmsOf({ graph, landscape, today }: Judgement): Alarms {
  const kept = known.get(graph)
  if (kept) return kept
  const alarms = {
    calls: listCallsAfterOff(landscape, today),
    needs: listNeedsOfOff(landscape, today),
  }
  known.set(graph, alarms)
  return alarms
}

const paid = new WeakMap<KnownCosts, ServiceState[]>()

/** Costs of services are told by the very same function while nothing about any service has changed. */
function paidOf({ landscape, knownCosts }: Judged): ServiceState[] {
  const known = paid.get(knownCosts)
  if (known) return known
  const found = listPaidAfterShutdown(landscape.services, knownCosts).slice(0, NOTED)
  paid.set(knownCosts, found)
  return found
}

/** Who missed a service in a trial, until somebody says whether that is a use of it. */
export async function openComplaints({ context, t }: Visit): Promise<AttentionLine[]> {
  const complaints = await listOpenComplaints(context.db, { limit: NOTED })
  return complaints.map(({ id, service, complainant, complaint, day, trialId }) => ({
    kind: 'open_complaint',
    text: t('attention.open_complaint', { service, complainant, complaint, day }),
    next: { text: t('attention.next.open_complaint'), href: `${trialPath(trialId)}#complaint-${id}` },
    isAlarm: true,
  }))
}

/** Confirmations that nobody calls a service, after which a use has come up. */
export async function takenBack(visit: Visit): Promise<AttentionLine[]> {
  const { context, t, today } = visit
  const found = (await listTakenBack(context.db, today)).slice(0, NOTED)
  const reopened = found.filter(({ isReopened }) => isReopened)
  const reopenings = await listReopenings(
    context.db,
    reopened.map(({ gate }) => gate),
  )
  const { judgement } = await judgedFor(visit)
  return found.map(one => ({
    kind: 'taken_back',
    text: one.isReopened ? sayReopened(t, one.service, reopenings.get(one.gate.id)) : sayContradicted(t, one),
    next: nextToConfirm(t, judgement, one.service),
    isAlarm: false,
  }))
}

/** Trial shutdowns that go on for longer than a rehearsal should. */
export async function longTrials({ context, t, language, today }: Visit): Promise<AttentionLine[]> {
  const trials = await listLongTrials(context.db, trialsBefore(today), NOTED)
  return trials.map(({ id, service, startedOn }) => {
    const count = daysBetween(startedOn, today)
    return {
      kind: 'long_trial',
      text: t('attention.long_trial', { service, day: startedOn, count, days: sayNumber(language, count) }),
      next: { text: t('attention.next.long_trial'), href: trialPath(id) },
      isAlarm: false,
    }
  })
}
