import type { Day } from '../domain/calendar.ts'
import { arrivalOf, daysWithinTwoYears } from '../domain/forecast/arrival.ts'
import { TWO_YEARS } from '../domain/forecast/constants.ts'
import { countAfter, daysToReach, type Law } from '../domain/forecast/law.ts'
import type { ResidualForecast } from '../domain/forecast/residual.ts'

export type SeriesForecast = { name: string; ownDay: Day | null; forecast: ResidualForecast }

export type Asked = {
  horizons: number[]
  /** `half`, `quarter` or a count. */
  levels: string[]
  probs: number[]
}

/** Days from the day of the forecast; null is "not in sight", also beyond two years. */
export function forecastAsJson(forecasts: readonly SeriesForecast[], asOf: Day | null, asked: Asked): object {
  const series = forecasts.map(one => [one.name, seriesAsJson(one, asked)])
  return { asOf, probs: asked.probs, horizons: asked.horizons, series: Object.fromEntries(series) }
}

function seriesAsJson({ ownDay, forecast }: SeriesForecast, asked: Asked): object {
  const { last } = forecast
  const law = forecast.kind === 'unknown' ? null : forecast.law
  return {
    ...courseOf(forecast),
    ...(ownDay && { asOf: ownDay }),
    last: last && { date: last.day, count: last.count },
    zero: { days: daysPerProb(law, '0', asked), ...twoYears(law) },
    reach: reachOf(law, asked),
    count: Object.fromEntries(
      asked.horizons.map(days => [
        days,
        asked.probs.map(prob => (law ? rounded(countAfter(law, days, prob), 100) : null)),
      ]),
    ),
  }
}

function courseOf(forecast: ResidualForecast): object {
  if (forecast.kind === 'unknown') return { state: forecast.reason.code }
  if (forecast.kind === 'done') {
    return { state: 'done', since: forecast.since, confirmation: forecast.confirmation }
  }
  const { course, staleSince, profile } = forecast
  return { ...course, ...(staleSince && { staleSince }), ...(profile && { profile }) }
}

function twoYears(law: Law | null): { within730: number | null; p50: number | null; p85: number | null } {
  if (!law) return { within730: null, p50: null, p85: null }
  const arrival = arrivalOf(law)
  return {
    within730: rounded(arrival.chance(TWO_YEARS), 10_000),
    p50: rounded(daysWithinTwoYears(arrival, 0.5), 10),
    p85: rounded(daysWithinTwoYears(arrival, 0.85), 10),
  }
}

/** Each level under the name that was asked for, and under the count that it stands for. */
function reachOf(law: Law | null, asked: Asked): Record<string, (number | null)[]> {
  const reach = asked.levels.flatMap(level => {
    const days = daysPerProb(law, level, asked)
    return law
      ? [[level, days] as const, [countAt(level, law.count), days] as const]
      : [[level, days] as const]
  })
  return Object.fromEntries(reach)
}

function daysPerProb(law: Law | null, level: string, { probs }: Asked): (number | null)[] {
  return probs.map(prob => {
    const days = law ? daysToReach(law, countAt(level, law.count), prob) : Infinity
    return days > TWO_YEARS ? null : rounded(days, 10)
  })
}

function countAt(level: string, count: number): number {
  if (level === 'half') return Math.floor(count / 2)
  return level === 'quarter' ? Math.floor(count / 4) : Number(level)
}

/** An open top is null as well: JSON has no infinity. */
function rounded(number: number, parts: number): number | null {
  return Number.isFinite(number) ? Math.round(number * parts) / parts : null
}
