import type { Day } from '../../src/domain/calendar.ts'
import { chanceToReach, countAfter, daysToReach } from '../../src/domain/forecast/law.ts'
import { forecastResidual } from '../../src/domain/forecast/residual.ts'
import type { Answer, Asked, Dated } from './forecast/methods.ts'

/** Our forecast behind the interface of the backtest. */
export const name = 'ours'

export function forecast(readings: Dated[], asOf: Day, asked: Asked): Answer {
  const counted = readings.map(({ date, count }) => ({
    day: date,
    count,
    qualifier: 'exact' as const,
    reason: null,
  }))
  const input = { readings: counted, declaredPerMonth: null, profiles: [], widening: 1 }
  const result = forecastResidual({ ...input, status: 'draining' }, asOf)
  if (result.kind === 'unknown') throw new Error(`no forecast: ${result.reason.code}`)
  const { law } = result
  return {
    count: asked.horizons.map(days => asked.probs.map(prob => countAfter(law, days, prob))),
    reach: asked.levels.map(level => asked.probs.map(prob => daysToReach(law, level, prob))),
    reachProb: (level, days) => chanceToReach(law, level, days),
    state: result.kind === 'done' ? 'done' : result.course.state,
  }
}
