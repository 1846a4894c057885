import type { Day } from '../../domain/calendar.ts'
import { type Fan, fanOf, isOld, sumOfFans } from '../../domain/forecast/fan.ts'
import type { ResidualForecast } from '../../domain/forecast/residual.ts'
import { UNITS, type Unit } from '../../domain/vocabulary.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { aheadOf, cutAt } from '../systems/system-fan.ts'
import type { Visit } from '../visit.ts'
import { byBlocks } from './by-blocks.ts'

/**
 * Why nothing is drawn after today: of what drains nothing was counted lately, or all that was is empty, or has no
 * forecast for reasons of its own.
 */
type NoFan = 'uncounted' | 'empty' | 'unknown'

/**
 * What the estate's burn-down draws after today: counts without a forecast go on as they are. `pending` while the
 * forecasts of the day are still being made.
 */
export async function estateFan(
  { context, today }: Visit,
  unit: Unit,
  from: Day,
): Promise<Fan | NoFan | 'pending'> {
  const soFar = await loadOutlookSoFar(context.db, today)
  if (!soFar.isComplete) return 'pending'
  const parts = partsOf[unit](soFar.outlooks, today)
  const states = new Set(parts.flatMap(part => [...part.states]))
  if (!states.has('running')) return whyNot(states)
  const sum = sumOfFans(
    parts.map(({ fan }) => fan),
    today,
  )
  return cutAt(sum, aheadOf({ from }, today, null))
}

const partsOf = Object.fromEntries(
  UNITS.map(unit => [unit, byBlocks((outlooks, today) => partOf(outlooks, unit, today))]),
) as Record<Unit, ReturnType<typeof byBlocks<Part>>>

/** `states`: how the forecasts stand of all that drains and was counted lately. */
type Part = { fan: Fan; states: ReadonlySet<ResidualForecast['kind']> }

function whyNot(states: Part['states']): NoFan {
  if (states.has('unknown')) return 'unknown'
  return states.has('done') ? 'empty' : 'uncounted'
}

function partOf(outlooks: readonly Outlook[], unit: Unit, today: Day): Part {
  const fans = outlooks.flatMap(outlook => fanOfOutlook(outlook, unit, today) ?? [])
  return {
    fan: sumOfFans(fans, today),
    states: new Set(outlooks.flatMap(outlook => statesOf(outlook, unit, today))),
  }
}

function fanOfOutlook(outlook: Outlook, unit: Unit, today: Day): Fan | null {
  const own = outlook.residuals.filter(({ residual }) => residual.unit === unit)
  if (own.length === 0 || outlook.system.status === 'retired') return null
  return fanOf(
    own.map(({ forecast }) => forecast),
    today,
  )
}

function statesOf({ system, residuals }: Outlook, unit: Unit, today: Day): ResidualForecast['kind'][] {
  if (system.status !== 'draining') return []
  const counted = residuals.filter(
    ({ residual: { unit: own, latest } }) =>
      own === unit && latest !== null && !isOld({ last: latest }, today),
  )
  return counted.map(({ forecast }) => forecast.kind)
}
