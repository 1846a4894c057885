import { area, line } from 'd3-shape'
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

export function drawLayer(layer: Layer, series: number, kept: Set<Day>, scales: Scales): DrawnLayer {
  const pieces = layer.pieces.map(piece => ({
    kind: piece.kind,
    points: piece.points.filter(p => kept.has(p.day)),
  }))
  const columns = layer.readings.filter(reading => reading.alone && reading.count > 0)
  const readings = apart(
    layer.readings.filter(reading => kept.has(reading.day)),
    scales,
  )
  return {
    series,
    areas: [
      ...pieces.map(({ kind, points }) => ({ kind, path: areaPath(points, scales) })),
      ...layer.rooms.map(room => ({ kind: 'silent' as const, path: columnPath(room, scales) })),
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
function apart(readings: StackedReading[], { x }: Scales): StackedReading[] {
  let next = Number.POSITIVE_INFINITY
  const shown = readings.toReversed().filter(reading => {
    if (x(reading.day) > next) return false
    next = x(reading.day) - DOTS_APART
    return true
  })
  return shown.reverse()
}

/** The days that are drawn: the last of each two pixels, every event, and both ends of every piece. */
export function keptDays(burndown: Burndown, events: Day[], scales: Scales): Set<Day> {
  const kept = new Set(events)
  const byPixels = new Map<number, Day>()
  for (const { pieces, readings } of burndown.layers) {
    for (const { points } of pieces) {
      kept.add(points[0]!.day).add(points.at(-1)!.day)
      for (const { day } of points) keepLater(byPixels, day, scales)
    }
    for (const { day, alone } of readings) {
      if (alone) kept.add(day)
      keepLater(byPixels, day, scales)
    }
  }
  for (const day of byPixels.values()) kept.add(day)
  return kept
}

function keepLater(byPixels: Map<number, Day>, day: Day, scales: Scales): void {
  const bin = Math.floor(scales.x(day) / 2)
  const present = byPixels.get(bin)
  if (present === undefined || present < day) byPixels.set(bin, day)
}

type Point = { day: Day; base: number; top: number }

function areaPath(points: Point[], { x, y }: Scales): string {
  const shape = area<Point>(
    point => x(point.day),
    point => y(point.base),
    point => y(point.top),
  )
  return shape.digits(1)(points) ?? ''
}

function linePath(points: Point[], { x, y }: Scales): string {
  return (
    line<Point>(
      point => x(point.day),
      point => y(point.top),
    ).digits(1)(points) ?? ''
  )
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
