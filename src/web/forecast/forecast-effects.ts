import type { CountReading } from '../../domain/forecast/history.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { loadWidening } from '../../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, type Outlook, outlookOf } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { sayOutlookDates, sayOutlookWithin } from './outlook-words.ts'

/** Systems whose forecast is compared after a round. */
const SHOWN = 10

/** How a round of counts moved the forecasts, in sentences: with its readings, and as if they had not been entered. */
export async function forecastEffectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const { context, t, language, today } = visit
  const changes = entries.flatMap(changeOf)
  const ids = [...new Set(entries.flatMap(({ systemId }) => systemId ?? []))].slice(0, SHOWN)
  const { factor } = await loadWidening(context.db, today)
  const systems = await loadForecastSystems(context.db, ids, today, factor)
  return systems.flatMap(system => {
    const to = say(visit, outlookOf(system, today))
    const from = say(visit, outlookOf(without(system, changes), today))
    return system.status === 'draining' && from !== to
      ? [t('forecast.moved', { system: sayName(language, system), from, to })]
      : []
  })
}

type Change = { residualId: number; after: Count & { day: string }; before: (Count & { day: string }) | null }

function changeOf({ noun, before, after }: AuditEntry): Change[] {
  const now =
    noun === 'reading' && after ? (JSON.parse(after) as Change['after'] & { residualId?: number }) : null
  if (!now?.residualId) return []
  return [
    {
      residualId: now.residualId,
      after: now,
      before: before ? (JSON.parse(before) as Change['after']) : null,
    },
  ]
}

/** A reading that took the place of another of the same day gives it back. */
function without(system: ForecastSystem, changes: readonly Change[]): ForecastSystem {
  const of = new Map(changes.map(change => [change.residualId, change]))
  const undone = (readings: readonly CountReading[], { after, before }: Change): CountReading[] =>
    readings.flatMap(reading => {
      if (reading.day !== after.day) return [reading]
      return before?.day === after.day
        ? [{ day: before.day, count: before.count, qualifier: before.qualifier, reason: null }]
        : []
    })
  return {
    ...system,
    residuals: system.residuals.map(({ residual, input }) => {
      const change = of.get(residual.id)
      return { residual, input: change ? { ...input, readings: undone(input.readings, change) } : input }
    }),
  }
}

function say(visit: Visit, outlook: Outlook): string {
  const within = sayOutlookWithin(visit, outlook)
  const dates = sayOutlookDates(visit, outlook).text
  return within ? visit.t('forecast.both', { dates, chance: within }) : dates
}
