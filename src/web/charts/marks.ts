import type { Layer } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { type Frame, HALF_COLUMN, type Scales, tenth } from './scales.ts'
import { fitText, textWidth } from './words.ts'

/** Something that happened, or the day that is aimed at: a vertical line with a label. */
export type ChartEvent = { day: Day; label: string; kind: 'event' | 'target' }

/** `label` is the number of the event in the list below the drawing, with its words where they have room. */
export type DrawnEvent = {
  kind: ChartEvent['kind']
  title: string
  x: number
  label: string
  labelX: number
  labelY: number
}

/** Height of the row of labels above the plot. */
export const LABEL_ROW = 17

/** Pixels between two labels, at least. */
const LABELS_APART = 6

/** Events that stand too close for a number each share one: "3–5". */
type Group = { from: number; to: number; left: number; right: number; text: string }

/** What says the same of one day has one mark: a retirement that was undone and given back happened once. */
export function oneMarkEach(events: readonly ChartEvent[]): ChartEvent[] {
  return [...new Map(events.map(event => [`${event.kind} ${event.day} ${event.label}`, event])).values()]
}

/** Numbers the events in the order given; on a wide drawing those that stand alone carry their words. */
export function placeEvents(
  events: ChartEvent[],
  scales: Scales,
  frame: Frame,
  size: 'wide' | 'narrow',
): DrawnEvent[] {
  const xs = events.map(({ day }) => tenth(scales.x(day)))
  const groups = groupsOf(xs, frame)
  if (size === 'wide') for (const index of groups.keys()) addWords(groups, index, events, { xs, frame })
  return events.map(({ day, label, kind }, index) => {
    const own = groups.find(group => group.from === index)
    return {
      kind,
      title: `${day} ${label}`,
      x: xs[index]!,
      label: own?.text ?? '',
      labelX: tenth(own?.left ?? xs[index]!),
      labelY: frame.top - 8,
    }
  })
}

function groupsOf(xs: readonly number[], frame: Frame): Group[] {
  const groups: Group[] = []
  for (const index of xs.keys()) {
    let group = groupOf(xs, index, index, frame)
    // A shared number is wider than one alone, so it may reach the group before it as well.
    for (let last = groups.at(-1); last && group.left < last.right + LABELS_APART; last = groups.at(-1)) {
      group = groupOf(xs, last.from, index, frame)
      groups.pop()
    }
    groups.push(group)
  }
  return groups
}

function groupOf(xs: readonly number[], from: number, to: number, frame: Frame): Group {
  const text = from === to ? `${from + 1}` : `${from + 1}–${to + 1}`
  return { from, to, text, ...boxAround((xs[from]! + xs[to]!) / 2, text, frame) }
}

function boxAround(x: number, text: string, frame: Frame): { left: number; right: number } {
  const width = textWidth(text)
  const left = Math.max(frame.left, Math.min(x - width / 2, frame.width - width - 2))
  return { left, right: left + width }
}

function addWords(
  groups: Group[],
  index: number,
  events: ChartEvent[],
  { xs, frame }: { xs: readonly number[]; frame: Frame },
): void {
  const group = groups[index]!
  if (group.from !== group.to) return
  const text = `${group.text} ${events[group.from]!.label}`
  const { left, right } = boxAround(xs[group.from]!, text, frame)
  const from = (groups[index - 1]?.right ?? 0) + LABELS_APART
  const to = (groups[index + 1]?.left ?? frame.width) - LABELS_APART
  if (left >= from && right <= to && right <= frame.width) Object.assign(group, { text, left, right })
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
