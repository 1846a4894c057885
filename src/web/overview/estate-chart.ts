import { burndown } from '../../domain/burndown.ts'
import { addDays, type Day } from '../../domain/calendar.ts'
import { OLD_DAYS } from '../../domain/forecast/fan.ts'
import { UNITS } from '../../domain/vocabulary.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import { type DayTotal, listEstateDays } from '../../store/days.ts'
import type { Estate } from '../../store/estate.ts'
import { listEvents } from '../../store/events.ts'
import { findSystemsById } from '../../store/systems.ts'
import { type BurndownChart, drawBurndown } from '../charts/burndown.ts'
import type { ChartEvent } from '../charts/marks.ts'
import { askedRange, RANGES, type Range } from '../charts/ranges.ts'
import { sayEvent } from '../systems/event-lines.ts'
import type { Visit } from '../visit.ts'
import { sayClosedWithRest } from './closed-said.ts'
import { estateFan } from './estate-fan.ts'
import { estateSeries } from './estate-series.ts'
import { oldInSentence, sayOldCounts } from './old-counts-said.ts'
import { sayEnded, sayStaying } from './systems-beside.ts'

const EVENTS = 30

type Choice = { label: string; href: string; isChosen: boolean }
export type EstateChart = {
  chart: BurndownChart
  units: Choice[]
  ranges: Choice[]
  uncounted: string[]
  notes: string[]
}

/** The burn-down of the whole estate in one unit, stacked by system. Null when nobody has ever counted anything. */
export async function estateChart(visit: Visit, estate: Estate): Promise<EstateChart | null> {
  const { context, t, language, today } = visit
  const units = UNITS.filter(unit => estate.open.some(open => open.unit === unit))
  const unit = units.find(one => one === visit.request.query.unit) ?? units[0]
  if (!unit) return null
  const days = await listEstateDays(context.db, unit)
  const first = days[0]?.day ?? today
  const range = rangeOf(askedRange(visit.request.query), days, today)
  const from = range === 'all' ? addDays(first, -14) : addDays(today, -365)
  const open = estate.open.find(one => one.unit === unit)!
  const drawn = await estateSeries(visit, unit, { days, open, from })
  const events = await eventsOf(visit, from)
  const title = t('overview.chart', { unit: t(`unit.${unit}`) })
  const here = (settings: { unit?: string; range?: string }) => pageWith('/', { unit, range, ...settings })
  const course = burndown(drawn.series, from < today ? from : first, today)
  const ahead = await estateFan(visit, unit, from)
  const fan = typeof ahead === 'string' ? null : ahead
  return {
    chart: drawBurndown(course, { id: 'estate', title, events, fan, language, t }),
    notes: [
      ...sayOldCounts(visit, oldInSentence(course.layers, drawn), {
        layers: course.layers.length,
        hasFan: fan !== null,
      }),
      ...(await sayEnded(visit, unit, drawn.endedIds)),
      ...(await sayStaying(visit, unit)),
      ...(await sayClosedWithRest(visit, unit, from)),
      ...(typeof ahead === 'string' && ahead !== 'pending' && course.layers.length > 0
        ? [t(`overview.noFan.${ahead}`, { days: OLD_DAYS })]
        : []),
    ],
    units: units.map(one => ({ label: t(`unit.${one}`), href: here({ unit: one }), isChosen: one === unit })),
    ranges: RANGES.map(one => ({
      label: t(`overview.range.${one}`),
      href: here({ range: one }),
      isChosen: one === range,
    })),
    uncounted: uncountedBySystem(visit, estate),
  }
}

/** A change of status is told by the system's names, anything else by its title. */
async function eventsOf(visit: Visit, from: Day): Promise<ChartEvent[]> {
  const { context, t, language } = visit
  const events = await listEvents(context.db, { from }, EVENTS)
  const ids = events.flatMap(({ systemId, toStatus }) => (systemId !== null && toStatus ? [systemId] : []))
  const systems = new Map((await findSystemsById(context.db, [...new Set(ids)])).map(one => [one.id, one]))
  return events.map(event => {
    const { day, title, systemId, toStatus } = event
    const system = systemId === null ? undefined : systems.get(systemId)
    const name = system ? sayName(language, system) : title
    const said = sayEvent(visit, event)
    return { day, label: toStatus ? `${name}${t('form.colon')}${said}` : said, kind: 'event' }
  })
}

/** "履约0.5: 北京, 南京": the residuals that no picture can show, named. */
function uncountedBySystem({ t, language }: Visit, estate: Estate): string[] {
  const noted = estate.residuals.filter(one => one.kind === 'uncounted').map(one => one.residual)
  return [...Map.groupBy(noted, residual => residual.system.key).values()].map(some => {
    const residuals = some.map(residual => sayName(language, residual)).join(t('attention.comma'))
    return t('overview.uncountedOf', { system: sayName(language, some[0]!.system), residuals })
  })
}

/** A year, unless nothing was counted in it: an empty picture would hide what is known. */
function rangeOf(asked: Range | undefined, days: readonly DayTotal[], today: Day): Range {
  if (asked) return asked
  const isCounted = days.some(({ day, readings }) => readings > 0 && day >= addDays(today, -365))
  return isCounted ? 'year' : 'all'
}
