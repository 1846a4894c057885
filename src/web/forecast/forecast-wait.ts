import { optionalFen, readInput } from '../../actions/input.ts'
import { InputRefused } from '../../actions/refusal.ts'
import { forecastResidual } from '../../domain/forecast/residual.ts'
import {
  type Bounded,
  type KnownMonthly,
  rounded,
  type WaitOrMigrate,
  waitOrMigrate,
} from '../../domain/forecast/wait-or-migrate.ts'
import { knownOf } from '../../domain/known-cost.ts'
import { withoutZeros } from '../../domain/money.ts'
import { type CostOfMonth, costOfMonth } from '../../domain/monthly-cost.ts'
import { sayChance } from '../../http/chances.ts'
import { sayProblem } from '../../http/refusals.ts'
import { inOneLine, sayAmount, sayCount, sayName, sayNumber } from '../../http/words.ts'
import type { ForecastSystem } from '../../store/forecasts.ts'
import { listCosts } from '../../store/money.ts'
import type { Visit } from '../visit.ts'

/**
 * Wait for the last ones, or move them by force? The monthly cost is the one that is kept, shared among the residuals that are not empty,
 * or typed; the price of a forced migration is typed. Both stand in the address. Null without a forecast.
 */
export async function waitOf(visit: Visit, system: ForecastSystem, residualId: number) {
  const { t, language, today } = visit
  const running = system.residuals.flatMap(({ residual, input }) => {
    const forecast = forecastResidual(input, today)
    return forecast.kind === 'running' || forecast.kind === 'unknown'
      ? [{ id: residual.id, name: sayName(language, residual), forecast }]
      : []
  })
  const forecast = running.find(({ id }) => id === residualId)?.forecast
  if (forecast?.kind !== 'running') return null
  const { typed, share, ofSystem, kept, fen, bound, currency } = await costAsked(
    visit,
    system,
    running.length,
  )
  const price = fieldOf(visit, 'price')
  const answer = typed.error !== null || !fen ? null : waitOrMigrate(forecast.law, { fen, bound }, price.fen)
  const money = ({ value, bound: side }: Bounded) =>
    sayBounded(visit, sayAmount(language, { fen: value, currency }), side)
  const values = { count: running.length, number: running.length }
  const others = running.filter(({ id }) => id !== residualId).map(({ name }) => name)
  return {
    isOpen: typed.text !== '' || price.text !== '',
    fields: [
      {
        ...typed,
        // Only a hint: what nobody typed stays as well known as the register has it.
        hint: share === null ? '' : plain(share),
        label: t('wait.cost', { currency }),
      },
      { ...price, hint: '', label: t('wait.price', { currency }) },
    ],
    basis: kept && t('wait.basis', { amount: money({ value: kept.fen, bound }), ...values }),
    ...(answer
      ? {
          advice: sayAdvice(visit, answer, others.length > 0 ? 'adviceTogether' : 'advice'),
          carrying: answer.carryingPerOrder && t('wait.carrying', { amount: money(answer.carryingPerOrder) }),
          rows: rowsOf(visit, answer, amount => money(inWhole(amount))),
        }
      : { advice: null, carrying: null, rows: [] }),
    others: sayOthers(visit, others),
    bound: bound === 'at_least' ? sayPart(visit, ofSystem) : null,
    openCount:
      answer && forecast.law.open === 'above'
        ? t('wait.openCount', { amount: sayCount(t, language, forecast.last) })
        : null,
    missing: typed.error === null ? missingOf(visit, fen, bound) : null,
  }
}

/** What a month costs: as typed, or else a share in what is `kept` of the system, which is null where something was typed. */
async function costAsked(visit: Visit, system: ForecastSystem, residuals: number) {
  const costs = await listCosts(visit.context.db, { systemId: system.id })
  const ofSystem = costOfMonth(
    costs.filter(cost => !cost.withdrawnOn),
    visit.today,
  )
  const [kept, another] = withoutZeros(ofSystem.known)
  const known: KnownMonthly['bound'] = another || knownOf(ofSystem) === 'some' ? 'at_least' : 'exact'
  const share = kept ? rounded(kept.fen / residuals, known).value : null
  const typed = fieldOf(visit, 'cost')
  const isKept = typed.fen === null && kept !== undefined
  return {
    typed,
    share,
    ofSystem,
    kept: isKept ? kept : null,
    fen: typed.fen ?? share,
    bound: isKept ? known : 'exact',
    currency: kept?.currency ?? 'CNY',
  } as const
}

/** The system costs what it costs until the last of its residuals is gone. */
function sayOthers({ t, language }: Visit, names: readonly string[]): string | null {
  if (names.length === 0) return null
  const named = names.slice(0, 6).join(t('attention.comma')) + (names.length > 6 ? '…' : '')
  return t('wait.others', { names: named, count: names.length, number: sayNumber(language, names.length) })
}

/** Which part of the cost the amounts leave out. */
function sayPart({ t }: Visit, { missing }: CostOfMonth): string {
  if (missing.length === 0) return t('wait.boundCurrency')
  const kinds = missing.map(kind => t(`costKind.${kind}`)).join(t('attention.comma'))
  return t('wait.bound', { kinds })
}

/** Why nothing is worked out. A known part of 0 says nothing. */
function missingOf({ t }: Visit, cost: number | null, bound: KnownMonthly['bound']): string | null {
  if (cost === null) return t('wait.noCost')
  if (cost > 0) return null
  return bound === 'at_least' ? t('wait.noCost') : t('wait.free')
}

/** A cost of which a kind is missing is a lower bound, and so is all that follows from it. */
function sayBounded({ t }: Visit, text: string, bound: Bounded['bound']): string {
  if (bound === 'exact') return text
  return bound === 'at_least' ? t('count.at_least', { number: text }) : t('wait.atMost', { amount: text })
}

/** While others are left, whatever is said of this one holds under that condition; what nobody can say needs none. */
function sayAdvice({ t }: Visit, { advice, within }: WaitOrMigrate, how: 'advice' | 'adviceTogether') {
  if (advice === null) return null
  const chance = sayChance(t, within.said, within.bound)
  const isOpen = advice === 'open_count' || advice === 'open_cost'
  return t(isOpen ? `wait.${advice}` : `wait.${how}.${advice}`, { chance })
}

function rowsOf(visit: Visit, answer: WaitOrMigrate, money: (amount: Bounded) => string) {
  const { t, language } = visit
  const row = (name: 'untilP50' | 'untilP85' | 'twoYears') => {
    const { days, cost, breakEven } = answer[name]
    return {
      name: t(`wait.${name}`),
      days: sayBounded(visit, sayNumber(language, days.value), days.bound),
      cost: money(cost),
      breakEven: breakEven ? money(breakEven) : t('wait.unknownPrice'),
    }
  }
  return [row('untilP50'), row('untilP85'), row('twoYears')]
}

/** From a hundred on nobody reads the hundredths. */
function inWhole({ value, bound }: Bounded): Bounded {
  return value < 10_000 ? { value, bound } : rounded(value, bound, 100)
}

/** What was typed, as typed, and what is wrong with it. Nothing, or nonsense, is not 0. */
function fieldOf({ t, language, request }: Visit, name: 'cost' | 'price') {
  const given = request.query[name]
  const field = { name, text: typeof given === 'string' ? given : '' }
  try {
    return { ...field, fen: readInput(optionalFen(), given), error: null }
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error
    return {
      ...field,
      fen: null,
      error: inOneLine(
        language,
        error.problems.map(problem => sayProblem(t, language, problem)),
      ),
    }
  }
}

function plain(fen: number): string {
  return String(fen / 100)
}
