import type { Layer } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { type Frame, HALF_COLUMN, type Scales, tenth } from './scales.ts'
import { fitText, textWidth } from './words.ts'

/** Something that happened, or the day that is aimed at: a vertical line with a label. */
export type ChartEvent = { day: Day; label: string; kind: 'event' | 'target' }

/** `label` is empty where it found no room; the line's tooltip and the list below the drawing still name it. */
export type DrawnEvent = {
  kind: ChartEvent['kind']
  title: string
  x: number
  label: string
  labelX: number
  labelY: number
}

/** Height of one row of labels above the plot. */
export const LABEL_ROW = 17
export const LABEL_ROWS = 3

/** Puts each label into the lowest row above the plot where it does not run into the one before it. */
export function placeEvents(events: ChartEvent[], scales: Scales, frame: Frame): DrawnEvent[] {
  const taken: number[] = []
  return events.map(({ day, label, kind }) => {
    const x = tenth(scales.x(day))
    const width = textWidth(label)
    const labelX = Math.max(2, Math.min(x - width / 2, frame.width - width - 2))
    const row = firstFreeRow(taken, labelX)
    const fits = row < LABEL_ROWS && width < frame.width / 2
    if (fits) taken[row] = labelX + width + 8
    const labelY = frame.top - 8 - row * LABEL_ROW
    return {
      kind,
      title: `${day} ${label}`,
      x,
      label: fits ? label : '',
      labelX: tenth(labelX),
      labelY: fits ? labelY : frame.top,
    }
  })
}

function firstFreeRow(taken: number[], x: number): number {
  const free = taken.findIndex(end => end <= x)
  return free < 0 ? taken.length : free
}

/** Names of the layers that last to the end, right of it. One that would touch another, or has no room, is left out. */
export function placeNames(
  layers: Layer[],
  scales: Scales,
  frame: Frame,
): { x: number; y: number; text: string }[] {
  const placed: { x: number; y: number; text: string }[] = []
  const ends = layers.map(layer => ({ layer, end: endOf(layer) })).reverse()
  const latest = ends.reduce((day, { end }) => (end && end.day > day ? end.day : day), '')
  for (const { layer, end } of ends) {
    if (!end || end.day < latest || end.top === end.base) continue
    const x = scales.x(end.day) + (end.alone ? HALF_COLUMN : 0) + 8
    const y = (scales.y(end.base) + scales.y(end.top)) / 2 + 4
    const room = frame.width - x
    if (room < 40 || placed.some(other => Math.abs(other.y - y) < 14)) continue
    placed.push({ x: tenth(x), y: tenth(y), text: fitText(layer.label, room) })
  }
  return placed
}

function endOf(layer: Layer): { day: Day; base: number; top: number; alone: boolean } | null {
  const reading = layer.readings.at(-1)
  const point = layer.pieces.at(-1)?.points.at(-1)
  if (point && (!reading || point.day >= reading.day)) return { ...point, alone: false }
  return reading ?? null
}
