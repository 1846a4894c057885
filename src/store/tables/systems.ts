import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'
import type { SYSTEM_ROLES } from '../../domain/landscape.ts'
import type { ChangeReason, Qualifier, Status, Unit } from '../../domain/vocabulary.ts'
import type { Kept } from './common.ts'

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
  /** JSON: CoursePoint[], for the small burn-down in lists. */
  course: Generated<string>
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
  /** The day on which that was said; null where nobody knows. */
  declared_rate_on: Day | null
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
  /** The last reading that rose and was no recount. */
  risen_on: Day | null
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
