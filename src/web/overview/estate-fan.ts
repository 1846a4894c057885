import type { Day } from '../../domain/calendar.ts'
import { type Fan, fanOf, sumOfFans } from '../../domain/forecast/fan.ts'
import { UNITS, type Unit } from '../../domain/vocabulary.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { aheadOf, cutAt, isOld } from '../systems/system-fan.ts'
import type { Visit } from '../visit.ts'
import { byBlocks } from './by-blocks.ts'

/**
 * What the estate's burn-down draws after today: counts without a forecast go on as they are. `none` when there is nothing
 * to draw, `pending` while the forecasts of the day are still being made.
 */
export async function estateFan(
  { context, today }: Visit,
  unit: Unit,
  from: Day,
): Promise<Fan | 'none' | 'pending'> {
  const soFar = await loadOutlookSoFar(context.db, today)
  if (!soFar.isComplete) return 'pending'
  const parts = partsOf[unit](soFar.outlooks, today)
  if (!parts.some(({ isAnyRunning }) => isAnyRunning)) return 'none'
  const sum = sumOfFans(
    parts.map(({ fan }) => fan),
    today,
  )
  return cutAt(sum, aheadOf({ from }, today, null))
}

const partsOf = Object.fromEntries(
  UNITS.map(unit => [unit, byBlocks((outlooks, today) => partOf(outlooks, unit, today))]),
) as Record<Unit, ReturnType<typeof byBlocks<Part>>>

type Part = { fan: Fan; isAnyRunning: boolean }

function partOf(outlooks: readonly Outlook[], unit: Unit, today: Day): Part {
  const fans = outlooks.flatMap(outlook => fanOfOutlook(outlook, unit, today) ?? [])
  return {
    fan: sumOfFans(fans, today),
    isAnyRunning: outlooks.some(outlook => isRunning(outlook, unit, today)),
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

function isRunning({ residuals }: Outlook, unit: Unit, today: Day): boolean {
  return residuals.some(
    ({ residual, forecast }) =>
      residual.unit === unit && forecast.kind === 'running' && !isOld(forecast, today),
  )
}
