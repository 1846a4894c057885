import type { Burndown, Layer, Piece, StackedReading } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { HALF_COLUMN, type Scales, tenth } from './scales.ts'

/** One layer as paths. The paths hold numbers only, never a text that somebody typed. */
export type DrawnLayer = {
  series: number
  areas: { kind: Piece['kind']; path: string }[]
  lines: { kind: Piece['kind']; path: string }[]
  /** Polylines whose every corner carries the marker of the series. */
  dots: { qualifier: 'counted' | 'about'; path: string }[]
  /** Open arrows over lower bounds: the true count is there or higher. */
  arrows: string
}

/** Pixels between two readings' shapes, and between two arrows, at least. */
const DOTS_APART = 5

const ARROWS_APART = 14

/** The days of which something is drawn, and those with the columns of readings that no line reaches. */
export type DrawnDays = { kept: Set<Day>; columns: Set<Day> }

export function drawLayer(
  layer: Layer,
  series: number,
  { kept, columns: columnDays }: DrawnDays,
  scales: Scales,
): DrawnLayer {
  const pieces = layer.pieces.map(piece => ({
    kind: piece.kind,
    points: piece.points.filter(p => kept.has(p.day)),
  }))
  const columns = layer.readings.filter(one => one.alone && one.count > 0 && columnDays.has(one.day))
  const rooms = new Map(layer.rooms.filter(room => columnDays.has(room.day)).map(room => [room.day, room]))
  const readings = apart(
    layer.readings.filter(reading => kept.has(reading.day)),
    DOTS_APART,
    scales,
  )
  return {
    series,
    areas: [
      ...pieces.map(({ kind, points }) => ({ kind, path: areaPath(points, scales) })),
      ...[...rooms.values()].map(room => ({ kind: 'silent' as const, path: columnPath(room, scales) })),
      ...columns.map(reading => ({ kind: kindOf(reading), path: columnPath(reading, scales) })),
    ],
    lines: [
      ...pieces
        .filter(({ kind }) => kind !== 'silent')
        .map(({ kind, points }) => ({ kind, path: linePath(points, scales) })),
      ...columns.map(reading => ({ kind: kindOf(reading), path: lidPath(reading, scales) })),
    ],
    dots: (['counted', 'about'] as const)
      .map(qualifier => ({
        qualifier,
        path: linePath(
          readings.filter(r => (r.qualifier === 'about') === (qualifier === 'about')),
          scales,
        ),
      }))
      .filter(({ path }) => path !== ''),
    arrows: arrowPath(readings, scales),
  }
}

/** Readings whose shapes do not cover each other, from the last one backwards. */
function apart(readings: StackedReading[], pixels: number, { x }: Scales): StackedReading[] {
  let next = Number.POSITIVE_INFINITY
  const shown = readings.toReversed().filter(reading => {
    const at = x(reading.day)
    if (at > next) return false
    next = at - pixels
    return true
  })
  return shown.reverse()
}

/**
 * The days that are drawn: the last of each two pixels, every event and column, and both ends of every piece. Within a
 * piece there are only days on which somebody counted, which are the rows.
 */
export function drawnDays(burndown: Burndown, events: Day[], scales: Scales): DrawnDays {
  const columns = columnDaysOf(burndown, scales)
  const kept = new Set([...events, ...columns])
  const byPixels = new Map<number, Day>()
  for (const { day } of burndown.rows) keepLater(byPixels, day, scales)
  for (const { points } of burndown.layers.flatMap(({ pieces }) => pieces)) {
    for (const { day } of [points[0]!, points.at(-1)!]) {
      kept.add(day)
      keepLater(byPixels, day, scales)
    }
  }
  for (const day of byPixels.values()) kept.add(day)
  return { kept, columns }
}

/** A reading that stands within the column of a later one of its layer has no column: its shape says how high it is. */
function columnDaysOf({ layers }: Burndown, scales: Scales): Set<Day> {
  const alone = layers.map(({ readings }) => readings.filter(reading => reading.alone))
  return new Set(alone.flatMap(some => apart(some, HALF_COLUMN, scales).map(({ day }) => day)))
}

function keepLater(byPixels: Map<number, Day>, day: Day, scales: Scales): void {
  const bin = Math.floor(scales.x(day) / 2)
  const present = byPixels.get(bin)
  if (present === undefined || present < day) byPixels.set(bin, day)
}

type Point = { day: Day; base: number; top: number }

function areaPath(points: Point[], { x, y }: Scales): string {
  let [path, back] = ['', '']
  for (const { day, base, top } of points) {
    const at = tenth(x(day))
    path += `${path === '' ? 'M' : 'L'}${at},${tenth(y(top))}`
    back = `L${at},${tenth(y(base))}${back}`
  }
  return path === '' ? '' : `${path}${back}Z`
}

/** One point alone is closed, so that it is drawn as a dot. */
function linePath(points: Point[], { x, y }: Scales): string {
  let path = ''
  for (const { day, top } of points) path += `${path === '' ? 'M' : 'L'}${tenth(x(day))},${tenth(y(top))}`
  return points.length === 1 ? `${path}Z` : path
}

function kindOf(reading: StackedReading): Piece['kind'] {
  return reading.qualifier === 'at_least' ? 'at_least' : 'known'
}

function columnPath(reading: Point, { x, y }: Scales): string {
  const height = tenth(y(reading.base) - y(reading.top))
  return `M${tenth(x(reading.day) - HALF_COLUMN)},${tenth(y(reading.top))}h${2 * HALF_COLUMN}v${height}h${-2 * HALF_COLUMN}Z`
}

function lidPath(reading: StackedReading, { x, y }: Scales): string {
  return `M${tenth(x(reading.day) - HALF_COLUMN)},${tenth(y(reading.top))}h${2 * HALF_COLUMN}`
}

function arrowPath(readings: StackedReading[], { x, y }: Scales): string {
  let path = ''
  let next = Number.POSITIVE_INFINITY
  for (const reading of readings.toReversed()) {
    const left = x(reading.day)
    if (reading.qualifier !== 'at_least' || left > next) continue
    path += `M${tenth(left - 5)},${tenth(y(reading.top) - 6)}l5,-5l5,5`
    next = left - ARROWS_APART
  }
  return path
}
