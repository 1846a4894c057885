import { type Day, daysBetween } from './calendar.ts'
import { type ClosedIntake, isAfterIntake } from './intake.ts'
import type { Problem } from './problem.ts'
import { isRiseOver, risesOf } from './rises.ts'
import type { ChangeReason, Count, Status } from './vocabulary.ts'

/** What a new reading says beside what is already known of the residual. */
export type Incoming = Count & { day: Day; reason: ChangeReason | null }

export type Known = {
  /** The reading in force on that day or last before it. */
  previous: (Count & { day: Day; reason: ChangeReason | null }) | null
  /** The reading in force last before that day: what a correction of the same day means for the burn-down. */
  before: (Count & { day: Day }) | null
  /** The reading before that day that bounds from above what there is: what a rise is measured against. */
  ceiling: (Count & { day: Day; reason: ChangeReason | null }) | null
  /** The readings in force after that day, up to the first that is no lower bound: what a count entered late may turn into a rise. */
  later: readonly (Count & { day: Day; reason: ChangeReason | null })[]
  firstOn: Day | null
  closedOn: Day | null
  /** How many readings in a row, the latest included, show the same count. */
  unchangedReadings: number
  status: Status
  /** After the intake of its system is closed a rise is a leak; null while it takes new work. */
  intake: ClosedIntake | null
}

export const MEANINGS = [
  'first',
  'corrected',
  'same',
  'fall',
  'zero',
  'recount',
  'leak',
  'rise',
  'bound',
] as const
export type Meaning = (typeof MEANINGS)[number]

/** Why this reading cannot be kept at all; empty when it can. */
export function refuseReading(incoming: Incoming, known: Known, today: Day): Problem[] {
  const { day } = incoming
  if (day > today) return [{ path: 'day', code: 'day.future', values: { day, today } }]
  const closed = closedProblem(known)
  if (closed) return [closed]
  if (known.firstOn && day < known.firstOn) {
    return [{ path: 'day', code: 'reading.before_first', values: { day, first: known.firstOn } }]
  }
  if (incoming.reason === 'inflow' && known.before && isFall(incoming, known.before)) {
    const values = { before: known.before.count, now: incoming.count }
    return [{ path: 'count', code: 'reading.inflow_falls', values }]
  }
  const { reason } = incoming
  if (known.ceiling && reason && FALLING.has(reason) && isRiseOver(incoming, known.ceiling)) {
    const { count, day } = known.ceiling
    const values = { before: count, day, now: incoming.count, typedReason: reason }
    return [{ path: 'count', code: 'reading.reason_of_fall', values }]
  }
  return []
}

/** Nothing is counted of a residual that was closed; null while it is open. */
export function closedProblem({ closedOn }: Pick<Known, 'closedOn'>): Problem | null {
  if (!closedOn) return null
  return { path: 'count', code: 'reading.residual_closed', values: { day: closedOn } }
}

/** By these a residual becomes less, and by nothing else. */
const FALLING: ReadonlySet<ChangeReason> = new Set(['completed', 'migrated_out', 'cancelled'])

/** What the reading means for the burn-down; a first count that takes the place of another of its day is *corrected*. */
export function meaningOf(incoming: Incoming, { previous, before, ceiling, intake }: Known): Meaning {
  if (before && incoming.reason === 'recount') return 'recount'
  if (isZero(incoming)) return 'zero'
  if (!before) return previous ? 'corrected' : 'first'
  if (isRiseOver(incoming, ceiling)) return intake && isAfterIntake(incoming.day, intake) ? 'leak' : 'rise'
  if (incoming.qualifier === 'at_least' || before.qualifier === 'at_least') return 'bound'
  return incoming.count === before.count ? 'same' : 'fall'
}

/** Whether a residual whose last rise was on that day rose after the intake was closed. */
export function hasRisenAfter(risenOn: Day | null, intake: ClosedIntake | null): boolean {
  return risenOn !== null && intake !== null && isAfterIntake(risenOn, intake)
}

/**
 * The readings of a residual with every rise since the intake was closed marked as what it is, whether or not somebody gave
 * that reason; what came in before is no leak, whatever was given. `risenOn` is the day of the last rise: with one after the
 * intake was closed all readings are needed, as leaks may be as old as that.
 */
export function withLeaks<R extends Count & { day: Day; reason: ChangeReason | null }>(
  readings: readonly R[],
  { risenOn, intake }: { risenOn: Day | null; intake: ClosedIntake | null },
): readonly R[] {
  if (risenOn === null) return readings
  const rises = hasRisenAfter(risenOn, intake) ? risesOf(readings) : []
  return readings.map((reading, index) => {
    const isAfter = intake !== null && isAfterIntake(reading.day, intake)
    if (isAfter && rises[index]) return { ...reading, reason: 'inflow' }
    return !isAfter && reading.reason === 'inflow' ? { ...reading, reason: null } : reading
  })
}

/** Only an exact 0 is zero: "at least 0" and "about 0" say that something may be left. */
export function isZero(reading: Count): boolean {
  return reading.count === 0 && reading.qualifier === 'exact'
}

export type LatestReading = Count & { day: Day; unchangedSince: Day; unchangedReadings: number }

/** What was said of a residual beside its counts. A rate of 0 says that nothing moves. */
export type Declared = { declaredRate: number | null; declaredRateOn: Day | null; firstOn: Day | null }

/** Days that the latest reading is older than the cadence allows; 0 when it is fresh. */
export function staleDays(latestOn: Day, cadenceDays: number, today: Day): number {
  return Math.max(0, daysBetween(latestOn, today) - cadenceDays)
}

/** Nobody counts a retired system at zero again. */
export function isCountedOut(latest: Count, status: Status): boolean {
  return status === 'retired' && isZero(latest)
}

/**
 * The declared rate, as long as it may be believed: that nothing moves ends with the first count of a later day that
 * says otherwise. Where nobody knows the day, it holds for all counts.
 */
export function rateInForce(
  latest: Pick<LatestReading, 'unchangedSince'> | null,
  { declaredRate, declaredRateOn, firstOn }: Declared,
): number | null {
  if (declaredRate !== 0 || !latest || !firstOn) return declaredRate
  const since = declaredRateOn && declaredRateOn > firstOn ? declaredRateOn : firstOn
  return latest.unchangedSince > since ? null : declaredRate
}

/** Equal counts are a stall once the last of them is so many days after the first. */
export const STALL_DAYS = 30

/**
 * Whether open orders have stopped falling: three equal readings over thirty days or more, or somebody
 * declared that nothing moves, and that still holds.
 */
export function isStalled(latest: LatestReading, declared: Declared): boolean {
  if (latest.count === 0) return false
  if (rateInForce(latest, declared) === 0) return true
  return latest.unchangedReadings >= 3 && daysBetween(latest.unchangedSince, latest.day) >= STALL_DAYS
}

function isFall(incoming: Incoming, previous: Count): boolean {
  return incoming.count < previous.count && incoming.qualifier !== 'at_least'
}
