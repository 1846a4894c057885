import { columnsOf } from './columns.ts'

/** Plans and trial shutdowns, each with the columns people see. */

const VERSIONED = { id: 'id', version: 'version' } as const
const WITHDRAWABLE = { withdrawnOn: 'withdrawn_on', withdrawnReason: 'withdrawn_reason' } as const

const PLAN_NAMES = {
  ...VERSIONED,
  ...WITHDRAWABLE,
  name: 'name',
  note: 'note',
  madeOn: 'made_on',
  madeBy: 'made_by',
  revision: 'revision',
  rulesVersion: 'rules_version',
  hash: 'hash',
} as const

/** Without its landscape, which is long. */
export const PLAN = columnsOf('plan', PLAN_NAMES)
export const WHOLE_PLAN = columnsOf('plan', { ...PLAN_NAMES, landscape: 'landscape' })

export const TRIAL = columnsOf('trial_shutdown', {
  ...VERSIONED,
  serviceId: 'service_id',
  startedOn: 'started_on',
  note: 'note',
  endedOn: 'ended_on',
  endNote: 'end_note',
})

export const COMPLAINT = columnsOf('trial_complaint', {
  ...VERSIONED,
  ...WITHDRAWABLE,
  trialId: 'trial_id',
  day: 'day',
  complainant: 'complainant',
  complaint: 'complaint',
  dependencyId: 'dependency_id',
  externalConsumerId: 'external_consumer_id',
})
