import type { Day } from './calendar.ts'
import { type Gate, isHolding } from './gates.ts'
import type { Standing } from './intake.ts'
import type { SystemState } from './landscape.ts'
import type { Problem } from './problem.ts'
import { isZero } from './readings.ts'
import { type Count, STATUSES, type Status } from './vocabulary.ts'

/** Which status may follow which. `ready` is derived and never stored, so it is nobody's next status. */
export const MOVES: Readonly<Record<Status, readonly Status[]>> = {
  migrating: ['cutover_pending', 'draining', 'on_hold', 'cancelled'],
  cutover_pending: ['draining', 'on_hold', 'cancelled'],
  draining: ['retired', 'cutover_pending', 'on_hold', 'cancelled'],
  on_hold: ['migrating', 'cutover_pending', 'draining', 'cancelled'],
  // A retired system comes back only by a recorded reopening; whoever then wants to keep it cancels from there.
  retired: ['draining'],
  cancelled: ['migrating'],
}

type SystemRole = SystemState['role']

/** The statuses that may follow. A system that is to stay does not retire: its role changes first. */
export function nextStatuses(from: Status, role: SystemRole): readonly Status[] {
  return MOVES[from].filter(to => !(to === 'retired' && role === 'stay'))
}

/** The shortest row of statuses between the two, neither included; empty where one follows the other, or never does. */
export function wayTo(from: Status, to: Status): Status[] {
  if (MOVES[from].includes(to)) return []
  const ways = MOVES[from].map(first => [first])
  for (const way of ways) {
    if (MOVES[way.at(-1)!].includes(to)) return way
    if (way.length < STATUSES.length) ways.push(...MOVES[way.at(-1)!].map(next => [...way, next]))
  }
  return []
}

export type Move = {
  role: SystemRole
  from: Status
  to: Status
  /** Day since which the present status holds, if anybody knows. */
  since: Day | null
  /** What `formerRetirements` says of its course. */
  former: readonly (Day | null)[]
  /** Null where nobody knows the day: only a former retirement, given back, may have none. */
  on: Day | null
  today: Day
  reason: string | null
  reviewOn: Day | null
  /** What still keeps the system from being ready; empty when it is ready. */
  holds: readonly string[]
  overrideReason: string | null
}

/** Why a status may not change like this, each reason at its field; empty when it may. */
export function refuseMove(move: Move): Problem[] {
  if (!MOVES[move.from].includes(move.to)) {
    return [{ path: 'to', code: 'status.not_allowed', values: { from: move.from, to: move.to } }]
  }
  if (!nextStatuses(move.from, move.role).includes(move.to)) return [{ path: 'to', code: 'status.stays' }]
  return [...dayProblems(move), ...reasonProblems(move), ...holdProblems(move), ...retireProblems(move)]
}

type Registered = { role: SystemRole; status: Status; statusReason: string | null; reviewOn: Day | null }

/** Why a system may not be registered in this status: what nobody expects to move has to say why it stands so. */
export function refuseStanding({ role, status, statusReason, reviewOn }: Registered, today: Day): Problem[] {
  if (role === 'stay' && status === 'retired') return [{ path: 'status', code: 'status.stays' }]
  const isExplained = statusReason || !['on_hold', 'retired', 'cancelled'].includes(status)
  return [
    ...(isExplained
      ? []
      : [{ path: 'statusReason', code: 'status.standing_reason', values: { to: status } }]),
    ...holdProblems({ to: status, reviewOn, today }),
  ]
}

/** Whether this move has to say why. */
export function needsReason(from: Status, to: Status): boolean {
  const isLeak = from === 'draining' && to === 'cutover_pending'
  const isResumed = from === 'on_hold' || from === 'retired' || from === 'cancelled'
  return isLeak || isResumed || to === 'on_hold' || to === 'cancelled'
}

/**
 * The days on which a system had been retired that was taken up again since, the latest retirement first, each day once; null
 * stands for one that nobody knows. As of any of them it may be retired again, so that a reopening by mistake costs it nothing,
 * whatever came between. `course` has all its standings, oldest first. Empty while it is retired, and where it never was.
 */
