import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'
import type { Status } from '../../domain/vocabulary.ts'

/** What was said on a day about one residual, or (without one) about a whole system. Where there are several, the last one stands. */
export type KeptForecastTable = {
  id: Generated<number>
  system_id: number
  residual_id: number | null
  made_on: Day
  method: string
  owner: string | null
  status: Status
  /** `running`, `done`, or the code of the reason why there was no forecast. */
  state: string
  count: number | null
  p50_on: Day | null
  p85_on: Day | null
  within_two_years: number | null
  target_on: Day | null
  target_chance: number | null
  /** JSON: Law; of a system null, its residuals have theirs. */
  law: string | null
}
