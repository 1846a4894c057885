import type { Day } from '../../domain/calendar.ts'
import { arrivalOf } from '../../domain/forecast/arrival.ts'
import { arrivalRange, type Grain, grainOf, isAtMost } from '../../domain/forecast/arrival-range.ts'
import type { Assumption } from '../../domain/forecast/joint.ts'
import type { Law } from '../../domain/forecast/law.ts'
import type { ResidualForecast } from '../../domain/forecast/residual.ts'
import { type Said, type Statements, statementsAbout } from '../../domain/forecast/statements.ts'
import { type Cell, csvText } from '../../exchange/csv-text.ts'
import { type Bound, sayBound, sayForecastDay } from '../../http/chances.ts'
import { sayName } from '../../http/words.ts'
import { loadEstateOutlook } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayProfile } from './forecast-notes.ts'
import { sayReason, sayState } from './forecast-words.ts'
import { outlookStatements, sayOutlookDates } from './outlook-words.ts'

const COLUMNS = [
  'system',
  'residual',
  'status',
  'count',
  'qualifier',
  'day',
  'state',
  'target',
  'byTargetFrom',
  'byTargetTo',
  'withinFrom',
  'withinTo',
  'p50From',
  'p50To',
  'p85From',
  'p85To',
  'contracts',
] as const

/** Every forecast of the estate as a table: a line for each system, and one for each of its residuals. */
export async function exportForecast(visit: Visit): Promise<Answer> {
  const { context, t, today } = visit
  const outlooks = [...(await loadEstateOutlook(context.db, today)).values()]
  const head = COLUMNS.map(column => t(`record.column.${column}`))
  const text = csvText([head, ...outlooks.flatMap(outlook => linesOf(visit, outlook))])
  return { file: `forecast-${today}.csv`, type: 'text/csv; charset=utf-8', text }
}

function linesOf(visit: Visit, outlook: Outlook): Cell[][] {
  const { t, language, today } = visit
  const { system, joint, residuals } = outlook
  const status = t(`status.${system.status}`)
  const target = system.targetOn ?? ''
  const both = outlookStatements(outlook, today)
  const forecasts = residuals.map(({ forecast }) => forecast)
  const own: Cell[] = [
    sayName(language, system),
    '',
    status,
    ...['', '', ''],
    both && joint.kind === 'running'
      ? sayEarliest(visit, both, joint.parts)
      : sayOutlookDates(visit, outlook).text,
    target,
    ...(both && joint.kind === 'running' ? cellsOf(visit, both, joint.parts, grainOf(forecasts)) : NONE),
    '',
  ]
  const lines = residuals.map(({ residual, forecast }): Cell[] => [
    sayName(language, system),
    sayName(language, residual),
    status,
    residual.latest?.count ?? '',
    residual.latest ? t(`qualifier.${residual.latest.qualifier}`) : '',
    residual.latest?.day ?? '',
    forecast.kind === 'unknown' ? sayReason(visit, forecast.reason) : sayState(visit, forecast).text,
    target,
    ...residualCells(visit, forecast, system.targetOn),
  ])
  return [own, ...lines]
}

/** Why the dates of a system have no late end; nothing where they have one. */
function sayEarliest(
  { t }: Visit,
  both: Record<Assumption, Statements>,
  parts: readonly { law: Law }[],
): string {
  const { kind } = arrivalRange(both, parts)
  if (kind === 'dates') return ''
  if (kind === 'not_in_sight') return t('forecast.notInSight')
  return t(`record.earliest.${isAtMost(parts) ? 'bound' : 'open'}`)
}

const NONE: Cell[] = Array(8).fill('')

function residualCells(visit: Visit, forecast: ResidualForecast, targetOn: Day | null): Cell[] {
  if (forecast.kind !== 'running') return [...NONE, '']
  const said = statementsAbout(arrivalOf(forecast.law), visit.today, targetOn)
  const both = { independent: said, dependent: said }
  return [...cellsOf(visit, both, [forecast], grainOf([forecast])), sayProfile(visit, forecast) ?? '']
}

/** The chances from the cautious to the hopeful end, the dates from the hopeful to the cautious one: empty where nobody can say. */
function cellsOf(
  { today }: Visit,
  both: Record<Assumption, Statements>,
  parts: readonly { law: Law }[],
  grain: Grain,
): Cell[] {
  const { independent: low, dependent: high } = both
  const bound = sayBound(parts)
  const isAhead = low.byTarget !== null && low.byTarget.day > today
  const range = arrivalRange(both, parts)
  const day = (one: Day) => sayForecastDay(one, grain)
  const ends = (date: 'p50' | 'p85'): Cell[] => {
    if (range.kind === 'not_in_sight') return ['', '']
    if (range.kind === 'not_before') return [day(range[date]), '']
    return [day(range[date].from), day(range[date].to)]
  }
  return [
    ...(isAhead ? shares(low.byTarget!.said, high.byTarget!.said, bound) : ['', '']),
    ...shares(low.within.said, high.within.said, bound),
    ...ends('p50'),
    ...ends('p85'),
  ]
}

/** Between which shares the chance lies, as far as it is said: empty where it has no lower or no upper end, which is no chance of 0 or 1. */
function shares(low: Said, high: Said, bound: Bound): Cell[] {
  const from = bound === 'at_most' || low.kind === 'below' ? '' : low.percent / 100
  return [from, high.kind === 'above' ? '' : high.percent / 100]
}
