import type { Day } from '../../domain/calendar.ts'
import type { Language } from '../../http/languages.ts'
import type { Window } from '../charts/run-off.ts'

/** Quarters show five quarters by month, years three and a half years by quarter. */
export const ZOOMS = ['quarter', 'year'] as const
type Zoom = (typeof ZOOMS)[number]

const MONTHS: Record<Zoom, { shown: number; before: number; step: number; tick: number; major: number }> = {
  quarter: { shown: 15, before: 3, step: 3, tick: 1, major: 3 },
  year: { shown: 42, before: 9, step: 12, tick: 3, major: 12 },
}

export type TimelineWindow = Window & {
  zoom: Zoom
  /** A narrow screen has room for the major ones only. */
  ticks: { day: Day; label: string; isMajor: boolean }[]
  earlier: string
  later: string
}

/** The window that an address asks for; `from` is a month, 2026-10. Nonsense is the window around today. */
export function windowOf(
  query: { zoom?: unknown; from?: unknown },
  today: Day,
  language: Language,
): TimelineWindow {
  const zoom = ZOOMS.find(one => one === query.zoom) ?? 'year'
  const { shown, before, step, tick, major } = MONTHS[zoom]
  const asked =
    typeof query.from === 'string' ? /^((?:19|20|21)\d\d)-(0[1-9]|1[0-2])$/.exec(query.from) : null
  const usual = quarterStart(monthOf(today)) - before
  const start = asked ? Number(asked[1]) * 12 + Number(asked[2]) - 1 : usual
  const ticks = Array.from({ length: Math.floor(shown / tick) }, (_, index) => start + index * tick)
  const labels = labelsOf(ticks, language)
  return {
    zoom,
    today,
    from: firstOf(start),
    to: firstOf(start + shown),
    ticks: ticks.map((month, index) => ({
      day: firstOf(month),
      label: labels[index]!,
      isMajor: month % major === 0 || index === 0,
    })),
    earlier: firstOf(start - step).slice(0, 7),
    later: firstOf(start + step).slice(0, 7),
  }
}

const MONTH_NAMES = {
  zh: new Intl.DateTimeFormat('zh-CN', { month: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }),
}

/** The first month says its year too, and then takes the room of the second. */
function labelsOf(months: readonly number[], language: Language): string[] {
  const labels = months.map(month => labelOf(month, language))
  return months[0]! % 12 === 0 ? labels : [firstOf(months[0]!).slice(0, 7), '', ...labels.slice(2)]
}

/** January is called by its year. */
function labelOf(month: number, language: Language): string {
  const day = firstOf(month)
  return month % 12 === 0 ? day.slice(0, 4) : MONTH_NAMES[language].format(new Date(`${day}T00:00:00Z`))
}

/** Months since year 0. */
function monthOf(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

function quarterStart(month: number): number {
  return month - (month % 3)
}

function firstOf(month: number): Day {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
