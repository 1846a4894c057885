import type { BurndownSeries, Silence } from '../../domain/burndown-level.ts'
import { endTogether, sumOfSeries } from '../../domain/burndown-sum.ts'
import { addDays, type Day } from '../../domain/calendar.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { type CountedPart, listCountedParts } from '../../store/counted-parts.ts'
import type { DayTotal } from '../../store/days.ts'
import { loadSilences } from '../../store/silences.ts'
import { LEAD } from '../systems/system-chart.ts'
import type { Visit } from '../visit.ts'
import type { EstateSums, Sum } from './layer-sums.ts'

/** Of more counts and residuals the kept totals are drawn: reading them all would make everybody wait. */
const MOST_READINGS = 10_000
const MOST_RESIDUALS = 1000

/**
 * What each of the shown systems and all others together come to, day by day, as the burn-downs of the systems
 * themselves have it. Null where there is too much to read.
 */
export async function countedSums(
  { context: { db }, today }: Pick<Visit, 'context' | 'today'>,
  unit: Unit,
  shown: readonly { id: number }[],
  { days, from }: { days: readonly DayTotal[]; from: Day },
): Promise<EstateSums | null> {
  const since = addDays(from, -LEAD)
  const readings = days.reduce((sum, day) => (day.day < since ? sum : sum + day.readings), 0)
  if (readings > MOST_READINGS) return null
  const parts = await listCountedParts(db, unit, since, MOST_RESIDUALS)
  if (!parts) return null
  const bySystem = Map.groupBy(parts, ({ systemId }) => systemId)
  const silences = await loadSilences(db, unit, [...bySystem.keys()], today)
  const own = shown.map(
    ({ id }) => [id, sumOf(bySystem.get(id) ?? [], silences.get(id) ?? [], today)] as const,
  )
  const ids = new Set(shown.map(({ id }) => id))
  const rest = parts.filter(({ systemId }) => !ids.has(systemId))
  const silent = [...silences].flatMap(([id, some]) => (ids.has(id) ? [] : some))
  const ended = rest
    .filter(({ retiredOn }) => retiredOn && retiredOn <= today)
    .map(({ systemId }) => systemId)
  return { own: new Map(own), rest: sumOf(rest, silent, today), ended: new Set(ended) }
}

function sumOf(parts: readonly CountedPart[], silences: readonly Silence[], today: Day): Sum {
  const series = [...Map.groupBy(parts, ({ systemId }) => systemId).values()].flatMap(seriesOf)
  const sum = sumOfSeries(series, today)
  const isInLast = ({ endedOn, isThereAtEnd }: BurndownSeries) =>
    !(endedOn && endedOn <= today) || (isThereAtEnd && endedOn === sum.endedOn)
  const isAbout = series.some(one => isInLast(one) && one.readings.at(-1)?.qualifier === 'about')
  return { ...sum, silences, isAbout, isUnproven: false }
}

/** The residuals of one system. */
function seriesOf(parts: readonly CountedPart[]): BurndownSeries[] {
  const series = parts.map(({ readings, closedOn }) => ({ key: '', label: '', readings, endedOn: closedOn }))
  return endTogether(series, parts[0]?.retiredOn ?? null)
}
