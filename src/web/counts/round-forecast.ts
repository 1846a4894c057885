import { systemForecast } from '../../domain/forecast/joint.ts'
import { leakOf, type ResidualForecast } from '../../domain/forecast/residual.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { RoundResidual } from '../../store/round.ts'
import { sayOutlookLines } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'

/** What is forecast of one residual, in the room of a table cell. */
export type RoundForecast = {
  state: string
  isUnknown: boolean
  isAlarm: boolean
  isStalled: boolean
  /** Chance within two years, the dates, the chance by the target; none without a forecast. */
  lines: string[]
}

/** By residual id; those whose forecasts are still being worked out are not in it. */
export async function roundForecasts(
  visit: Visit,
  residuals: readonly RoundResidual[],
): Promise<ReadonlyMap<number, RoundForecast>> {
  const { outlooks } = await loadOutlookSoFar(visit.context.db, visit.today)
  return new Map(
    residuals.flatMap(({ id, systemId }) => {
      const outlook = outlooks.get(systemId)
      const own = outlook?.residuals.find(({ residual }) => residual.id === id)
      return outlook && own ? [[id, sayOne(visit, outlook, own)] as const] : []
    }),
  )
}

function sayOne(visit: Visit, { system }: Outlook, own: Outlook['residuals'][number]): RoundForecast {
  const { t } = visit
  const { forecast } = own
  const parts = [{ id: String(own.residual.id), forecast }]
  const alone: Outlook = { system, residuals: [own], joint: systemForecast(system.key, parts) }
  const state = t(`forecast.brief.${briefOf(forecast)}`)
  const isUnknown = forecast.kind === 'unknown' && forecast.reason.code !== 'not_draining'
  const isStalled = briefOf(forecast) === 'stalled'
  const isAlarm = leakOf(forecast) !== null || briefOf(forecast) === 'rebound'
  return { state, isUnknown, isAlarm, isStalled, lines: sayOutlookLines(visit, alone) }
}

/** One word for how it goes: the course, or the reason why there is no forecast. */
function briefOf(forecast: ResidualForecast): string {
  if (forecast.kind === 'running') return forecast.course.state
  if (forecast.kind === 'done') return 'done'
  if (forecast.reason.code !== 'not_draining') return forecast.reason.code
  return leakOf(forecast) ? 'heldLeak' : forecast.reason.status
}
