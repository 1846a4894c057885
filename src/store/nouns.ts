import { columnsOf, type RowOf } from './columns.ts'
import { COMPLAINT, PLAN, TRIAL } from './plan-columns.ts'

/** The things people keep in the register, each with the columns they see. */

const KEPT = { id: 'id', version: 'version', note: 'note', source: 'source' } as const
const WITHDRAWABLE = { withdrawnOn: 'withdrawn_on', withdrawnReason: 'withdrawn_reason' } as const
const WAIVABLE = {
  waivedOn: 'waived_on',
  waivedBy: 'waived_by',
  waivedUntil: 'waived_until',
  waiverReason: 'waiver_reason',
} as const
const OWNED = { systemId: 'system_id', serviceId: 'service_id' } as const

const system = columnsOf('system', {
  ...KEPT,
  key: 'key',
  name: 'name',
  nameEn: 'name_en',
  role: 'role',
  status: 'status',
  statusOn: 'status_on',
  statusReason: 'status_reason',
  statusBeforeHold: 'status_before_hold',
  reviewOn: 'review_on',
  overrideReason: 'override_reason',
  replacement: 'replacement',
  owner: 'owner',
  targetOn: 'target_on',
})

const residual = columnsOf('residual', {
  ...KEPT,
  systemId: 'system_id',
  key: 'key',
  name: 'name',
  nameEn: 'name_en',
  unit: 'unit',
  segment: 'segment',
  baseline: 'baseline',
  baselineOn: 'baseline_on',
  declaredRate: 'declared_rate',
  declaredRateOn: 'declared_rate_on',
  declaredZeroOn: 'declared_zero_on',
  cadenceDays: 'cadence_days',
  closedOn: 'closed_on',
  closedReason: 'closed_reason',
})

const reading = columnsOf('reading', {
  id: 'id',
  residualId: 'residual_id',
  day: 'day',
  count: 'count',
  qualifier: 'qualifier',
  reason: 'reason',
  note: 'note',
  source: 'source',
  recordedBy: 'recorded_by',
  recordedAt: 'recorded_at',
  supersededAt: 'superseded_at',
  supersededBy: 'superseded_by',
  withdrawnReason: 'withdrawn_reason',
})

const gate = columnsOf('gate', {
  ...KEPT,
  ...WITHDRAWABLE,
  ...WAIVABLE,
  ...OWNED,
  key: 'key',
  name: 'name',
  nameEn: 'name_en',
  kind: 'kind',
  state: 'state',
  owner: 'owner',
  closesOn: 'closes_on',
  closedOn: 'closed_on',
  evidence: 'evidence',
  evidenceExpiresOn: 'evidence_expires_on',
})

const service = columnsOf('service', {
  ...KEPT,
  key: 'key',
  name: 'name',
  role: 'role',
  state: 'state',
  offSince: 'off_since',
  offReason: 'off_reason',
  overrideReason: 'override_reason',
  owner: 'owner',
})

const USE = {
  ...KEPT,
  ...WITHDRAWABLE,
  ...WAIVABLE,
  providerId: 'provider_id',
  strength: 'strength',
  needs: 'needs',
  declaredOn: 'declared_on',
  declaredBy: 'declared_by',
  lastSeenOn: 'last_seen_on',
  quietDays: 'quiet_days',
  untilOn: 'until_on',
} as const
const dependency = columnsOf('dependency', { ...USE, consumerId: 'consumer_id' })
const external_consumer = columnsOf('external_consumer', { ...USE, name: 'name' })

const monthly_cost = columnsOf('monthly_cost', {
  ...KEPT,
  ...WITHDRAWABLE,
  ...OWNED,
  kind: 'kind',
  amountFen: 'amount_fen',
  currency: 'currency',
  fromOn: 'from_on',
})

const expected_saving = columnsOf('expected_saving', {
  ...KEPT,
  ...WITHDRAWABLE,
  systemId: 'system_id',
  kind: 'kind',
  amountFen: 'amount_fen',
  personMonths: 'person_months',
  currency: 'currency',
})

const event = columnsOf('event', {
  ...KEPT,
  ...WITHDRAWABLE,
  ...OWNED,
  day: 'day',
  kind: 'kind',
  title: 'title',
  fromStatus: 'from_status',
  toStatus: 'to_status',
})

/** `ends` is JSON: Maturity[]. */
const maturity_profile = columnsOf('maturity_profile', {
  ...KEPT,
  ...WITHDRAWABLE,
  residualId: 'residual_id',
  day: 'day',
  ends: 'ends',
  recordedBy: 'recorded_by',
  recordedAt: 'recorded_at',
})

export const NOUNS = {
  system,
  residual,
  reading,
  gate,
  service,
  dependency,
  external_consumer,
  monthly_cost,
  expected_saving,
  event,
  plan: PLAN,
  trial_shutdown: TRIAL,
  trial_complaint: COMPLAINT,
  maturity_profile,
} as const

export type Noun = keyof typeof NOUNS
export type NounRow<N extends Noun> = RowOf<(typeof NOUNS)[N]>
export type System = NounRow<'system'>
export type Residual = NounRow<'residual'>
export type Reading = NounRow<'reading'>
export type GateRow = NounRow<'gate'>
export type Service = NounRow<'service'>
export type Dependency = NounRow<'dependency'>
export type ExternalUse = NounRow<'external_consumer'>
export type CostRow = NounRow<'monthly_cost'>
export type ExpectedSaving = NounRow<'expected_saving'>
export type EventRow = NounRow<'event'>
export type Plan = NounRow<'plan'>
export type Trial = NounRow<'trial_shutdown'>
export type ProfileRow = NounRow<'maturity_profile'>
export type Complaint = NounRow<'trial_complaint'>
