import { addDays, type Day, daysBetween } from '../../domain/calendar.ts'
import { type Fan, fanOf, isOld } from '../../domain/forecast/fan.ts'
import type { ResidualForecast } from '../../domain/forecast/residual.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { loadWidening } from '../../store/estate-forecasts.ts'
import { loadOutlooks } from '../../store/forecasts.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

/** What each chart of some residuals of a system draws after today. Nothing after a window that ends before, nor while a leak is open. */
export async function fanOfResiduals(
  { context, today }: Visit,
  { id, status, targetOn }: Pick<SystemState, 'id' | 'status' | 'targetOn'>,
  residuals: readonly { id: number }[],
  window: { from: Day; to: Day },
): Promise<(unit: Unit) => Fan | null> {
  if (status !== 'draining' || window.to !== today) return () => null
  const { factor } = await loadWidening(context.db, today)
  const [outlook] = await loadOutlooks(context.db, [id], today, factor)
  const ids = new Set(residuals.map(residual => residual.id))
  const drawn = outlook?.residuals.filter(({ residual }) => ids.has(residual.id)) ?? []
  const until = aheadOf(window, today, targetOn)
  return unit => {
    const own = drawn.filter(({ residual }) => residual.unit === unit)
    const forecasts = own.map(({ forecast }) => forecast)
    return isDrawable(forecasts, today) ? cutAt(fanOf(forecasts, today), until) : null
  }
}

function isDrawable(forecasts: readonly ResidualForecast[], today: Day): boolean {
  const isLeaking = forecasts.some(one => one.kind === 'unknown' && one.reason.code === 'leak')
  const running = forecasts.filter(one => one.kind === 'running')
  return !isLeaking && running.length > 0 && !running.some(one => isOld(one, today))
}

/** As far ahead as is looked back, three months at least, and to the target where that is within a year. */
export function aheadOf({ from }: { from: Day }, today: Day, targetOn: Day | null): Day {
  const year = addDays(today, 365)
  const ahead = addDays(today, Math.min(365, Math.max(90, daysBetween(from, today))))
  const target = targetOn && targetOn > today ? addDays(targetOn, 30) : today
  return target > ahead ? (target < year ? target : year) : ahead
}

/** The points up to a day, and the first one after it. */
export function cutAt(fan: Fan, until: Day): Fan {
  const last = fan.points.findIndex(({ day }) => day >= until)
  return last < 0 ? fan : { ...fan, points: fan.points.slice(0, last + 1) }
}
