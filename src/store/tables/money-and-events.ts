import type { Day } from '../../domain/calendar.ts'
import type { CostKind, EventKind, Status, TraceKind } from '../../domain/vocabulary.ts'
import type { Kept, Withdrawable } from './common.ts'

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
    kind: EventKind | TraceKind
    title: string
    from_status: Status | null
    to_status: Status | null
  }
