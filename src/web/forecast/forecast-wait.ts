import { optionalFen, readInput } from '../../actions/input.ts'
import { InputRefused } from '../../actions/refusal.ts'
import { forecastResidual } from '../../domain/forecast/residual.ts'
import { type WaitOrMigrate, waitOrMigrate } from '../../domain/forecast/wait-or-migrate.ts'
import { knownOf } from '../../domain/known-cost.ts'
import { costOfMonth } from '../../domain/savings.ts'
import { sayChance } from '../../http/chances.ts'
import { sayProblem } from '../../http/refusals.ts'
import { sayAmount, sayName, sayNumber } from '../../http/words.ts'
import type { ForecastSystem } from '../../store/forecasts.ts'
import { listCosts } from '../../store/money.ts'
import type { Visit } from '../visit.ts'

/**
 * Wait for the last ones, or move them by force? The monthly cost is the one that is kept, shared among the residuals that are not empty,
 * or typed; the price of a forced migration is typed. Both stand in the address. Null without a forecast.
 */
export async function waitOf(visit: Visit, system: ForecastSystem, residualId: number) {
  const { context, t, language, today } = visit
  const running = system.residuals.flatMap(({ residual, input }) => {
    const forecast = forecastResidual(input, today)
    return forecast.kind === 'running' || forecast.kind === 'unknown'
      ? [{ id: residual.id, name: sayName(language, residual), forecast }]
      : []
  })
  const forecast = running.find(({ id }) => id === residualId)?.forecast
  if (forecast?.kind !== 'running') return null
  const ofSystem = costOfMonth(
    (await listCosts(context.db, { systemId: system.id })).filter(cost => !cost.withdrawnOn),
    today,
  )
  const [kept] = ofSystem.known
  const typed = fieldOf(visit, 'cost')
  const price = fieldOf(visit, 'price')
  const cost = typed.fen ?? (kept ? Math.round(kept.fen / running.length) : null)
  const isKept = typed.fen === null && kept !== undefined
  const qualifier = isKept && knownOf(ofSystem) === 'some' ? 'at_least' : 'exact'
  const currency = kept?.currency ?? 'CNY'
  const answer = typed.error !== null || !cost ? null : waitOrMigrate(forecast.law, cost, price.fen)
  const money = (fen: number) => atLeast(visit, sayAmount(language, { fen, currency }), qualifier)
  const values = { count: running.length, number: running.length }
  const others = running.filter(({ id }) => id !== residualId).map(({ name }) => name)
  return {
    isOpen: typed.text !== '' || price.text !== '',
    fields: [
      {
        ...typed,
        text: typed.text || (cost === null ? '' : plain(cost)),
        label: t('wait.cost', { currency }),
      },
      { ...price, label: t('wait.price', { currency }) },
    ],
    basis: isKept
      ? t('wait.basis', { amount: atLeast(visit, sayAmount(language, kept), qualifier), ...values })
      : null,
    ...(answer
      ? {
          advice: sayAdvice(visit, answer, others.length > 0 ? 'adviceTogether' : 'advice'),
          carrying: t('wait.carrying', { amount: money(answer.carryingPerOrder) }),
          rows: rowsOf(visit, answer, fen => money(inWhole(fen, qualifier))),
        }
      : { advice: null, carrying: null, rows: [] }),
    others: sayOthers(visit, others),
    bound:
      qualifier === 'at_least'
        ? t('wait.bound', {
            kinds: ofSystem.missing.map(kind => t(`costKind.${kind}`)).join(t('attention.comma')),
          })
        : null,
    missing: typed.error === null ? missingOf(visit, cost) : null,
  }
}

/** The system costs what it costs until the last of its residuals is gone. */
function sayOthers({ t, language }: Visit, names: readonly string[]): string | null {
  if (names.length === 0) return null
  const named = names.slice(0, 6).join(t('attention.comma')) + (names.length > 6 ? '…' : '')
  return t('wait.others', { names: named, count: names.length, number: sayNumber(language, names.length) })
}

/** Why nothing is worked out. */
function missingOf({ t }: Visit, cost: number | null): string | null {
  if (cost === 0) return t('wait.free')
  return cost === null ? t('wait.noCost') : null
}

type Known = 'exact' | 'at_least'

/** A cost of which a kind is missing is a lower bound, and so is all that follows from it. */
function atLeast({ t }: Visit, number: string, qualifier: Known): string {
  return qualifier === 'at_least' ? t('count.at_least', { number }) : number
}

/** While others are left, whatever is said of this one holds under that condition. */
function sayAdvice({ t }: Visit, { advice, within }: WaitOrMigrate, how: 'advice' | 'adviceTogether') {
  return advice && t(`wait.${how}.${advice}`, { chance: sayChance(t, within.said) })
}

function rowsOf({ t, language }: Visit, answer: WaitOrMigrate, money: (fen: number) => string) {
  const row = (name: 'untilP50' | 'untilP85' | 'twoYears') => ({
    name: t(`wait.${name}`),
    days: sayNumber(language, answer[name].days),
    cost: money(answer[name].cost),
    breakEven: money(answer[name].breakEven),
  })
  return [row('untilP50'), row('untilP85'), row('twoYears')]
}

/** From a hundred on nobody reads the hundredths. A lower bound that is rounded up is none. */
function inWhole(fen: number, qualifier: Known): number {
  if (fen < 10_000) return fen
  return 100 * (qualifier === 'at_least' ? Math.floor(fen / 100) : Math.round(fen / 100))
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
      error: error.problems.map(problem => sayProblem(t, language, problem)).join(' '),
    }
  }
}

function plain(fen: number): string {
  return String(fen / 100)
}
