import { addDays, type Day, daysBetween } from '../calendar.ts'
import { countAfter } from './law.ts'
import type { ResidualForecast } from './residual.ts'

/** What will be left over the next year, as it is drawn: counts below which 15, 50 and 85 of 100 lie. */
export type Fan = {
  points: FanPoint[]
  /** The sum of lower bounds: the truth may lie above all of it. */
  isOpen: boolean
  /** Counted, but without a forecast: drawn at the last count. */
  held: number
  /** Counted too long ago to be in it, and not known to be empty. */
  old: number
  /** What these came to at their last counts: the place that a drawing may keep for them. */
  oldCount: number
  /** How many forecasts it is the sum of. */
  running: number
  /** End days of contracts have a part in it. */
  isScheduled: boolean
}

export type FanPoint = { day: Day } & Levels
type Levels = { p15: number; p50: number; p85: number }

/** Days ahead at which a fan has a corner. */
const FAN_DAYS = [0, 15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 365] as const

/** A count that is older than this, in days, is no ground for a picture of the future. */
export const OLD_DAYS = 180

export function isOld({ last }: { last: { day: Day } }, asOf: Day): boolean {
  return daysBetween(last.day, asOf) > OLD_DAYS
}

/**
 * The fan over some residuals; what was never counted, or too long ago, is in none of its points, whatever else was counted. The sums of the quantiles are the widest band there
 * can be, as if all were fast or slow together: the same people and contracts stand behind many of them.
 */
export function fanOf(forecasts: readonly ResidualForecast[], asOf: Day): Fan {
  const fan: Fan = {
    points: FAN_DAYS.map(days => ({ day: addDays(asOf, days), ...NONE })),
    isOpen: false,
    held: 0,
    old: 0,
    oldCount: 0,
    running: 0,
    isScheduled: false,
  }
  for (const forecast of forecasts) {
    if (forecast.kind === 'done' || forecast.last === null) continue
    if (isOld({ last: forecast.last }, asOf)) {
      fan.old++
      fan.oldCount += forecast.last.count
      continue
    }
    if (forecast.last.qualifier === 'at_least') fan.isOpen = true
    if (forecast.kind === 'unknown') fan.held++
    else {
      fan.running++
      fan.isScheduled ||= forecast.law.schedule !== null
    }
    const levelsAfter =
      forecast.kind === 'running' ? runningLevels(forecast) : () => all(forecast.last!.count)
    for (const [index, days] of FAN_DAYS.entries()) addTo(fan.points[index]!, levelsAfter(days))
  }
  return fan
}

const NONE: Levels = { p15: 0, p50: 0, p85: 0 }

/** Several fans in one. */
export function sumOfFans(fans: readonly Fan[], asOf: Day): Fan {
  const sum = fanOf([], asOf)
  for (const fan of fans) {
    sum.isOpen ||= fan.isOpen
    sum.held += fan.held
    sum.old += fan.old
    sum.oldCount += fan.oldCount
    sum.running += fan.running
    sum.isScheduled ||= fan.isScheduled
    for (const [index, point] of fan.points.entries()) addTo(sum.points[index]!, point)
  }
  return sum
}

function runningLevels(forecast: ResidualForecast & { kind: 'running' }): (days: number) => Levels {
  const law = { ...forecast.law, open: null }
  return days =>
    days === 0
      ? all(law.count)
      : {
          p15: countAfter(law, days, 0.15),
          p50: countAfter(law, days, 0.5),
          p85: countAfter(law, days, 0.85),
        }
}

function all(count: number): Levels {
  return { p15: count, p50: count, p85: count }
}

function addTo(point: Levels, more: Levels): void {
  point.p15 += more.p15
  point.p50 += more.p50
  point.p85 += more.p85
}
