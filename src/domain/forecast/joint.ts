import type { Day } from '../calendar.ts'
import { type Arrival, arrivalOf } from './arrival.ts'
import { TWO_YEARS } from './constants.ts'
import type { Law } from './law.ts'
import type { ResidualForecast, UnknownReason } from './residual.ts'
import { type Statements, statementsAbout } from './statements.ts'

/** Something whose parts must all be empty: a system over its residuals, a service over the systems it waits for. */
export type JointForecast =
  /** One unknown part makes the whole unknown; each is named. */
  { kind: 'unknown'; because: Missing[] } | { kind: 'done' } | { kind: 'running'; parts: Part[] }

type Missing =
  | { system: string; residual: string; reason: UnknownReason }
  | { system: string; residual: null; reason: { code: 'no_residuals' } }

export type Part = { id: string; law: Law }

/**
 * How the parts hang together. Residuals may carry the same contracts and share their people, so the truth lies between:
 * *independent*, where the chances multiply (the cautious end, and what is shown first), and *dependent*, where all wait for the slowest.
 */
export const ASSUMPTIONS = ['independent', 'dependent'] as const
export type Assumption = (typeof ASSUMPTIONS)[number]

/** A system is empty when all its residuals are; without residuals nobody knows. */
export function systemForecast(
  system: string,
  residuals: readonly { id: string; forecast: ResidualForecast }[],
): JointForecast {
  if (residuals.length === 0) {
    return { kind: 'unknown', because: [{ system, residual: null, reason: { code: 'no_residuals' } }] }
  }
  const because = residuals.flatMap(({ id, forecast }) =>
    forecast.kind === 'unknown' ? [{ system, residual: id, reason: forecast.reason }] : [],
  )
  if (because.length > 0) return { kind: 'unknown', because }
  return jointOf(
    residuals.flatMap(({ id, forecast }) => (forecast.kind === 'running' ? [{ id, law: forecast.law }] : [])),
  )
}

/** A service can go when every system it waits for is empty. Parts carry the id of their system; none to wait for is done. */
export function serviceForecast(systems: readonly { id: string; forecast: JointForecast }[]): JointForecast {
  const because = systems.flatMap(({ forecast }) => (forecast.kind === 'unknown' ? forecast.because : []))
  if (because.length > 0) return { kind: 'unknown', because }
  return jointOf(
    systems.flatMap(({ id, forecast }) =>
      forecast.kind === 'running' ? forecast.parts.map(({ law }) => ({ id, law })) : [],
    ),
  )
}

function jointOf(parts: Part[]): JointForecast {
  return parts.length === 0 ? { kind: 'done' } : { kind: 'running', parts }
}

/** The three statements at both ends of the range. */
export function jointStatements(
  parts: readonly Part[],
  asOf: Day,
  target: Day | null,
): Record<Assumption, Statements> {
  return {
    independent: statementsAbout(jointArrival(parts, 'independent'), asOf, target),
    dependent: statementsAbout(jointArrival(parts, 'dependent'), asOf, target),
  }
}

/** The day when all parts are empty, as a distribution. */
export function jointArrival(parts: readonly Part[], assumption: Assumption): Arrival {
  const arrivals = parts.map(part => arrivalOf(part.law))
  const latest = (prob: number): number => Math.max(...arrivals.map(arrival => arrival.daysFor(prob)))
  if (assumption === 'dependent') {
    return { chance: days => Math.min(...arrivals.map(arrival => arrival.chance(days))), daysFor: latest }
  }
  const chance = (days: number): number =>
    arrivals.reduce((product, arrival) => product * arrival.chance(days), 1)
  return {
    chance,
    daysFor: prob => daysBetweenBounds(chance, prob, latest(prob), latest(prob ** (1 / parts.length))),
  }
}

/** The id of the part that decides: least likely to be empty within two years, the first of equals. */
export function bindingPart(parts: readonly Part[]): string | null {
  const ids = [...new Set(parts.map(part => part.id))]
  const chance = (id: string): number =>
    jointArrival(
      parts.filter(part => part.id === id),
      'independent',
    ).chance(TWO_YEARS)
  const chances = ids.map(chance)
  return ids[chances.indexOf(Math.min(...chances))] ?? null
}

/** All are in by `high`, since each is with the n-th root of the chance; halving on the log of the days. */
function daysBetweenBounds(
  chance: (days: number) => number,
  prob: number,
  low: number,
  high: number,
): number {
  let from = Math.log(low)
  let to = Math.log(high)
  while (to - from > 1e-9) {
    const middle = (from + to) / 2
    if (middle <= from || middle >= to) break
    if (chance(Math.exp(middle)) < prob) from = middle
    else to = middle
  }
  return Math.exp(to)
}
