import { makeUseOfComplaint, noteComplaint, USER_KINDS, withdrawComplaint } from '../../actions/complaints.ts'
import { NotFound } from '../../actions/refusal.ts'
import { endTrial, startTrial } from '../../actions/trials.ts'
import { servicePath, trialPath } from '../../http/addresses.ts'
import type { Complaint, Service, Trial } from '../../store/nouns.ts'
import { findPlace, findThing } from '../../store/places.ts'
import { findService } from '../../store/services.ts'
import { findRunningTrial } from '../../store/trials.ts'
import { codes, type Form } from '../form.ts'
import type { Visit } from '../visit.ts'
import { idOf } from '../withdrawal-forms.ts'
import { getService } from './service-forms.ts'
import { getTrial } from './trials.ts'
import { serviceField } from './use-forms.ts'

/** The forms of a trial shutdown: start, end, note a complaint, and turn it into a use. */

export async function startTrialForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const service = await getService(visit)
  return {
    heading: t('trial.form.start', { service: service.key }),
    about: t('trial.about'),
    submit: t('trial.start'),
    back: servicePath(service.key),
    section: 'services',
    ...(await whyNotStarted(visit, service)),
    fields: [
      { name: 'startedOn', kind: 'day', isRequired: true },
      { name: 'note', kind: 'long', hint: 'trial.form.noteHint' },
    ],
    values: { startedOn: today },
    act: async typed => trialPath(await startTrial(context, service.id, typed)),
  }
}

export async function endTrialForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const trial = await getTrial(visit)
  const back = trialPath(trial.id)
  return {
    heading: t('trial.form.end', { service: await serviceOf(visit, trial) }),
    about: t('trial.form.endAbout'),
    submit: t('trial.end'),
    back,
    section: 'services',
    version: trial.version,
    ...(trial.endedOn && { instead: { text: t('problem.trial.already_ended', { day: trial.endedOn }) } }),
    fields: [
      { name: 'endedOn', kind: 'day', isRequired: true, decides: { column: 'endedOn' } },
      { name: 'endNote', kind: 'long', decides: { column: 'endNote' } },
    ],
    values: { endedOn: today },
    act: async typed => {
      await endTrial(context, trial.id, typed)
      return back
    },
  }
}

export async function noteComplaintForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const trial = await getTrial(visit)
  const back = trialPath(trial.id)
  return {
    heading: t('trial.form.complain', { service: await serviceOf(visit, trial) }),
    submit: t('trial.complain'),
    back,
    section: 'services',
    fields: [
      { name: 'day', kind: 'day', isRequired: true },
      { name: 'complainant', kind: 'text', isRequired: true, hint: 'trial.form.complainantHint' },
      { name: 'complaint', kind: 'long', isRequired: true },
    ],
    values: { day: trial.endedOn ?? today },
    act: async typed => {
      const id = await noteComplaint(context, trial.id, typed)
      return `${back}#complaint-${id}`
    },
  }
}

export async function complaintUseForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { form, complaint, service } = await formOn(visit)
  const field = await serviceField(visit, 'user')
  const { complainant } = complaint
  const isService = (await findService(context.db, complainant)) !== undefined
  const other = { value: complainant, label: t('field.complainant') }
  return {
    ...form,
    heading: t('trial.form.use', { service }),
    about: t('trial.form.useAbout', { ...complaint, service }),
    submit: t('trial.makeUse'),
    fields: [
      { name: 'userKind', kind: 'choice', isRequired: true, options: codes(t, 'trial.user', USER_KINDS) },
      { ...field, list: [...(isService ? [] : [other]), ...(field.list ?? [])], hint: 'trial.form.userHint' },
    ],
    values: isService ? { userKind: 'service', user: complainant } : { userKind: 'service' },
    act: async typed => {
      await makeUseOfComplaint(context, complaint.id, typed)
      return form.back
    },
  }
}

export async function withdrawComplaintForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { form, complaint, service } = await formOn(visit)
  return {
    ...form,
    heading: t('withdrawal.heading', { label: `${service} / ${complaint.complainant}` }),
    about: t('trial.form.withdrawAbout'),
    submit: t('withdrawal.submit'),
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await withdrawComplaint(context, complaint.id, typed)
      return form.back
    },
  }
}

async function formOn(visit: Visit) {
  const complaint = await getComplaint(visit)
  const trial = await findThing(visit.context.db, 'trial_shutdown', complaint.trialId)
  if (!trial) throw new NotFound('trial_shutdown', complaint.trialId)
  const instead = whyNotSettled(visit, complaint)
  const form = {
    back: trialPath(trial.id),
    section: 'services',
    version: complaint.version,
    ...(instead && { instead: { text: instead } }),
  } as const
  return { complaint, service: await serviceOf(visit, trial), form }
}

async function whyNotStarted({ context, t }: Visit, service: Service): Promise<Pick<Form, 'instead'>> {
  if (service.state === 'off') return { instead: { text: t('problem.trial.service_off') } }
  const running = await findRunningTrial(context.db, service.id)
  if (!running) return {}
  const text = t('problem.trial.already_running', { day: running.startedOn })
  const ways = [{ text: t('trial.open'), href: trialPath(running.id) }]
  return { instead: { text, ways, changed: { noun: 'trial_shutdown', id: running.id } } }
}

function whyNotSettled({ t }: Visit, complaint: Complaint): string | null {
  if (complaint.withdrawnOn) return t('problem.input.withdrawn', { day: complaint.withdrawnOn })
  const isUse = complaint.dependencyId !== null || complaint.externalConsumerId !== null
  return isUse ? t('problem.trial.already_a_use') : null
}

async function getComplaint(visit: Visit): Promise<Complaint> {
  const id = idOf(visit, 'trial_complaint')
  const complaint = await findThing(visit.context.db, 'trial_complaint', id)
  if (!complaint) throw new NotFound('trial_complaint', id)
  return complaint
}

async function serviceOf({ context }: Visit, { serviceId }: Trial): Promise<string> {
  return (await findPlace(context.db, { serviceId }))?.key ?? ''
}
