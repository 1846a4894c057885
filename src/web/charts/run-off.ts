import { scaleUtc } from 'd3-scale'
import type { Day } from '../../domain/calendar.ts'
import type { Stretch } from '../../domain/intake.ts'
import { tenth } from './scales.ts'

/** One row of the timeline: where a system's run-off lies among the days of the window. */
export type RunOff = {
  /** When it was draining up to today. */
  draining: readonly Stretch[]
  /** The day it was retired, or null. */
  retiredOn: Day | null
  /** P50 and P85 of the forecast; null where there is none. */
  arrival: { p50: Day; p85: Day } | null
  /** Nobody can name the later end: the days of the arrival are the earliest. */
  isEarliest: boolean
  /** Empty within two years with a chance of a half or more, at best. */
  isLikely: boolean
  isOpen: boolean
  target: Day | null
  cutovers: readonly Day[]
}

export type Window = { from: Day; to: Day; today: Day }

/** Everything that the view writes into the `<svg>` of a row, in pixels. */
export type DrawnRunOff = {
  width: number
  height: number
  bars: { kind: 'past' | 'half' | 'late' | 'unlikely' | 'early' | 'open'; x: number; width: number }[]
  ticks: number[]
  today: number | null
  target: number | null
  /** Those after today are planned. */
  cutovers: { x: number; isPlanned: boolean }[]
  retired: number | null
}

const RUN_WIDTH = 640
const HEIGHT = 36
const INSET = 6

export function drawRunOff(run: RunOff, window: Window, ticks: readonly Day[]): DrawnRunOff {
  const x = scaleOf(window)
  const inside = (day: Day | null) => (day !== null && day >= window.from && day <= window.to ? x(day) : null)
  return {
    width: RUN_WIDTH,
    height: HEIGHT,
    bars: barsOf(run, window).flatMap(bar => clipped(bar, window, x)),
    ticks: ticks.map(x),
    today: inside(window.today),
    target: inside(run.target),
    cutovers: run.cutovers.flatMap(day => {
      const at = inside(day)
      return at === null ? [] : [{ x: at, isPlanned: day > window.today }]
    }),
    retired: inside(run.retiredOn),
  }
}

/** The axis over all rows. */
export function drawAxis(window: Window, ticks: readonly { day: Day; label: string; isMajor: boolean }[]) {
  const x = scaleOf(window)
  return {
    width: RUN_WIDTH,
    height: 20,
    labels: ticks.map(({ day, label, isMajor }) => ({ x: x(day), text: label, isMajor })),
  }
}

function scaleOf({ from, to }: Window): (day: Day) => number {
  const scale = scaleUtc([dateOf(from), dateOf(to)], [INSET, RUN_WIDTH - INSET])
  return day => tenth(scale(dateOf(day)))
}

type Bar = { kind: DrawnRunOff['bars'][number]['kind']; from: Day; to: Day }

function barsOf({ draining, arrival, isEarliest, isLikely, isOpen }: RunOff, { today, to }: Window): Bar[] {
  const past = draining.map(stretch => ({ kind: 'past' as const, ...stretch }))
  if (arrival && isEarliest) {
    const early = { kind: 'early' as const, from: today, to: arrival.p85 }
    return [...past, early, { kind: 'open', from: arrival.p85, to }]
  }
  if (arrival && !isLikely) return [...past, { kind: 'unlikely', from: today, to: arrival.p85 }]
  if (arrival) {
    return [
      ...past,
      { kind: 'half', from: today, to: arrival.p50 },
      { kind: 'late', from: arrival.p50, to: arrival.p85 },
    ]
  }
  return isOpen ? [...past, { kind: 'open', from: today, to }] : past
}

function clipped({ kind, from, to }: Bar, window: Window, x: (day: Day) => number): DrawnRunOff['bars'] {
  const start = from < window.from ? window.from : from
  const end = to > window.to ? window.to : to
  return start < end ? [{ kind, x: x(start), width: tenth(x(end) - x(start)) }] : []
}

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}
