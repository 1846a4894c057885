import type { Day } from '../calendar.ts'
import { TWO_YEARS } from './constants.ts'
import { type Assumption, jointArrival, type Part } from './joint.ts'
import type { ResidualForecast } from './residual.ts'
import type { Statements } from './statements.ts'

/** By when half and 85 of 100 of those that get there within two years have got there, from the hopeful to the cautious end. */
export type ArrivalRange =
  | { kind: 'not_in_sight' }
  /** Nobody knows how much later: over a lower bound, or where the cautious end is not in sight. */
  | { kind: 'not_before'; p50: Day; p85: Day }
  | { kind: 'dates'; p50: Between; p85: Between }

type Between = { from: Day; to: Day }

type Laws = readonly Pick<Part, 'law'>[]

/** The dates that go with the range of chances: each end with its own. */
export function arrivalRange(both: Record<Assumption, Statements>, parts: Laws): ArrivalRange {
  const [hopeful, cautious] = [both.dependent.arrival, both.independent.arrival]
  if (hopeful.kind === 'not_in_sight') return { kind: 'not_in_sight' }
  if (isAtMost(parts) || cautious.kind === 'not_in_sight')
    return { kind: 'not_before', p50: hopeful.p50, p85: hopeful.p85 }
  return {
    kind: 'dates',
    p50: { from: hopeful.p50, to: cautious.p50 },
    p85: { from: hopeful.p85, to: cautious.p85 },
  }
}

/** One part that may be above its count leaves every chance at most what is said. */
export function isAtMost(parts: Laws): boolean {
  return parts.some(({ law }) => law.open === 'above')
}

/**
 * The day that the shutdown analysis reckons with, which is no promise: P85 at the cautious end, so that the chance to be there
 * by then is 85 % of that within two years. Null where that one is less than even, and over a lower bound.
 */
export function reckonedOn({ independent }: Record<Assumption, Statements>, parts: Laws): Day | null {
  const { within, arrival } = independent
  return within.chance >= ENOUGH && arrival.kind === 'dates' && !isAtMost(parts) ? arrival.p85 : null
}

const ENOUGH = 0.5

/** The chance to be there by that day, at the cautious end. */
export function reckonedChance(parts: readonly Part[]): number {
  return 0.85 * jointArrival(parts, 'independent').chance(TWO_YEARS)
}

/** How finely a date is said. */
export type Grain = 'day' | 'month'

/** One reading, a bound or an old count carries no day: the dates of what waits for it are said by the month. */
export function grainOf(forecasts: readonly ResidualForecast[]): Grain {
  return forecasts.some(isRough) ? 'month' : 'day'
}

function isRough(forecast: ResidualForecast): boolean {
  if (forecast.kind !== 'running') return false
  const { course, staleSince } = forecast
  if (staleSince !== null || course.state === 'one_reading' || course.state === 'lower_bound') return true
  return course.state === 'stalled' && course.degree === 'declared'
}
