import type { Burndown } from '../../domain/burndown.ts'
import type { Fan } from '../../domain/forecast/fan.ts'
import { type Frame, type Scales, tenth } from './scales.ts'
import { type ChartWords, textWidth } from './words.ts'

/** The place kept below a fan for what was counted too long ago to be in it. */
export type DrawnPlace = { path: string; label: { x: number; y: number; text: string } | null }

/**
 * How much of the last level that is drawn the fan is without because its counts are too old. Their place is kept
 * below the fan, or the picture would show them gone on the day on which it begins.
 */
export function placeBelow(burndown: Burndown, fan: Fan): number {
  const start = fan.points[0]!.p50
  return Math.max(0, Math.min(fan.oldCount, lastTop(burndown) - start))
}

/** The same fan as high up as it is drawn. */
export function raised(fan: Fan, place: number): Fan {
  if (place === 0) return fan
  const points = fan.points.map(({ day, p15, p50, p85 }) => ({
    day,
    p15: p15 + place,
    p50: p50 + place,
    p85: p85 + place,
  }))
  return { ...fan, points }
}

/** How high the stack is on the last day of which anything is drawn. */
function lastTop({ layers }: Burndown): number {
  const ends = layers.flatMap(({ pieces, readings }) => [
    ...pieces.map(({ points }) => points.at(-1)!),
    ...readings.slice(-1),
  ])
  const last = ends.reduce((latest, { day }) => (day > latest ? day : latest), '')
  return Math.max(0, ...ends.filter(({ day }) => day === last).map(({ top }) => top))
}

/** Pixels of height in which a line of text has room, and on each side of it. */
const LINE = 20
const SIDE = 8

export function drawPlace(
  place: number,
  [from, to]: [from: string, to: string],
  { x, y }: Scales,
  { bottom }: Frame,
  { t }: ChartWords,
): DrawnPlace | null {
  if (place === 0) return null
  const [left, right, top] = [x(from), x(to), y(place)]
  const text = t('chart.fan.place')
  const fits = bottom - top >= LINE && textWidth(text) + 2 * SIDE <= right - left
  return {
    path: `M${tenth(left)},${tenth(top)}H${tenth(right)}V${tenth(bottom)}H${tenth(left)}Z`,
    label: fits ? { x: tenth(left + SIDE), y: tenth((top + bottom) / 2 + 4), text } : null,
  }
}
