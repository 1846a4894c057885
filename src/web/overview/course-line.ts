import type { Silence } from '../../domain/burndown-level.ts'
import type { Day } from '../../domain/calendar.ts'
import { sayName } from '../../http/words.ts'
import type { CoursePoint } from '../../store/days.ts'
import type { SystemState } from '../../store/systems.ts'
import { keptSparkline } from '../charts/kept-sparklines.ts'
import type { Sparkline } from '../charts/sparkline.ts'
import type { Visit } from '../visit.ts'

type Course = { points: readonly CoursePoint[]; closings: readonly Day[] }

/**
 * The months of a system as a small line; null where there are not two of them. A closing with something left is no
 * progress: no line leads across it, and where nothing else is left open, none to the 0 after it.
 */
export function courseLine(
  { t, language, today }: Pick<Visit, 't' | 'language' | 'today'>,
  system: SystemState,
  { points, closings }: Course,
): Sparkline | null {
  const endedOn = system.residualCount === 0 ? (closings.toSorted().at(-1) ?? null) : null
  const readings = points.filter(({ day }) => endedOn === null || day < endedOn)
  const [first] = readings
  if (!first || readings.length < 2) return null
  const silences = closings.flatMap(closedOn => acrossClosing(readings, closedOn))
  const series = { key: system.key, label: sayName(language, system), readings, silences, endedOn }
  return keptSparkline(series, first.day, today, { language, t })
}

function acrossClosing(readings: readonly CoursePoint[], closedOn: Day): Silence[] {
  const index = readings.findIndex(({ day }) => day >= closedOn)
  const [before, after] = [readings[index - 1], readings[index]]
  return before && after ? [{ from: before.day, until: after.day }] : []
}
