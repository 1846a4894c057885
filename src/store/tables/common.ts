import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'

export type Kept = {
  id: Generated<number>
  version: Generated<number>
  note: string | null
  source: string | null
}
export type Withdrawable = { withdrawn_on: Day | null; withdrawn_reason: string | null }
