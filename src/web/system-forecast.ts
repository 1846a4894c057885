import { type Day, daysBetween } from '../domain/calendar.ts'
import { type JointForecast, jointStatements } from '../domain/forecast/joint.ts'
import { neededPace, straightLine } from '../domain/forecast/pace.ts'
import { forecastResidual, type ResidualForecast } from '../domain/forecast/residual.ts'
import { type Statements, statementsOf } from '../domain/forecast/statements.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, outlookOf } from '../store/forecasts.ts'
import { explainForecast } from './forecast-explained.ts'
import { sayArrival, sayChance, sayChanceRange, sayPace, sayReason, sayState } from './forecast-words.ts'
import type { Visit } from './visit.ts'
import { sayCount, sayName, sayNumber } from './words.ts'

/** Residuals that have a line of their own; those that decide come first. */
const SHOWN = 50

/** When one system will be empty: its residuals one by one, and all together. Null for one that is retired or stays. */
export async function forecastOfSystem(visit: Visit, systemId: number) {
  const { context, t, language, today } = visit
  const widening = await loadWidening(context.db, today)
  const [system] = await loadForecastSystems(context.db, [systemId], today, widening.factor)
  if (!system || system.status === 'retired' || system.status === 'cancelled') return null
  const { joint } = outlookOf(system, today)
  const target = system.targetOn && system.targetOn > today ? system.targetOn : null
  const rows = rowsOf(visit, system, target)
  return {
    headline: sentencesOf(visit, system, joint).join(language === 'zh' ? '' : ' '),
    target,
    rows: rows.slice(0, SHOWN).map(({ row }) => row),
    more: rows.length > SHOWN ? t('forecast.more', { count: rows.length - SHOWN }) : null,
    whole: system.status === 'draining' ? wholeRows(visit, joint, target) : [],
    explained: system.status === 'draining' ? explainForecast(visit, widening) : [],
  }
}

export type ForecastRow = {
  name: string
  href: string | null
  count: string | null
  state: ReturnType<typeof sayState> | null
  byTarget: string | null
  pace: string | null
  within: string | null
  p50: string | null
  p85: string | null
}

const NOTHING_SAID = { byTarget: null, pace: null, within: null, p50: null, p85: null }

function rowsOf(
  visit: Visit,
  system: ForecastSystem,
  target: Day | null,
): { row: ForecastRow; order: number }[] {
  const { t, language, today } = visit
  const rows = system.residuals.map(({ residual, input }) => {
    const forecast = forecastResidual(input, today)
    const row = {
      name: sayName(language, residual),
      href: `/residuals/${residual.id}`,
      count: residual.latest && sayCount(t, language, residual.latest),
      state: sayState(visit, forecast),
    }
    const said = forecast.kind === 'running' ? saidOf(visit, forecast, target) : NOTHING_SAID
    const needed =
      forecast.kind === 'running' && target ? neededPace(forecast.last.count, 0, today, target) : null
    const pace = sayPace(
      t,
      language,
      needed,
      forecast.kind === 'running' ? straightLine(input.readings, today) : null,
    )
    return { row: { ...row, ...said, pace }, order: orderOf(forecast, today) }
  })
  return rows.sort((one, other) => one.order - other.order)
}

/** Unknown ones first, then the least likely. */
function orderOf(forecast: ResidualForecast, today: Day): number {
  if (forecast.kind === 'unknown') return -1
  return forecast.kind === 'done' ? 2 : statementsOf(forecast.law, today, null).within.chance
}

function saidOf({ t, today }: Visit, forecast: ResidualForecast & { kind: 'running' }, target: Day | null) {
  const statements = statementsOf(forecast.law, today, target)
  const bound = forecast.law.open === 'above' ? ('at_most' as const) : ('exact' as const)
  const { p50, p85 } = sayArrival(t, statements, bound)
  return {
    byTarget: statements.byTarget && sayChance(t, statements.byTarget.said, bound),
    within: sayChance(t, statements.within.said, bound),
    p50,
    p85,
  }
}

/** Both ends of what may be: all for themselves, and all together. */
function wholeRows({ t, today }: Visit, joint: JointForecast, target: Day | null): ForecastRow[] {
  if (joint.kind !== 'running') return []
  const both = jointStatements(joint.parts, today, target)
  const isOpen = joint.parts.some(({ law }) => law.open === 'above')
  const row = (name: string, statements: Statements): ForecastRow => ({
    ...NOTHING_SAID,
    name,
    href: null,
    count: null,
    state: null,
    byTarget: statements.byTarget && sayChance(t, statements.byTarget.said, isOpen ? 'at_most' : 'exact'),
    within: sayChance(t, statements.within.said, isOpen ? 'at_most' : 'exact'),
    ...sayArrival(t, statements, isOpen ? 'at_most' : 'exact'),
  })
  if (joint.parts.length === 1) return [row(t('forecast.whole'), both.independent)]
  return [
    row(t('forecast.wholeIndependent'), both.independent),
    row(t('forecast.wholeDependent'), both.dependent),
  ]
}

/** What is read first: how likely, or why nobody can say; and whether the counts are old. */
function sentencesOf(visit: Visit, system: ForecastSystem, joint: JointForecast): string[] {
  const { t, today } = visit
  if (system.status !== 'draining') return [sayReason(visit, { code: 'not_draining', status: system.status })]
  if (joint.kind === 'done') return [t('forecast.sentence.done')]
  if (joint.kind === 'unknown') return [unknownSentence(visit, system, joint.because)]
  const { independent, dependent } = jointStatements(joint.parts, today, system.targetOn)
  const isAhead = system.targetOn !== null && system.targetOn > today
  const bound = joint.parts.some(({ law }) => law.open === 'above')
    ? ('at_most' as const)
    : ('exact' as const)
  const within = sayChanceRange(t, independent.within.said, dependent.within.said, bound)
  const oldest = system.residuals.flatMap(({ residual }) => residual.latest?.day ?? []).sort()[0] ?? today
  return [
    ...(isAhead && independent.byTarget && dependent.byTarget
      ? [
          t('forecast.sentence.byTarget', {
            day: system.targetOn,
            chance: sayChanceRange(t, independent.byTarget.said, dependent.byTarget.said, bound),
          }),
        ]
      : [
          t(system.targetOn ? 'forecast.sentence.past' : 'forecast.sentence.noTarget', {
            day: system.targetOn,
          }),
        ]),
    t('forecast.sentence.within', { chance: within }),
    ...(daysBetween(oldest, today) > OLD_DAYS
      ? [t('forecast.sentence.old', { days: sayNumber(visit.language, daysBetween(oldest, today)) })]
      : []),
  ]
}

/** From this age on a count is no basis for a date. */
const OLD_DAYS = 180

function unknownSentence(
  { t, language }: Visit,
  system: ForecastSystem,
  because: (JointForecast & { kind: 'unknown' })['because'],
): string {
  const ids = new Set(because.map(({ residual }) => residual))
  const names = system.residuals
    .filter(({ residual }) => ids.has(String(residual.id)))
    .map(({ residual }) => sayName(language, residual))
  if (names.length === 0) return t('forecast.sentence.noResiduals')
  const named = names.slice(0, 6).join(t('attention.comma')) + (names.length > 6 ? '…' : '')
  return t('forecast.sentence.unknown', { residuals: named, count: names.length })
}
