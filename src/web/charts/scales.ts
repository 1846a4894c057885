import { scaleLinear, scaleUtc } from 'd3-scale'
import type { Burndown } from '../../domain/burndown.ts'
import { addDays, type Day } from '../../domain/calendar.ts'
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

/** Half the width of the column that stands for a reading which no line reaches. */
export const HALF_COLUMN = 12

export function scalesOf(burndown: Burndown, frame: Frame, words: ChartWords): Scales {
  const inset = burndown.layers.some(layer => layer.readings.some(reading => reading.alone))
    ? HALF_COLUMN + 4
    : 0
  const single = burndown.from === burndown.to
  const time = scaleUtc(
    [
      single ? addDays(burndown.from, -15) : burndown.from,
      single ? addDays(burndown.to, 15) : burndown.to,
    ].map(dateOf),
    [frame.left + inset, frame.right - inset],
  )
  const count = scaleLinear([0, Math.max(1, burndown.peak)], [frame.bottom, frame.top]).nice(4)
  const highest = count.domain()[1]!
  const ticks = single ? [dateOf(burndown.from)] : time.ticks(Math.floor((frame.right - frame.left) / 90))
  return {
    x: remembered(day => time(dateOf(day))),
    y: value => count(value),
    counts: count
      .ticks(4)
      .filter(Number.isInteger)
      .map(tick => ({ y: tenth(count(tick)), text: sayTick(words, tick, highest) })),
    days: dayTicks(ticks, time, frame),
  }
}

/** Ticks that all begin a year or a month are called by it; a label that would leave the drawing is left out. */
function dayTicks(ticks: Date[], time: (date: Date) => number, frame: Frame): Scales['days'] {
  const days = ticks.map(tick => tick.toISOString().slice(0, 10))
  const shared = days.length < 2 ? 10 : days.every(day => day.endsWith('-01-01')) ? 4 : 10
  const length = shared === 10 && days.length > 1 && days.every(day => day.endsWith('-01')) ? 7 : shared
  return days
    .map((day, index) => ({ x: tenth(time(ticks[index]!)), text: day.slice(0, length) }))
    .filter(({ x, text }) => x + textWidth(text) / 2 <= frame.width && x - textWidth(text) / 2 >= 0)
}

/** Every layer asks for the same days again: each is worked out once. */
function remembered(x: (day: Day) => number): (day: Day) => number {
  const known = new Map<Day, number>()
  return day => {
    const present = known.get(day)
    if (present !== undefined) return present
    const pixel = x(day)
    known.set(day, pixel)
    return pixel
  }
}

export function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}
