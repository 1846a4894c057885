import { gapsOf, halfGapsOf } from './burndown-gaps.ts'
import {
  type BurndownReading,
  type BurndownSeries,
  type Course,
  courseOf,
  type Level,
  levelBeside,
  levelOn,
  type OldPart,
} from './burndown-level.ts'
import { type BurndownRow, rowsOf } from './burndown-rows.ts'
import { type Day, dayFromNumber, dayNumber } from './calendar.ts'

/** What a burn-down shows from one day to another, both included: counts stacked by series, first series lowest. */
export type Burndown = {
  from: Day
  to: Day
  /** Every series that was counted at least once by `to`. */
  layers: Layer[]
  /** Series that nobody has ever counted. They have no layer: their count is unknown, not 0. */
  uncounted: { key: string; label: string }[]
  /** The highest top, silent room included; 0 when nothing is drawn. */
  peak: number
  /** Names of all series, uncounted ones included, in the order of the levels in each row. */
  labels: string[]
  rows: BurndownRow[]
}

export type Layer = {
  key: string
  label: string
  pieces: Piece[]
  /** The readings of the window, each with its place in the stack. */
  readings: StackedReading[]
  /** Room kept under a reading that stands alone: nobody has counted this series for too long by then. */
  rooms: { day: Day; base: number; top: number }[]
  gaps: { from: Day; until: Day | null }[]
  /** When only some of what it sums up was counted, from and until a count of the rest. */
  halfGaps: { from: Day; until: Day }[]
  /** The latest reading by `to`, also when it lies before the window. */
  last: BurndownReading
  /** What of it is older than its day says. */
  old: OldPart | null
}

/**
 * A stretch of one layer. `known` and `at_least` are claims; `silent` is room kept for a series that nobody
 * counts, so that the layers above it do not seem to fall. Where no series at all is known there is no piece.
 * A day stands twice where the stack jumps because a series below begins or ends.
 */
export type Piece = {
  kind: 'known' | 'at_least' | 'silent'
  points: { day: Day; base: number; top: number }[]
}

/** `alone`: no line reaches the reading from either side. */
export type StackedReading = BurndownReading & { base: number; top: number; alone: boolean }

/**
 * Turns readings into what a burn-down shows. Readings after `to` are ignored, those before `from` only set
 * where the lines enter. A silence longer than 30 days and than twice the median interval of the series is a gap.
 * Refuses a window that ends before it starts.
 */
export function burndown(series: BurndownSeries[], from: Day, to: Day): Burndown {
  if (to < from) throw new RangeError(`A burn-down cannot run from ${from} to ${to}`)
  const all = series.map(one => courseOf(one, to))
  const courses = all.filter(course => course.readings.length > 0)
  const window = { from: dayNumber(from), to: dayNumber(to) }
  const layers = courses.map(course => layerOf(course, window))
  const peak = Math.max(stackPieces(courses, layers, window), stackReadings(courses, layers, window))
  return {
    from,
    to,
    layers,
    uncounted: all.filter(c => c.readings.length === 0).map(({ key, label }) => ({ key, label })),
    peak,
    labels: series.map(({ label }) => label),
    rows: rowsOf(all, window),
  }
}

type Window = { from: number; to: number }

function layerOf(course: Course, window: Window): Layer {
  const { day, count, qualifier, isAbout, countedOn, known } = course.readings.at(-1)!
  const gaps = gapsOf(course, window.to)
  return {
    key: course.key,
    label: course.label,
    pieces: [],
    readings: [],
    rooms: [],
    gaps,
    halfGaps: halfGapsOf(course, window, gaps),
    last: { day, count, qualifier, isAbout, countedOn, known },
    old: course.old ?? null,
  }
}

/** Between two neighbouring cuts every series is a straight line, so stacking at the cuts alone is exact. */
function stackPieces(courses: Course[], layers: Layer[], window: Window): number {
  const cuts = cutsOf(courses, window)
  let peak = 0
  for (const [index, end] of cuts.slice(1).entries()) {
    const start = cuts[index]!
    const lefts = courses.map(course => levelBeside(course, start, 'after', window.to))
    if (!lefts.some(level => level.kind === 'between')) continue
    const rights = courses.map(course => levelBeside(course, end, 'before', window.to))
    peak = Math.max(peak, stackSpan(layers, { start, end, lefts, rights }))
  }
  return peak
}

function cutsOf(courses: Course[], window: Window): number[] {
  const cuts = new Set([window.from, window.to])
  for (const course of courses) {
    for (const { at } of course.readings) if (at > window.from && at < window.to) cuts.add(at)
    if (course.end > window.from && course.end < window.to) cuts.add(course.end)
  }
  return [...cuts].sort((one, other) => one - other)
}

type Span = { start: number; end: number; lefts: Level[]; rights: Level[] }

function stackSpan(layers: Layer[], { start, end, lefts, rights }: Span): number {
  const [startDay, endDay] = [dayFromNumber(start), dayFromNumber(end)]
  let [left, right] = [0, 0]
  for (let index = 0; index < layers.length; index++) {
    const level = lefts[index]!
    if (level.kind === 'absent') continue
    const [leftTop, rightTop] = [left + level.count, right + countOf(rights[index]!)]
    const { points } = pieceFor(layers[index]!, kindOf(level), startDay)
    const previous = points.at(-1)
    if (!previous || previous.base !== left || previous.top !== leftTop)
      points.push({ day: startDay, base: left, top: leftTop })
    points.push({ day: endDay, base: right, top: rightTop })
    left = leftTop
    right = rightTop
  }
  return Math.max(left, right)
}

function kindOf(level: Exclude<Level, { kind: 'absent' }>): Piece['kind'] {
  if (level.kind === 'silent') return 'silent'
  return level.qualifier === 'at_least' ? 'at_least' : 'known'
}

function countOf(level: Level): number {
  return level.kind === 'absent' ? 0 : level.count
}

/** The last piece of the layer when the span continues it, else a new one. */
function pieceFor(layer: Layer, kind: Piece['kind'], start: Day): Piece {
  const last = layer.pieces.at(-1)
  if (last?.kind === kind && last.points.at(-1)!.day === start) return last
  const piece: Piece = { kind, points: [] }
  layer.pieces.push(piece)
  return piece
}

function stackReadings(courses: Course[], layers: Layer[], window: Window): number {
  let peak = 0
  for (const [index, layer] of layers.entries()) {
    const course = courses[index]!
    for (const { at, day, count, qualifier, known } of course.readings) {
      if (at < window.from) continue
      const alone = isAlone(course, at, window)
      const base = stackBelow(courses, layers, at, { index, alone, now: window.to })
      const top = base + count
      layer.readings.push({ day, count, qualifier, ...(known && { known }), base, top, alone })
      peak = Math.max(peak, top)
    }
  }
  return peak
}

/** What lies under the layer `index` on a day. */
function stackBelow(
  courses: Course[],
  layers: Layer[],
  at: number,
  { index, alone, now }: { index: number; alone: boolean; now: number },
): number {
  let base = 0
  for (let below = 0; below < index; below++) {
    const level = levelOn(courses[below]!, at, now)
    const top = base + countOf(level)
    if (alone && level.kind === 'silent') layers[below]!.rooms.push({ day: dayFromNumber(at), base, top })
    base = top
  }
  return base
}

function isAlone(course: Course, at: number, { from, to }: Window): boolean {
  const isReachedFrom = (side: 'before' | 'after') => levelBeside(course, at, side, to).kind === 'between'
  return !(at > from && isReachedFrom('before')) && !(at < to && isReachedFrom('after'))
}
