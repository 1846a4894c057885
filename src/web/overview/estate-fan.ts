import type { Day } from '../../domain/calendar.ts'
import { type Fan, fanOf, sumOfFans } from '../../domain/forecast/fan.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { aheadOf, cutAt, isOld } from '../systems/system-fan.ts'
import type { Visit } from '../visit.ts'

/** What the estate's burn-down draws after today: counts without a forecast go on as they are. Null when there is none at all. */
export async function estateFan({ context, today }: Visit, unit: Unit, from: Day): Promise<Fan | null> {
  const soFar = await loadOutlookSoFar(context.db, today)
  if (!soFar.isComplete) return null
  const outlooks = [...soFar.outlooks.values()]
  const fans = outlooks.flatMap(outlook => fanOfOutlook(outlook, unit, today) ?? [])
  const isAnyRunning = outlooks.some(outlook => isRunning(outlook, unit, today))
  return isAnyRunning ? cutAt(sumOfFans(fans, today), aheadOf({ from }, today, null)) : null
}

const fansOf = new WeakMap<Outlook, Map<Unit, Fan>>()

/** Worked out once for each outlook: after a change only the systems that it touched have a new one. */
function fanOfOutlook(outlook: Outlook, unit: Unit, today: Day): Fan | null {
  const own = outlook.residuals.filter(({ residual }) => residual.unit === unit)
  if (own.length === 0 || outlook.system.status === 'retired') return null
  const known = fansOf.get(outlook) ?? new Map<Unit, Fan>()
  fansOf.set(outlook, known)
  const fan =
    known.get(unit) ??
    fanOf(
      own.map(({ forecast }) => forecast),
      today,
    )
  known.set(unit, fan)
  return fan
}

function isRunning({ residuals }: Outlook, unit: Unit, today: Day): boolean {
  return residuals.some(
    ({ residual, forecast }) =>
      residual.unit === unit && forecast.kind === 'running' && !isOld(forecast, today),
  )
}
