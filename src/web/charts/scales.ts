import { scaleLinear, scaleUtc } from 'd3-scale'
import type { Burndown } from '../../domain/burndown.ts'
import { addDays, type Day, dayNumber } from '../../domain/calendar.ts'
import { type ChartWords, sayTick, textWidth } from './words.ts'

/** Where things go inside one drawing, in its own pixels. */
export type Frame = {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

export type Scales = {
  x: (day: Day) => number
  y: (count: number) => number
  counts: { y: number; text: string }[]
  days: { x: number; text: string }[]
}

/** Half the width, at most, of the column that stands for a reading which no line reaches. */
export const HALF_COLUMN = 12

export function scalesOf(burndown: Burndown, frame: Frame, words: ChartWords): Scales {
  const inset = burndown.layers.some(layer => layer.readings.some(reading => reading.alone))
    ? HALF_COLUMN + 4
    : 0
  const single = burndown.from === burndown.to
  const [from, to] = single
    ? [addDays(burndown.from, -15), addDays(burndown.to, 15)]
    : [burndown.from, burndown.to]
  const inside = { left: frame.left + inset, right: frame.right - (single ? inset : 0) }
  const time = scaleUtc([from, to].map(dateOf), [inside.left, inside.right])
  const count = countScale(burndown, frame).nice(4)
  const highest = count.domain()[1]!
  const ticks = single ? [dateOf(burndown.from)] : time.ticks(Math.floor((frame.right - frame.left) / 90))
  return {
    x: dayScale(from, to, inside),
    y: heightOf(highest, frame),
    counts: count
      .ticks(4)
      .filter(Number.isInteger)
      .map(tick => ({ y: tenth(count(tick)), text: sayTick(words, tick, highest) })),
    days: dayTicks(ticks, time, frame),
  }
}

/** Where days and counts stand in a drawing too small for axes. */
export function smallScalesOf(burndown: Burndown, frame: Frame): Pick<Scales, 'x' | 'y'> {
  const count = countScale(burndown, frame)
  return { x: dayScale(burndown.from, burndown.to, frame), y: heightOf(count.domain()[1]!, frame) }
}

function countScale(burndown: Burndown, frame: Frame) {
  return scaleLinear([0, Math.max(1, burndown.peak)], [frame.bottom, frame.top])
}

/** As the scale has it, for thousands of points. */
function heightOf(highest: number, { top, bottom }: Frame): (count: number) => number {
  return count => bottom * (1 - count / highest) + top * (count / highest)
}

function dayScale(from: Day, to: Day, { left, right }: { left: number; right: number }) {
  const start = dayNumber(from)
  const pixels = (right - left) / Math.max(1, dayNumber(to) - start)
  return (day: Day) => left + (dayNumber(day) - start) * pixels
}

/** Ticks that all begin a year or a month are called by it; labels that would touch or leave the drawing are left out. */
function dayTicks(ticks: Date[], time: (date: Date) => number, frame: Frame): Scales['days'] {
  const days = ticks.map(tick => tick.toISOString().slice(0, 10))
  const shared = days.length < 2 ? 10 : days.every(day => day.endsWith('-01-01')) ? 4 : 10
  const length = shared === 10 && days.length > 1 && days.every(day => day.endsWith('-01')) ? 7 : shared
  const labels = days.map((day, index) => ({ x: tenth(time(ticks[index]!)), text: day.slice(0, length) }))
  const apart = labels.length > 1 ? labels[1]!.x - labels[0]!.x : Number.POSITIVE_INFINITY
  const each = Math.max(1, Math.ceil((textWidth(labels[0]?.text ?? '') + 8) / apart))
  return labels
    .filter((_, index) => index % each === 0)
    .filter(({ x, text }) => x + textWidth(text) / 2 <= frame.width && x - textWidth(text) / 2 >= 0)
}

/** Those so many pixels from one another, from the last one backwards. In order. */
export function apart<T extends { day: Day }>(
  some: readonly T[],
  pixels: number,
  { x }: Pick<Scales, 'x'>,
): T[] {
  let next = Number.POSITIVE_INFINITY
  const shown = some.toReversed().filter(({ day }) => {
    const at = x(day)
    if (at > next) return false
    next = at - pixels
    return true
  })
  return shown.reverse()
}

export function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}
