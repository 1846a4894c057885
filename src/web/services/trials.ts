import { NotFound } from '../../actions/refusal.ts'
import { daysBetween } from '../../domain/calendar.ts'
import { listLiveConsumers } from '../../domain/shutdown/uses-of-service.ts'
import { pageWith, servicePath, trialPath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { listHistoryOf } from '../../store/audit-log.ts'
import { listGates } from '../../store/gates.ts'
import type { Service, Trial } from '../../store/nouns.ts'
import { findPlace, findThing } from '../../store/places.ts'
import { listComplaints, listTrials, type NamedComplaint } from '../../store/trials.ts'
import { doneOn as doneOnService } from '../change-done.ts'
import { sayNamedChange } from '../changes-named.ts'
import { type Done, onlyHeading } from '../counts/done.ts'
import { historyLines } from '../history/history-lines.ts'
import { gateLines } from '../systems/gate-lines.ts'
import type { Answer, Visit } from '../visit.ts'
import { idOf } from '../withdrawal-forms.ts'

/** The trial shutdowns of a service, for its page: the newest first, and the way to a new one. */
export async function trialsOf(visit: Visit, service: Service) {
  const { context, t } = visit
  const trials = await listTrials(context.db, service.id)
  const complaints = await listComplaints(
    context.db,
    trials.map(({ id }) => id),
  )
  const isRunning = trials.some(({ endedOn }) => endedOn === null)
  return {
    rows: trials.map(trial => ({
      href: trialPath(trial.id),
      isRunning: trial.endedOn === null,
      text: sayTrial(
        visit,
        trial,
        complaints.filter(({ trialId }) => trialId === trial.id),
      ),
      label: t('trial.open'),
    })),
    start:
      service.state === 'off' || isRunning
        ? null
        : { href: `${servicePath(service.key)}/trials/new`, label: t('trial.start') },
  }
}

const HISTORY = 50

/** One trial: who missed the service, what came of it, and what its silence proves. */
export async function trialPage(visit: Visit): Promise<Answer> {
  const { context, t } = visit
  const trial = await getTrial(visit)
  const place = await findPlace(context.db, { serviceId: trial.serviceId })
  if (!place) throw new NotFound('service', trial.serviceId)
  const complaints = await listComplaints(context.db, [trial.id])
  const history = await listHistoryOf(context.db, HISTORY, [
    { noun: 'trial_shutdown', ids: [trial.id] },
    { noun: 'trial_complaint', ids: complaints.map(({ id }) => id) },
  ])
  const path = trialPath(trial.id)
  const title = t('trial.title', { service: place.key, day: trial.startedOn })
  const it = {
    title,
    done: await doneOn(visit, trial),
    service: { key: place.key, href: servicePath(place.key) },
    isRunning: trial.endedOn === null,
    headline: sayTrial(visit, trial, complaints),
    notes: [trial.note, trial.endNote].filter(note => note !== null),
    end: trial.endedOn === null ? `${path}/end` : null,
    complain: `${path}/complaints/new`,
    complaints: complaints.map(complaint => complaintLine(visit, complaint)),
    proof: await proofOf(visit, trial, place.key, complaints),
    history: await historyLines(visit, history),
  }
  return { view: 'trials/page', title, section: 'services', it }
}

/** A complaint that became a use tells what that does, as the service itself would. */
async function doneOn(visit: Visit, { id, serviceId }: Trial): Promise<Done | null> {
  const heading = await sayNamedChange(visit, { noun: 'trial_shutdown', id }, DONE)
  if (heading === null) return null
  const told = await doneOnService(visit, { noun: 'service', id: serviceId })
  return { ...(told ?? onlyHeading(heading)), heading }
}

/** The trial that the address names. Throws NotFound. */
export async function getTrial(visit: Visit): Promise<Trial> {
  const id = idOf(visit, 'trial_shutdown')
  const trial = await findThing(visit.context.db, 'trial_shutdown', id)
  if (!trial) throw new NotFound('trial_shutdown', id)
  return trial
}

/** "2026-03-20 to 2026-03-27, 7 days: nobody complained." */
function sayTrial(
  { t, language, today }: Visit,
  trial: Trial,
  complaints: readonly NamedComplaint[],
): string {
  const { startedOn: from, endedOn: to } = trial
  const standing = complaints.filter(({ withdrawnOn }) => withdrawnOn === null)
  const open = standing.filter(({ consumer, external }) => consumer === null && external === null)
  const days = daysBetween(from, to ?? today)
  const span = { from, to, count: days, days: sayNumber(language, days) }
  return [
    t(to === null ? 'trial.running' : 'trial.ended', span),
    standing.length === 0
      ? t('trial.silent')
      : t('trial.complaints', { count: standing.length, number: sayNumber(language, standing.length) }),
    ...(open.length === 0
      ? []
      : [t('trial.unsettled', { count: open.length, number: sayNumber(language, open.length) })]),
  ].join('')
}

function complaintLine({ t }: Visit, complaint: NamedComplaint) {
  const { id, day, complainant, consumer, external, withdrawnOn, withdrawnReason } = complaint
  const path = `/complaints/${id}`
  const isOpen = withdrawnOn === null && consumer === null && external === null
  return {
    id,
    day,
    complainant,
    text: complaint.complaint,
    became: consumer ?? external,
    href: consumer === null ? null : servicePath(consumer),
    withdrawn: withdrawnOn ? t('gates.withdrawn', { day: withdrawnOn, reason: withdrawnReason }) : null,
    use: isOpen ? `${path}/use` : null,
    withdraw: isOpen ? `${path}/withdraw` : null,
  }
}

/** A trial that ended in silence is evidence, for "no consumers" or for another gate; while somebody still calls, not. */
async function proofOf(visit: Visit, trial: Trial, key: string, complaints: readonly NamedComplaint[]) {
  const { context, t, language } = visit
  const isSilent = complaints.every(({ withdrawnOn }) => withdrawnOn !== null)
  if (trial.endedOn === null || !isSilent) return null
  const { judgement } = await judgedFor(visit)
  const callers = listLiveConsumers(judgement, key)
  if (callers.length > 0)
    return { text: t('trial.stillCalled', { callers: callers.slice(0, 5).join(', ') }), steps: [] }
  const days = daysBetween(trial.startedOn, trial.endedOn)
  const span = { from: trial.startedOn, to: trial.endedOn, count: days, days: sayNumber(language, days) }
  const note = trial.endNote ? t('trial.evidenceNote', { note: trial.endNote }) : ''
  const evidence = t('trial.evidence', span) + note
  const gates = await listGates(context.db, { serviceId: trial.serviceId })
  const holding = gateLines(visit, gates).filter(({ holds }) => holds)
  const others = gates.filter(
    ({ id, kind }) => kind !== 'no_consumers' && holding.some(line => line.id === id),
  )
  return {
    text: t('trial.proves'),
    steps: [
      { label: t('trial.confirm'), href: pageWith(`${servicePath(key)}/no-consumers`, { evidence }) },
      ...others.map(gate => ({
        label: t('trial.closeGate', { gate: sayName(language, gate) }),
        href: pageWith(`/gates/${gate.id}/close`, { evidence }),
      })),
    ],
  }
}

const DONE = {
  'start-trial': 'trial.done.started',
  'end-trial': 'trial.done.ended',
  'note-complaint': 'trial.done.noted',
  'make-use-of-complaint': 'trial.done.used',
  'withdraw-complaint': 'trial.done.withdrawn',
}
