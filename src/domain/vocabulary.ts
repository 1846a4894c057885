/** The closed sets of the register. Codes are fixed; their labels are in the locales. */

export const STATUSES = [
  'migrating',
  'cutover_pending',
  'draining',
  'on_hold',
  'retired',
  'cancelled',
] as const
export type Status = (typeof STATUSES)[number]

export const UNITS = ['order', 'account', 'function', 'job', 'report'] as const
export type Unit = (typeof UNITS)[number]

export const QUALIFIERS = ['exact', 'at_least', 'about'] as const
export type Qualifier = (typeof QUALIFIERS)[number]

export const CHANGE_REASONS = ['completed', 'migrated_out', 'cancelled', 'recount', 'inflow'] as const
export type ChangeReason = (typeof CHANGE_REASONS)[number]

export const GATE_KINDS = ['cutover', 'callers', 'approval', 'retention', 'no_consumers', 'other'] as const
export type GateKind = (typeof GATE_KINDS)[number]

export const GATE_STATES = ['open', 'closed', 'unknown'] as const
export type GateStateCode = (typeof GATE_STATES)[number]

export const COST_KINDS = ['people', 'machines', 'other'] as const
export type CostKind = (typeof COST_KINDS)[number]

export const EVENT_KINDS = ['cutover', 'incident', 'decision', 'note'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Marks in the course of a system that an action leaves there: only another action changes what they say. */
const TRACE_KINDS = ['status', 'shutdown', 'bring_back'] as const
export type TraceKind = (typeof TRACE_KINDS)[number]

/** Whatever may stand in the course of a system. */
export const COURSE_KINDS = [...EVENT_KINDS, ...TRACE_KINDS] as const

export function isTrace(kind: (typeof COURSE_KINDS)[number]): kind is TraceKind {
  return TRACE_KINDS.some(trace => trace === kind)
}

/** The most that a count, or an amount in yuan, may be: sums of thousands of them are still exact. */
export const MOST_COUNT = 999_999_999_999

/** A count and how exact it is. */
export type Count = { count: number; qualifier: Qualifier }
