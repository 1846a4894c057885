import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'
import type { Withdrawable } from './common.ts'

/** A plan as it was on the day it was kept, with the whole landscape that it was worked out from. */
export type PlanTable = Withdrawable & {
  id: Generated<number>
  version: Generated<number>
  name: string
  note: string | null
  made_on: Day
  made_by: string
  revision: number
  rules_version: string
  /** Of the landscape in its canonical text. */
  hash: string
  /** JSON, as the analysis reads it. */
  landscape: string
}

/** A rehearsal: the service counts as on all the while. At most one of a service runs at a time. */
export type TrialShutdownTable = {
  id: Generated<number>
  version: Generated<number>
  service_id: number
  started_on: Day
  note: string | null
  ended_on: Day | null
  end_note: string | null
}

/** Somebody who missed the service; turned into a use, it names the one it became. */
export type TrialComplaintTable = Withdrawable & {
  id: Generated<number>
  version: Generated<number>
  trial_id: number
  day: Day
  complainant: string
  complaint: string
  dependency_id: number | null
  external_consumer_id: number | null
}
