import { optionalFen } from '../../actions/input.ts'
import { forecastResidual } from '../../domain/forecast/residual.ts'
import { type WaitOrMigrate, waitOrMigrate } from '../../domain/forecast/wait-or-migrate.ts'
import { costOfMonth } from '../../domain/savings.ts'
import { sayAmount, sayNumber } from '../../http/words.ts'
import type { ForecastSystem } from '../../store/forecasts.ts'
import { listCosts } from '../../store/money.ts'
import type { Visit } from '../visit.ts'
import { sayChance } from './forecast-words.ts'

/**
 * Wait for the last ones, or move them by force? The monthly cost is the one that is kept, shared among the residuals that are not empty,
 * or typed; the price of a forced migration is typed. Both stand in the address. Null without a forecast.
 */
export async function waitOf(visit: Visit, system: ForecastSystem, residualId: number) {
  const { context, t, language, request, today } = visit
  const running = system.residuals.flatMap(({ residual, input }) => {
    const forecast = forecastResidual(input, today)
    return forecast.kind === 'running' || forecast.kind === 'unknown' ? [{ id: residual.id, forecast }] : []
  })
  const forecast = running.find(({ id }) => id === residualId)?.forecast
  if (forecast?.kind !== 'running') return null
  const { known } = costOfMonth(
    (await listCosts(context.db, { systemId: system.id })).filter(cost => !cost.withdrawnOn),
    today,
  )
  const shared = known[0] && Math.round(known[0].fen / running.length)
  const typed = typedFen(request.query.cost)
  const cost = typed ?? shared ?? null
  const price = typedFen(request.query.price)
  const currency = known[0]?.currency ?? 'CNY'
  const answer = cost === null || cost === 0 ? null : waitOrMigrate(forecast.law, cost, price)
  return {
    isOpen: price !== null || typed !== null,
    cost: cost === null ? '' : plain(cost),
    price: price === null ? '' : plain(price),
    currency,
    basis:
      shared === undefined || typed !== null
        ? null
        : t('wait.basis', {
            amount: sayAmount(language, known[0]!),
            count: running.length,
            number: running.length,
          }),
    ...(answer ? said(visit, answer, currency) : { advice: null, carrying: null, rows: [] }),
    missing: missingOf(visit, cost),
  }
}

/** Why nothing is worked out. */
function missingOf({ t, request }: Visit, cost: number | null): string | null {
  const isWrong = [request.query.cost, request.query.price].some(text => text && typedFen(text) === null)
  if (isWrong) return t('wait.notAmount')
  if (cost === 0) return t('wait.free')
  return cost === null ? t('wait.noCost') : null
}

function said({ t, language }: Visit, answer: WaitOrMigrate, currency: string) {
  const money = (fen: number) => sayAmount(language, { fen: inWhole(fen), currency })
  const row = (name: 'untilP50' | 'untilP85' | 'twoYears') => ({
    name: t(`wait.${name}`),
    days: sayNumber(language, answer[name].days),
    cost: money(answer[name].cost),
    breakEven: money(answer[name].breakEven),
  })
  return {
    advice: answer.advice && t(`wait.advice.${answer.advice}`, { chance: sayChance(t, answer.within.said) }),
    carrying: t('wait.carrying', { amount: money(answer.carryingPerOrder) }),
    rows: [row('untilP50'), row('untilP85'), row('twoYears')],
  }
}

/** From a hundred on nobody reads the hundredths. */
function inWhole(fen: number): number {
  return fen < 10_000 ? fen : 100 * Math.round(fen / 100)
}

/** Nothing, or nonsense, is not 0. */
function typedFen(text: unknown): number | null {
  const read = optionalFen().safeParse(text)
  return read.success ? (read.data ?? null) : null
}

function plain(fen: number): string {
  return String(fen / 100)
}
