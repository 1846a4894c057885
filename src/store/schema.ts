import type { Generated } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { NEEDS, SERVICE_ROLES, STRENGTHS, SYSTEM_ROLES } from '../domain/landscape.ts'
import type {
  ChangeReason,
  CostKind,
  EventKind,
  GateKind,
  GateStateCode,
  Qualifier,
  Status,
  Unit,
} from '../domain/vocabulary.ts'

/**
 * The rows as both databases keep them: days and UTC moments as text, money in fen, no booleans.
 * Nothing is ever deleted: an end is a day and a reason. Derived columns are marked; they can be worked out anew.
 */
export type Tables = {
  workspace: WorkspaceTable
  system: SystemTable
  residual: ResidualTable
  reading: ReadingTable
  gate: GateTable
  service: ServiceTable
  service_system: ServiceSystemTable
  dependency: DependencyTable
  external_consumer: ExternalConsumerTable
  monthly_cost: MonthlyCostTable
  expected_saving: ExpectedSavingTable
  event: EventTable
  audit_log: AuditLogTable
  system_day: SystemDayTable
  estate_day: EstateDayTable
}

type Kept = { id: Generated<number>; version: Generated<number>; note: string | null; source: string | null }
type Withdrawable = { withdrawn_on: Day | null; withdrawn_reason: string | null }

/** One row. `revision` counts the changes of the whole register and orders the writers. */
type WorkspaceTable = { id: number; revision: number; simulated_since: Day | null }

export type SystemTable = Kept & {
  key: string
  name: string
  name_en: string | null
  role: (typeof SYSTEM_ROLES)[number]
  status: Status
  status_on: Day | null
  status_reason: string | null
  status_before_hold: Status | null
  review_on: Day | null
  override_reason: string | null
  replacement: string | null
  owner: string | null
  target_on: Day | null
  /** Derived from its open residuals, as all of these. */
  open_total: Generated<number>
  /** JSON: OpenInUnit[]. */
  open_by_unit: Generated<string>
  residual_count: Generated<number>
  uncounted_count: Generated<number>
  /** Residuals not known to be zero. */
  unsettled_count: Generated<number>
  oldest_reading_on: Day | null
}

export type ResidualTable = Kept & {
  system_id: number
  key: string
  name: string
  name_en: string | null
  unit: Unit
  segment: string | null
  baseline: number | null
  baseline_on: Day | null
  /** What somebody says finishes in a month; 0 says that nothing moves. */
  declared_rate: number | null
  /** The day on which somebody says it will be empty. */
  declared_zero_on: Day | null
  cadence_days: number | null
  closed_on: Day | null
  closed_reason: string | null
  /** Derived from its readings, as all of these. */
  first_on: Day | null
  latest_on: Day | null
  latest_count: number | null
  latest_qualifier: Qualifier | null
  unchanged_since: Day | null
  unchanged_readings: Generated<number>
}

export type ReadingTable = {
  id: Generated<number>
  residual_id: number
  day: Day
  count: number
  qualifier: Qualifier
  reason: ChangeReason | null
  note: string | null
  source: string | null
  recorded_by: string
  recorded_at: string
  superseded_at: string | null
  superseded_by: number | null
  withdrawn_reason: string | null
}

export type GateTable = Kept &
  Withdrawable & {
    system_id: number | null
    service_id: number | null
    key: string
    name: string
    name_en: string | null
    kind: GateKind
    state: GateStateCode
    owner: string | null
    closes_on: Day | null
    closed_on: Day | null
    evidence: string | null
    evidence_expires_on: Day | null
    waived_on: Day | null
    waived_by: string | null
    waived_until: Day | null
    waiver_reason: string | null
  }

export type ServiceTable = Kept & {
  key: string
  name: string
  role: (typeof SERVICE_ROLES)[number] | null
  state: 'on' | 'off'
  off_since: Day | null
  off_reason: string | null
  override_reason: string | null
  owner: string | null
}

export type ServiceSystemTable = {
  id: Generated<number>
  service_id: number
  system_id: number
  ended_on: Day | null
}

type UseColumns = Kept &
  Withdrawable & {
    provider_id: number
    strength: (typeof STRENGTHS)[number]
    needs: (typeof NEEDS)[number]
    declared_on: Day | null
    declared_by: string | null
    last_seen_on: Day | null
    quiet_days: number | null
    until_on: Day | null
    waived_on: Day | null
    waived_by: string | null
    waived_until: Day | null
    waiver_reason: string | null
  }
export type DependencyTable = UseColumns & { consumer_id: number }
export type ExternalConsumerTable = UseColumns & { name: string }

/** The monthly cost from a day on (null: since always) until the next row of the same kind. */
export type MonthlyCostTable = Kept &
  Withdrawable & {
    system_id: number | null
    service_id: number | null
    kind: CostKind
    amount_fen: number
    currency: string
    from_on: Day | null
  }

/** What somebody says a replacement will save every month: money, or person-months. */
export type ExpectedSavingTable = Kept &
  Withdrawable & {
    system_id: number
    kind: CostKind
    amount_fen: number | null
    person_months: number | null
    currency: string | null
  }

export type EventTable = Kept &
  Withdrawable & {
    system_id: number | null
    service_id: number | null
    day: Day
    kind: EventKind | 'status'
    title: string
    from_status: Status | null
    to_status: Status | null
  }

export type AuditLogTable = {
  id: Generated<number>
  revision: number
  at: string
  actor: string
  action: string
  noun: string
  noun_id: number
  label: string
  system_id: number | null
  service_id: number | null
  before: string | null
  after: string | null
  why: string | null
}

/** Derived: what changed on a day, so that a running sum is the total and no page reads the whole history. */
type DayDeltas = {
  day: Day
  unit: Unit
  /** Of counts that are exact or about. */
  count_delta: number
  /** Of lower bounds, and of their number. */
  bound_delta: number
  bounds_delta: number
  /** Of the number of residuals that have a count. */
  counted_delta: number
  readings: number
}
export type SystemDayTable = DayDeltas & { system_id: number }
export type EstateDayTable = DayDeltas
