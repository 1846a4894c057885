import type { Burndown } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import type { Fan } from '../../domain/forecast/fan.ts'
import { drawnDays } from './drawn-days.ts'
import { type DrawnFan, drawFan, withRoom } from './fan.ts'
import { type DrawnPlace, drawPlace, placeBelow, raised } from './fan-place.ts'
import { type DrawnLayer, drawLayer } from './layers.ts'
import { type ChartEvent, type DrawnEvent, LABEL_ROW, placeEvents, placeNames } from './marks.ts'
import { type Frame, type Scales, scalesOf, tenth } from './scales.ts'
import { type ChartWords, textWidth } from './words.ts'

/** A burn-down laid out for one width: everything that the view writes into one `<svg>`. */
export type Drawing = {
  id: string
  size: keyof typeof SIZES
  frame: Frame
  counts: Scales['counts']
  days: Scales['days']
  /** Highest layer first, so that a line of nothing does not hide the one below. */
  layers: DrawnLayer[]
  /** Pixels of one reading's shape: smaller where readings stand close. */
  markerSize: number
  events: DrawnEvent[]
  names: { x: number; y: number; text: string }[]
  /** What is likely to come; null without a forecast. */
  fan: DrawnFan | null
  /** Below the fan; null where it is without nothing that the stack holds. */
  place: DrawnPlace | null
  /** Says since when nobody has counted anything, where that leaves room. */
  silence: { x: number; y: number; text: string } | null
  /** Where the first and the last day of the window stand, for the hover. */
  span: { left: number; right: number }
  /** The days of which it shows a reading. */
  readOn: Set<Day>
}

const SIZES = {
  wide: { width: 880, height: 340, left: 48, right: 730, bottom: 312 },
  narrow: { width: 400, height: 300, left: 44, right: 388, bottom: 272 },
} as const

export function drawAt(
  size: keyof typeof SIZES,
  burndown: Burndown,
  events: ChartEvent[],
  words: ChartWords & { id: string; fan?: Fan | null },
): Drawing {
  const frame: Frame = { ...SIZES[size], top: 14 + (events.length > 0 ? LABEL_ROW : 0) }
  const place = words.fan ? placeBelow(burndown, words.fan) : 0
  const fan = words.fan ? raised(words.fan, place) : null
  const scales = scalesOf(withRoom(burndown, fan), frame, words)
  const days = drawnDays(
    burndown,
    events.map(event => event.day),
    scales,
  )
  return {
    id: `${words.id}-${size}`,
    size,
    frame,
    counts: scales.counts,
    days: scales.days,
    layers: burndown.layers.map((layer, index) => drawLayer(layer, index, days, scales)).reverse(),
    markerSize: burndown.rows.length * 10 > frame.right - frame.left ? 5 : 12,
    events: placeEvents(events, scales, frame, size),
    names: size === 'wide' && !fan ? placeNames(burndown.layers, scales, frame) : [],
    fan: fan && drawFan(fan, scales, frame, words),
    place: fan && drawPlace(place, [fan.points[0]!.day, fan.points.at(-1)!.day], scales, frame, words),
    silence: placeSilence(burndown, scales, fan ? { ...frame, right: scales.x(burndown.to) } : frame, words),
    span: { left: tenth(scales.x(burndown.from)), right: tenth(scales.x(burndown.to)) },
    readOn: new Set(days.shapes.flat().map(({ day }) => day)),
  }
}

function placeSilence(
  burndown: Burndown,
  scales: Scales,
  frame: Frame,
  words: ChartWords,
): Drawing['silence'] {
  const days = burndown.layers.flatMap(({ pieces, readings }) => [
    ...pieces.map(({ points }) => points.at(-1)!.day),
    ...readings.slice(-1).map(({ day }) => day),
  ])
  const last = days.reduce((one, other) => (one > other ? one : other), '')
  if (last === '' || last === burndown.to) return null
  const text = words.t('chart.silentSince', { day: last })
  const right = frame.right - 4
  const room = right - scales.x(last) - 24
  return textWidth(text) > room ? null : { x: right, y: frame.bottom - 10, text }
}
