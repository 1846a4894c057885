import { setImmediate } from 'node:timers/promises'
import type { Day } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import type { ClosedIntake } from '../domain/intake.ts'
import { withLeaks } from '../domain/readings.ts'
import { lastRise } from '../domain/rises.ts'
import type { ChangeReason, Count } from '../domain/vocabulary.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import type { Db } from '../store/columns.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, type Outlook, outlookOf } from '../store/forecasts.ts'
import { findThing } from '../store/places.ts'
import type { Asking } from './judged.ts'

/** Of so many systems of a round it is told how their forecasts moved. */
export const TOLD = 10
/** So many are in memory at a time; between them other requests get their turn. */
const AT_ONCE = 10

/** The forecast of a system as it is, and as if something had not been done. */
type OutlookPair = { before: Outlook; after: Outlook }

/**
 * The forecasts of the systems of a round, or of a reading that was withdrawn, that take no new work, on hold or not: as they
 * are, and as if that had not been done; of the first `most` of these systems.
 */
export async function outlooksAround(
  { context, today }: Asking,
  entries: readonly AuditEntry[],
  most = Number.POSITIVE_INFINITY,
): Promise<OutlookPair[]> {
  const changes = (await Promise.all(entries.map(entry => changeOf(context.db, entry)))).flat()
  if (changes.length === 0) return []
  const ids = [...new Set(entries.flatMap(({ systemId }) => systemId ?? []))].slice(0, most)
  const { factor } = await loadWidening(context.db, today)
  const pairs: OutlookPair[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const systems = await loadForecastSystems(context.db, ids.slice(from, from + AT_ONCE), today, factor)
    const emptying = systems.filter(({ status }) => status === 'draining' || status === 'on_hold')
    for (const system of emptying)
      pairs.push({
        before: outlookOf(without(system, changes), today),
        after: outlookOf(system, today),
      })
    await setImmediate()
  }
  return pairs
}

type Kept = Count & { day: Day; residualId?: number; reason?: ChangeReason | null }
/** What stood on a day before, and whether the change left anything there. */
type Change = { residualId: number; day: Day; was: CountReading | null; isLeft: boolean }

async function changeOf(db: Db, entry: AuditEntry): Promise<Change[]> {
  if (entry.noun !== 'reading') return []
  const [was, now] = [entry.before, entry.after].map(text => (text ? (JSON.parse(text) as Kept) : null))
  if (!now) return withdrawnOf(db, entry)
  const { residualId, day } = now
  return residualId ? [{ residualId, day, was: was?.day === day ? readingOf(was) : null, isLeft: true }] : []
}

async function withdrawnOf(db: Db, { nounId }: AuditEntry): Promise<Change[]> {
  const was = await findThing(db, 'reading', nounId)
  return was ? [{ residualId: was.residualId, day: was.day, was: readingOf(was), isLeft: false }] : []
}

function readingOf({ day, count, qualifier, reason = null }: Kept): CountReading {
  return { day, count, qualifier, reason }
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
 * A reading that took the place of another of the same day gives it back, and one that was withdrawn is there again. What is
 * then a leak is judged anew of the counts that had stood beside each other: from the last one that is no lower bound to
 * the next such one. Where that day has been counted, or cleared, again since, nothing is undone.
 */
function undone(
  readings: readonly CountReading[],
  { day, was, isLeft }: Change,
  intake: ClosedIntake | null,
): CountReading[] {
  if (readings.some(reading => reading.day === day) !== isLeft) return [...readings]
  const earlier = readings.filter(reading => reading.day < day)
  const later = readings.filter(reading => reading.day > day)
  const from = Math.max(earlier.findLastIndex(isNoBound), 0)
  const end = later.findIndex(isNoBound) + 1 || later.length
  const next = later
    .slice(0, end)
    .map(reading => ({ ...reading, reason: reading.reason === 'inflow' ? null : reading.reason }))
  const beside: CountReading[] = [...earlier.slice(from), ...(was ? [was] : []), ...next]
  return [
    ...earlier.slice(0, from),
    ...withLeaks(beside, { risenOn: lastRise(beside)?.day ?? null, intake }),
    ...later.slice(end),
  ]
}

function isNoBound({ qualifier }: CountReading): boolean {
  return qualifier !== 'at_least'
}
