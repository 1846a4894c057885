import type { Day } from '../../domain/calendar.ts'
import type { Kept, Withdrawable } from './common.ts'

/** When the contracts end that were open on `day`. A newer one counts in its place; the older one stays. */
export type MaturityProfileTable = Kept &
  Withdrawable & {
    residual_id: number
    day: Day
    /** JSON: Maturity[]. */
    ends: string
    recorded_by: string
    recorded_at: string
  }
