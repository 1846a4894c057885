import { burndown } from '../../domain/burndown.ts'
import type { BurndownSeries } from '../../domain/burndown-level.ts'
import { endTogether } from '../../domain/burndown-sum.ts'
import { addDays, type Day, parseDay } from '../../domain/calendar.ts'
import { UNITS, type Unit } from '../../domain/vocabulary.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import { listEvents } from '../../store/events.ts'
import { listReadingsInto } from '../../store/readings.ts'
import type { ResidualState } from '../../store/residuals.ts'
import type { SystemState } from '../../store/systems.ts'
import { drawBurndown } from '../charts/burndown.ts'
import type { ChartEvent } from '../charts/marks.ts'
import { askedRange, RANGES } from '../charts/ranges.ts'
import { sayIgnored } from '../ignored.ts'
import type { Visit } from '../visit.ts'
import { sayEvent } from './event-lines.ts'
import { fanOfResiduals } from './system-fan.ts'

const EVENTS = 30
/** How far before the window readings are looked for, to see where the lines enter it. */
export const LEAD = 62

type Drawn = {
  name: string
  /** Where the page is that they stand on. */
  path: string
  system: SystemState
  residuals: readonly ResidualState[]
}

/** The burn-downs of a system or of one residual alone, one for each unit, stacked by residual. Null when nothing was counted. */
export async function burndownCharts(visit: Visit, { name, path, system, residuals }: Drawn) {
  const { context, t, language } = visit
  const counted = residuals.filter(({ latest }) => latest)
  if (counted.length === 0) return null
  const { range, from, to } = windowOf(visit, counted)
  const readings = await listReadingsInto(
    context.db,
    counted.map(({ id }) => id),
    addDays(from, -LEAD),
  )
  const ofResidual = Map.groupBy(readings, reading => reading.residualId)
  const events = await eventsOf(visit, system, from)
  const fans = await fanOfResiduals(visit, system, residuals, { from, to })
  const seriesOf = (residual: ResidualState): BurndownSeries => ({
    key: residual.key,
    label: sayName(language, residual),
    readings: ofResidual.get(residual.id) ?? [],
    endedOn: residual.closedOn,
  })
  const retiredOn = system.status === 'retired' ? system.statusOn : null
  const units: readonly Unit[] = UNITS.filter(unit => counted.some(residual => residual.unit === unit))
  return {
    charts: units.map(unit =>
      drawBurndown(
        burndown(
          endTogether(residuals.filter(one => one.unit === unit && !isGone(one)).map(seriesOf), retiredOn),
          from,
          to,
        ),
        {
          id: `burndown-${unit}`,
          title: t('system.chart', { name, unit: t(`unit.${unit}`) }),
          events,
          fan: fans(unit),
          language,
          t,
        },
      ),
    ),
    uncounted: namesOf(
      visit,
      residuals.filter(one => !one.latest && !one.closedOn && !units.includes(one.unit)),
    ),
    ignored: sayIgnored(visit, ignorable(visit)),
    ranges: RANGES.map(one => ({
      label: t(`system.range.${one}`),
      href: `${pageWith(path, { range: one })}#course`,
      isChosen: one === range,
    })),
  }
}

/** Those that no chart can name, because nothing of their unit was ever counted. */
function namesOf({ t, language }: Visit, residuals: readonly ResidualState[]): string | null {
  if (residuals.length === 0) return null
  const names = residuals.map(one => sayName(language, one)).join(language === 'zh' ? '、' : ', ')
  return t('system.uncounted', { names })
}

/** Closed without ever having been counted: nothing to draw, nothing to miss. */
function isGone({ closedOn, latest }: ResidualState): boolean {
  return closedOn !== null && latest === null
}

function ignorable({ request }: Visit) {
  const { from, to } = request.query
  return { range: askedRange(request.query), from: dayOf(from) ?? undefined, to: dayOf(to) ?? undefined }
}

/** The last year; since the first reading when that is younger, or when nothing was counted in the last year. */
function windowOf({ request, today }: Visit, counted: readonly ResidualState[]) {
  const { from, to } = request.query
  const range = askedRange(request.query)
  const [start, end] = [dayOf(from), dayOf(to)]
  const last = end && end < today ? end : today
  const firstOn = counted.map(one => one.firstOn ?? today).reduce((a, b) => (a < b ? a : b))
  const latestOn = counted.map(one => one.latest?.day ?? '').reduce((a, b) => (a > b ? a : b))
  const yearAgo = addDays(today, -365)
  if (start && start < last) return { range: null, from: start, to: last }
  const isYear = range === 'year' || (range !== 'all' && latestOn >= yearAgo && firstOn < yearAgo)
  const sinceFirst = addDays(firstOn, -7)
  const begin = isYear ? addDays(last, -365) : sinceFirst
  return { range: isYear ? 'year' : 'all', from: begin < last ? begin : addDays(last, -30), to: last }
}

function dayOf(value: unknown): Day | null {
  return typeof value === 'string' ? parseDay(value) : null
}

async function eventsOf(visit: Visit, system: SystemState, from: Day): Promise<ChartEvent[]> {
  const { context, t } = visit
  const kept = await listEvents(context.db, { systemId: system.id, from }, EVENTS)
  const marks = kept.map(event => ({
    day: event.day,
    label: sayEvent(visit, event),
    kind: 'event' as const,
  }))
  const target = system.targetOn
    ? [{ day: system.targetOn, label: t('field.targetOn'), kind: 'target' as const }]
    : []
  return [...marks, ...target]
}
