import type { CountReading } from '../domain/forecast/history.ts'
import { isRiseOver, withLeaks } from '../domain/readings.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, type Outlook, outlookOf } from '../store/forecasts.ts'
import type { Asking } from './judged.ts'

/** Systems whose forecast is compared after a round. */
const SHOWN = 10

/** The forecasts of the draining systems of a round: with its readings, and as if they had not been entered. */
export async function outlooksAround(
  { context, today }: Asking,
  entries: readonly AuditEntry[],
): Promise<{ before: Outlook; after: Outlook }[]> {
  const changes = entries.flatMap(changeOf)
  const ids = [...new Set(entries.flatMap(({ systemId }) => systemId ?? []))].slice(0, SHOWN)
  const { factor } = await loadWidening(context.db, today)
  const systems = await loadForecastSystems(context.db, ids, today, factor)
  return systems
    .filter(({ status }) => status === 'draining')
    .map(system => ({
      before: outlookOf(without(system, changes), today),
      after: outlookOf(system, today),
    }))
}

type Kept = Count & { day: string; reason?: ChangeReason | null }
type Change = { residualId: number; after: Kept; before: Kept | null }

function changeOf({ noun, before, after }: AuditEntry): Change[] {
  const now = noun === 'reading' && after ? (JSON.parse(after) as Kept & { residualId?: number }) : null
  if (!now?.residualId) return []
  return [
    {
      residualId: now.residualId,
      after: now,
      before: before ? (JSON.parse(before) as Kept) : null,
    },
  ]
}

function without(system: ForecastSystem, changes: readonly Change[]): ForecastSystem {
  const of = new Map(changes.map(change => [change.residualId, change]))
  return {
    ...system,
    residuals: system.residuals.map(({ residual, input }) => {
      const change = of.get(residual.id)
      const readings = change ? undone(input.readings, change, system.statusOn) : input.readings
      return { residual, input: { ...input, readings } }
    }),
  }
}

/**
 * A reading that took the place of another of the same day gives it back. What is then a leak is judged anew of the
 * two that had stood beside each other: the count given back, and the next one.
 */
function undone(
  readings: readonly CountReading[],
  { after, before }: Change,
  closedOn: string | null,
): CountReading[] {
  const at = readings.findIndex(({ day }) => day === after.day)
  if (at < 0) return [...readings]
  const earlier = readings.slice(Math.max(at - 1, 0), at)
  const { day, count, qualifier, reason } = before ?? after
  const restored = day === after.day && before ? [{ day, count, qualifier, reason: reason ?? null }] : []
  const next = readings
    .slice(at + 1, at + 2)
    .map(reading => ({ ...reading, reason: reading.reason === 'inflow' ? null : reading.reason }))
  const beside: CountReading[] = [...earlier, ...restored, ...next]
  const risen = beside.findLast((reading, index) => isRiseOver(reading, beside[index - 1]))
  return [
    ...readings.slice(0, at - earlier.length),
    ...withLeaks(beside, { risenOn: risen?.day ?? null, closedOn }),
    ...readings.slice(at + 2),
  ]
}
