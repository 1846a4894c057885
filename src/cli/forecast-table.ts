import { grainOf } from '../domain/forecast/arrival-range.ts'
import { countAfter } from '../domain/forecast/law.ts'
import type { Done, Running } from '../domain/forecast/residual.ts'
import { type Said, statementsOf } from '../domain/forecast/statements.ts'
import type { SeriesForecast } from '../exchange/forecast-json.ts'

const HEAD = ['series', 'state', 'last count', 'gone in 2 years', 'P50 *', 'P85 *', 'count in 90 days (80 %)']
const FOOT = `
* of those gone within two years, half (P50) and 85 of 100 (P85) are gone by this day.
Below 5 % and above 95 % nothing finer is said. One reading: typical of such run-offs, not of this one.
Stale: not counted for long; silence is taken as no progress. Stalled: three equal readings over a month. Rebound: it rose again. Done: count once more after two weeks.
`
const BY_CONTRACTS = `By contracts: their end days are taken to hold in 85 of 100 cases. Set aside: no end day is ahead, or they are too far from the count.
`

/** For people: one line per series, and what the columns mean. */
export function forecastAsTable(forecasts: readonly SeriesForecast[]): string {
  const rows = [HEAD, ...forecasts.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const lines = rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  const isByContracts = forecasts.some(({ forecast }) => forecast.kind === 'running' && forecast.profile)
  return `${lines.join('\n')}\n${FOOT}${isByContracts ? BY_CONTRACTS : ''}`
}

const QUALIFIED = { exact: '', at_least: 'at least ', about: 'about ' } as const

function rowOf({ name, forecast }: SeriesForecast): string[] {
  const { last } = forecast
  const counted = last ? `${QUALIFIED[last.qualifier]}${last.count} on ${last.day}` : '-'
  if (forecast.kind === 'unknown') {
    return [name, forecast.reason.code.replaceAll('_', ' '), counted, 'unknown', '-', '-', '-']
  }
  return [name, stateOf(forecast), counted, ...chances(forecast), band(forecast)]
}

/** With contracts it says whether their end days decide, or are too far from the count. */
function stateOf(forecast: Done | Running): string {
  if (forecast.kind === 'done') return 'done'
  const stale = forecast.staleSince ? `, stale since ${forecast.staleSince}` : ''
  const state = forecast.course.state.replaceAll('_', ' ') + stale
  if (!forecast.profile) return state
  return `${state}, ${forecast.profile.kind === 'set_aside' ? 'contracts set aside' : 'by contracts'}`
}

function chances(forecast: Done | Running): string[] {
  if (forecast.kind === 'done') return ['gone', forecast.since, forecast.since]
  const { within, arrival } = statementsOf(forecast.law, forecast.asOf, null)
  const atMost = forecast.law.open === 'above' ? 'at most ' : ''
  if (arrival.kind === 'not_in_sight') return [atMost + percent(within.said), 'not in sight', 'not in sight']
  const [p50, p85] = [arrival.p50, arrival.p85].map(day =>
    grainOf([forecast]) === 'month' ? day.slice(0, 7) : day,
  )
  return [atMost + percent(within.said), p50!, p85!]
}

function band({ law }: Done | Running): string {
  const high = countAfter(law, 90, 0.9)
  return `${countAfter(law, 90, 0.1)} to ${Number.isFinite(high) ? Math.round(high) : 'open'}`
}

function percent(said: Said): string {
  if (said.kind === 'about') return `${said.percent} %`
  return said.kind === 'below' ? `below ${said.percent} %` : `above ${said.percent} %`
}
