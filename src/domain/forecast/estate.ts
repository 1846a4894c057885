import { addDays, type Day } from '../calendar.ts'
import { countAfter, expectedAfter, type Law } from './law.ts'
import type { ResidualForecast } from './residual.ts'

/** What is left over time, over many residuals. */
export type EstateForecast = {
  points: EstatePoint[]
  /** Never counted: not in any point, to be named beside the chart. */
  leftOut: string[]
  /** Counted but without a forecast (not draining yet, or a leak): drawn at their last count. */
  held: string[]
  /** Lower bounds: the true band is open at the top. */
  open: string[]
}

/**
 * `expected` is exact as a sum of means. The band is the sum of each residual's P10 and P90, as if all were fast or slow
 * together: the widest it can be, because the same people and contracts stand behind many of them.
 */
type EstatePoint = { day: Day; expected: number; low: number; high: number }

/** The estate's burn-down, `horizons` days ahead of `asOf`. */
export function estateForecast(
  residuals: readonly { id: string; forecast: ResidualForecast }[],
  asOf: Day,
  horizons: readonly number[],
): EstateForecast {
  const laws: Law[] = []
  const estate: EstateForecast = { points: [], leftOut: [], held: [], open: [] }
  let heldCount = 0
  for (const { id, forecast } of residuals) {
    if (forecast.last?.qualifier === 'at_least') estate.open.push(id)
    if (forecast.kind === 'running') laws.push({ ...forecast.law, open: null })
    else if (forecast.last === null) estate.leftOut.push(id)
    else if (forecast.kind === 'unknown') {
      estate.held.push(id)
      heldCount += forecast.last.count
    }
  }
  const sum = (countOf: (law: Law) => number): number =>
    laws.reduce((total, law) => total + countOf(law), heldCount)
  estate.points = horizons.map(days => ({
    day: addDays(asOf, days),
    expected: sum(law => expectedAfter(law, days)),
    low: sum(law => countAfter(law, days, 0.1)),
    high: sum(law => countAfter(law, days, 0.9)),
  }))
  return estate
}
