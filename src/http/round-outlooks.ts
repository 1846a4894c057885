import type { CountReading } from '../domain/forecast/history.ts'
import type { ClosedIntake } from '../domain/intake.ts'
import { withLeaks } from '../domain/readings.ts'
import { lastRise } from '../domain/rises.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, type Outlook, outlookOf } from '../store/forecasts.ts'
import type { Asking } from './judged.ts'

/** Systems whose forecast is compared after a round. */
const SHOWN = 10

/** The forecasts of the systems of a round that take no new work, on hold or not: with its readings, and as if they had not been entered. */
export async function outlooksAround(
  { context, today }: Asking,
  entries: readonly AuditEntry[],
): Promise<{ before: Outlook; after: Outlook }[]> {
  const changes = entries.flatMap(changeOf)
  const ids = [...new Set(entries.flatMap(({ systemId }) => systemId ?? []))].slice(0, SHOWN)
  const { factor } = await loadWidening(context.db, today)
  const systems = await loadForecastSystems(context.db, ids, today, factor)
  return systems
    .filter(({ status }) => status === 'draining' || status === 'on_hold')
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
      const readings = change ? undone(input.readings, change, system.intake) : input.readings
      return { residual, input: { ...input, readings } }
    }),
  }
}

/**
 * A reading that took the place of another of the same day gives it back. What is then a leak is judged anew of the
 * counts that had stood beside each other: from the last one that is no lower bound to the next such one.
 */
function undone(
  readings: readonly CountReading[],
  { after, before }: Change,
  intake: ClosedIntake | null,
): CountReading[] {
  const at = readings.findIndex(({ day }) => day === after.day)
  if (at < 0) return [...readings]
  const from = Math.max(readings.slice(0, at).findLastIndex(isNoBound), 0)
  const to = readings.findIndex((reading, index) => index > at && isNoBound(reading))
  const end = to < 0 ? readings.length : to + 1
  const { day, count, qualifier, reason } = before ?? after
  const restored = day === after.day && before ? [{ day, count, qualifier, reason: reason ?? null }] : []
  const next = readings
    .slice(at + 1, end)
    .map(reading => ({ ...reading, reason: reading.reason === 'inflow' ? null : reading.reason }))
  const beside: CountReading[] = [...readings.slice(from, at), ...restored, ...next]
  return [
    ...readings.slice(0, from),
    ...withLeaks(beside, { risenOn: lastRise(beside)?.day ?? null, intake }),
    ...readings.slice(end),
  ]
}

function isNoBound({ qualifier }: CountReading): boolean {
  return qualifier !== 'at_least'
}
