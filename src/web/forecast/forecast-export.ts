import { arrivalOf } from '../../domain/forecast/arrival.ts'
import { arrivalRange, isAtMost, isByMonth } from '../../domain/forecast/arrival-range.ts'
import type { ResidualForecast } from '../../domain/forecast/residual.ts'
import { type Statements, statementsAbout } from '../../domain/forecast/statements.ts'
import { type Cell, csvText } from '../../exchange/csv-text.ts'
import { sayBound, sayChance } from '../../http/chances.ts'
import { sayCount } from '../../http/words.ts'
import { loadEstateOutlook } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayProfile } from './forecast-notes.ts'
import { sayArrival, sayArrivalCells, sayReason, sayState } from './forecast-words.ts'
import { outlookStatements, sayOutlookChance, sayOutlookDates, sayOutlookWithin } from './outlook-words.ts'

const COLUMNS = [
  'system',
  'residual',
  'status',
  'count',
  'day',
  'state',
  'target',
  'byTarget',
  'within',
  'p50',
  'p85',
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
  const range = both && joint.kind === 'running' ? arrivalRange(both, isAtMost(joint.parts)) : null
  const arrival = range && sayArrivalCells(t, range, isByMonth(residuals.map(({ forecast }) => forecast)))
  const own: Cell[] = [
    system.name,
    '',
    status,
    '',
    '',
    arrival ? '' : sayOutlookDates(visit, outlook).text,
    target,
    sayOutlookChance(visit, outlook) ?? '',
    sayOutlookWithin(visit, outlook) ?? '',
    arrival?.p50 ?? '',
    arrival?.p85 ?? '',
    '',
  ]
  const lines = residuals.map(({ residual, forecast }): Cell[] => [
    system.name,
    residual.name,
    status,
    sayCount(t, language, residual.latest),
    residual.latest?.day ?? '',
    forecast.kind === 'unknown' ? sayReason(visit, forecast.reason) : sayState(visit, forecast).text,
    target,
    ...cellsOf(visit, forecast, system.targetOn),
  ])
  return [own, ...lines]
}

function cellsOf(visit: Visit, forecast: ResidualForecast, targetOn: string | null): Cell[] {
  if (forecast.kind !== 'running') return ['', '', '', '', '']
  const { t, today } = visit
  const target = targetOn && targetOn > today ? targetOn : null
  const said: Statements = statementsAbout(arrivalOf(forecast.law), today, target)
  const bound = sayBound([forecast])
  const { p50, p85 } = sayArrival(t, said, { bound, isByMonth: isByMonth([forecast]) })
  return [
    said.byTarget ? sayChance(t, said.byTarget.said, bound) : '',
    sayChance(t, said.within.said, bound),
    p50,
    p85,
    sayProfile(visit, forecast) ?? '',
  ]
}
