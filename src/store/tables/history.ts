import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'
import type { Unit } from '../../domain/vocabulary.ts'

/** One row. `revision` counts the changes of the whole register and orders the writers. */
export type WorkspaceTable = { id: number; revision: number; simulated_since: Day | null }

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
