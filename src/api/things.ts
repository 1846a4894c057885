import { z } from 'zod'
import type { Day } from '../domain/calendar.ts'
import { gateStanding } from '../domain/gates.ts'
import { costOfMonth, type MonthlyCost } from '../domain/monthly-cost.ts'
import { COST_KINDS, GATE_KINDS, GATE_STATES } from '../domain/vocabulary.ts'
import type { CostRow, GateRow } from '../store/nouns.ts'
import { day, KEPT, money, named, orUnknown, text, WAIVABLE, WITHDRAWABLE } from './shapes.ts'

/** What systems and services have alike: gates and monthly costs. */

export const gate = named(
  'Gate',
  z.object({
    ...KEPT,
    ...WITHDRAWABLE,
    ...WAIVABLE,
    key: text,
    name: text,
    nameEn: text.nullable(),
    kind: z.enum(GATE_KINDS),
    state: z.enum(GATE_STATES),
    standing: z
      .enum(['open', 'unknown', 'closed', 'waived', 'expired', 'withdrawn'])
      .describe('How it stands today; `open`, `unknown` and `expired` hold'),
    owner: text.nullable(),
    closesOn: orUnknown(day, 'When it is to close; null: nobody knows'),
    closedOn: day.nullable(),
    evidence: text.nullable(),
    evidenceExpiresOn: day.nullable(),
  }),
)

export function gatesOn(today: Day, rows: readonly GateRow[]) {
  return rows.map(row => ({ ...row, standing: gateStanding(row, today) }))
}

const costKind = z.enum(COST_KINDS)

export const cost = named(
  'Cost',
  z.object({
    ...KEPT,
    ...WITHDRAWABLE,
    kind: costKind,
    amount: money,
    fromOn: day.nullable().describe('null: since always'),
  }),
)

export function costsIn(rows: readonly CostRow[]) {
  return rows.map(row => ({ ...row, amount: { fen: row.amountFen, currency: row.currency } }))
}

export const monthlyCost = named(
  'MonthlyCost',
  z
    .object({
      known: z.array(money).describe('Sums of what is known, one for each currency'),
      missing: z.array(costKind).describe('Kinds of which nobody has said what they cost: unknown, not 0'),
    })
    .describe('What it costs a month today'),
)

/** Of rows that stand; withdrawn ones cost nothing. */
export function monthlyCostOn(today: Day, rows: readonly (MonthlyCost & { withdrawnOn: Day | null })[]) {
  return costOfMonth(
    rows.filter(({ withdrawnOn }) => !withdrawnOn),
    today,
  )
}

export const serviceSavings = named(
  'ServiceSavings',
  z
    .object({
      realised: z.array(money).describe('What was paid before less what is paid now, for each currency'),
      leakage: z.array(money).describe('What is still on record as paid'),
    })
    .describe(
      'A month, of services that are off. What a service costs may be part of what its system costs: never add the two',
    ),
)

export const href = text.describe(
  'Where it is answered as a whole; its page has the address without `/api/v1`',
)
