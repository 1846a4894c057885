import { type Day, daysBetween } from '../../domain/calendar.ts'
import { arrivalOf } from '../../domain/forecast/arrival.ts'
import { grainOf } from '../../domain/forecast/arrival-range.ts'
import { jointStatements } from '../../domain/forecast/joint.ts'
import { neededPace, observedPace } from '../../domain/forecast/pace.ts'
import { forecastResidual, type ResidualForecast, type Running } from '../../domain/forecast/residual.ts'
import { type Statements, statementsOf } from '../../domain/forecast/statements.ts'
import { sayBound, sayChance } from '../../http/chances.ts'
import { sayCount, sayName, sayNumber } from '../../http/words.ts'
import type { ForecastSystem, Outlook } from '../../store/forecasts.ts'
import type { ResidualState } from '../../store/residuals.ts'
import type { Visit } from '../visit.ts'
import { sayDeclared } from './declared-notes.ts'
import { sayBoundsAside, sayPace, sayPaceBeside, sayProfile, sayRecount } from './forecast-notes.ts'
import { sayArrival, sayState } from './forecast-words.ts'

export type ForecastRow = {
  name: string
  href: string | null
  count: string | null
  state: ReturnType<typeof sayState> | null
  byTarget: string | null
  pace: string | null
  /** The last recount, and how far contract end days decide. */
  notes: string[]
  within: string | null
  p50: string | null
  p85: string | null
}

const NOTHING_SAID = { byTarget: null, pace: null, notes: [], within: null, p50: null, p85: null }

/** A row for each residual: unknown ones first, then the least likely. */
export function forecastRows(visit: Visit, system: ForecastSystem, target: Day | null): ForecastRow[] {
  const { t, language, today } = visit
  const rows = system.residuals.map(({ residual, input }) => {
    const forecast = forecastResidual(input, today)
    const row = {
      name: sayName(language, residual),
      href: `/residuals/${residual.id}`,
      count: residual.latest && sayCount(t, language, residual.latest),
      state: stateOf(visit, residual, forecast),
    }
    const said = forecast.kind === 'running' ? saidOf(visit, forecast, target) : NOTHING_SAID
    const needed =
      forecast.kind === 'running' && target ? neededPace(forecast.last.count, 0, today, target) : null
    const observed = forecast.kind === 'running' ? observedPace(input.readings, today) : null
    const left =
      forecast.kind === 'running' && target ? { ...forecast.last, days: daysBetween(today, target) } : null
    const pace = sayPace(visit, needed, observed, left)
    const notes = [
      forecast.kind === 'running'
        ? sayPaceBeside(visit, observed, needed, beside(forecast, today, target))
        : null,
      forecast.kind === 'running' ? sayBoundsAside(visit, forecast, input.readings) : null,
      sayRecount(visit, input.readings),
      forecast.kind === 'running' ? sayDeclared(visit, input, forecast) : null,
      forecast.kind === 'running' ? sayProfile(visit, forecast) : null,
    ].filter(note => note !== null)
    return { row: { ...row, ...said, pace, notes }, order: orderOf(forecast, today) }
  })
  return rows.sort((one, other) => one.order - other.order).map(({ row }) => row)
}

function beside({ law, last }: Running, today: Day, target: Day | null) {
  return {
    count: last.count,
    isScheduled: law.schedule !== null,
    byTarget: target === null ? null : arrivalOf(law).chance(daysBetween(today, target)),
  }
}

/** A rate without a count says how fast, not how long. */
function stateOf(visit: Visit, { declaredRate }: ResidualState, forecast: ResidualForecast) {
  const state = sayState(visit, forecast)
  if (forecast.kind !== 'unknown' || forecast.reason.code !== 'never_counted' || !declaredRate) return state
  return {
    ...state,
    text: visit.t('forecast.reason.rateOnly', { number: sayNumber(visit.language, declaredRate) }),
  }
}

function orderOf(forecast: ResidualForecast, today: Day): number {
  if (forecast.kind === 'unknown') return -1
  return forecast.kind === 'done' ? 2 : statementsOf(forecast.law, today, null).within.chance
}

function saidOf({ t, today }: Visit, forecast: Running, target: Day | null) {
  const statements = statementsOf(forecast.law, today, target)
  const bound = sayBound([forecast])
  const { p50, p85 } = sayArrival(t, statements, { bound, grain: grainOf([forecast]) })
  return {
    byTarget: statements.byTarget && sayChance(t, statements.byTarget.said, bound),
    within: sayChance(t, statements.within.said, bound),
    p50,
    p85,
  }
}

/** Both ends of what may be: all for themselves, and all together. */
export function wholeRows(
  { t, today }: Visit,
  { joint, residuals }: Outlook,
  target: Day | null,
): ForecastRow[] {
  if (joint.kind !== 'running') return []
  const both = jointStatements(joint.parts, today, target)
  const bound = sayBound(joint.parts)
  const said = { bound, grain: grainOf(residuals.map(({ forecast }) => forecast)) }
  const row = (name: string, statements: Statements): ForecastRow => ({
    ...NOTHING_SAID,
    name,
    href: null,
    count: null,
    state: null,
    byTarget: statements.byTarget && sayChance(t, statements.byTarget.said, bound),
    within: sayChance(t, statements.within.said, bound),
    ...sayArrival(t, statements, said),
  })
  if (joint.parts.length === 1) return [row(t('forecast.whole'), both.independent)]
  return [
    row(t('forecast.wholeIndependent'), both.independent),
    row(t('forecast.wholeDependent'), both.dependent),
  ]
}