export function formerRetirements(course: readonly Standing[]): (Day | null)[] {
  if (course.at(-1)?.status === 'retired') return []
  const retired = course.filter(({ status }) => status === 'retired')
  return [...new Set(retired.map(({ on }) => on).reverse())]
}

function dayProblems({ to, on, today, since, former }: Move): Problem[] {
  const given = to === 'retired' ? former : []
  if (given.includes(on)) return []
  if (!on) return [{ path: 'on', code: 'input.missing' }]
  if (on > today) return [{ path: 'on', code: 'day.future', values: { day: on, today } }]
  if (!since || on >= since) return []
  const values = { day: on, since }
  if (given.length === 0) return [{ path: 'on', code: 'status.before_previous', values }]
  const retiredOn = given.filter(one => one !== null).join(', ')
  if (!retiredOn) return [{ path: 'on', code: 'status.before_undated', values }]
  return [{ path: 'on', code: 'status.before_reopening', values: { ...values, retiredOn } }]
}

function reasonProblems({ from, to, reason }: Move): Problem[] {
  return needsReason(from, to) && !reason
    ? [{ path: 'reason', code: 'status.reason_needed', values: { to } }]
    : []
}

/** Why a hold cannot go on until that day; empty where it can. */
export function refuseReview({
  status,
  reviewOn,
  next,
  today,
}: Pick<Registered, 'status' | 'reviewOn'> & { next: Day; today: Day }): Problem[] {
  if (status !== 'on_hold') return [{ path: '', code: 'status.not_on_hold' }]
  if (next === reviewOn) return [{ path: 'reviewOn', code: 'status.review_same', values: { day: next } }]
  return holdProblems({ to: status, reviewOn: next, today })
}

function holdProblems({ to, reviewOn, today }: Pick<Move, 'to' | 'reviewOn' | 'today'>): Problem[] {
  if (to !== 'on_hold') return reviewOn ? [{ path: 'reviewOn', code: 'status.review_without_hold' }] : []
  if (!reviewOn) return [{ path: 'reviewOn', code: 'status.review_needed' }]
  return reviewOn > today
    ? []
    : [{ path: 'reviewOn', code: 'status.review_past', values: { day: reviewOn, today } }]
}

function retireProblems({ to, holds, overrideReason }: Move): Problem[] {
  if (to !== 'retired' || holds.length === 0 || overrideReason) return []
  return [{ path: 'overrideReason', code: 'status.not_ready', values: { count: holds.length } }]
}

/**
 * What still keeps a system from being ready, by the kind and the key of each: an open residual that is not
 * known to be 0, a gate that holds, and `residual` where nobody recorded what remains.
 */
export function holdsOf(
  residuals: readonly { key: string; closedOn: Day | null; latest: Count | null }[],
  gates: readonly Gate[],
  today: Day,
): string[] {
  const open = residuals.filter(residual => !residual.closedOn)
  return [
    ...(open.length === 0 ? ['residual'] : []),
    ...open.filter(({ latest }) => !latest || !isZero(latest)).map(({ key }) => `residual:${key}`),
    ...gates.filter(gate => isHolding(gate, today)).map(({ key }) => `gate:${key}`),
  ]
}

type Remaining = Pick<Registered, 'role' | 'status'> & { residualCount: number }

/**
 * Whether a system that is to go is draining and nothing holds it, which is what "ready" means: nothing that `holdsOf` would
 * name, told by how many residuals are open, how many of these are not known to be 0, and how many gates hold.
 */
export function isReady(
  { role, status, residualCount, unsettledCount }: Remaining & { unsettledCount: number },
  openGates: number,
): boolean {
  const isHeld = residualCount === 0 || unsettledCount > 0 || openGates > 0
  return role === 'legacy' && status === 'draining' && !isHeld
}

/** Whether closing one more residual leaves nobody who says what remains of a system that is still to go: that holds it. */
export function leavesUnknown({ role, status, residualCount }: Remaining): boolean {
  return role === 'legacy' && status !== 'retired' && status !== 'cancelled' && residualCount === 1
}
