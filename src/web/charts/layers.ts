import type { Layer, Piece, StackedReading } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import type { Column } from './columns.ts'
import type { DrawnDays } from './drawn-days.ts'
import { type Scales, tenth } from './scales.ts'

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

/** Pixels between two arrows, at least. */
const ARROWS_APART = 14

export function drawLayer(layer: Layer, index: number, days: DrawnDays, scales: Scales): DrawnLayer {
  const pieces = layer.pieces.map(piece => ({
    kind: piece.kind,
    points: piece.points.filter(p => days.corners.has(p.day)),
  }))
  const { readings: columns, rooms } = days.columns[index]!
  const readings = days.shapes[index]!
  return {
    series: index % 8,
    areas: [
      ...pieces.map(piece => ({ kind: piece.kind, path: areaPath(piece, columns, scales) })),
      ...rooms.map(room => ({ kind: 'silent' as const, path: columnPath(room, scales) })),
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

type Point = Piece['points'][number]

/** Room is kept between columns, not under them: `evenodd` leaves out what is drawn twice. */
function areaPath({ kind, points }: Piece, columns: readonly Column[], scales: Scales): string {
  if (points.length === 0) return ''
  const { x, y } = scales
  const tops = points.map(({ day, top }) => [x(day), y(top)] as const)
  const bases = points.map(({ day, base }) => [x(day), y(base)] as const).reverse()
  const within = kind === 'silent' ? columns.filter(({ day }) => isWithin(day, points)) : []
  return [`${pathThrough([...tops, ...bases])}Z`, ...within.map(one => columnPath(one, scales))].join('')
}

function isWithin(day: Day, points: readonly Point[]): boolean {
  return points[0]!.day <= day && day <= points.at(-1)!.day
}

/** One point alone is closed, so that it is drawn as a dot. */
function linePath(points: Point[], { x, y }: Scales): string {
  const path = pathThrough(points.map(({ day, top }) => [x(day), y(top)]))
  return points.length === 1 ? `${path}Z` : path
}

/** In steps from corner to corner, which take half the signs; of rounded places, so that no error adds up. */
function pathThrough(corners: readonly (readonly [x: number, y: number])[]): string {
  let path = ''
  let [fromX, fromY] = [0, 0]
  for (const corner of corners) {
    const [x, y] = [tenth(corner[0]), tenth(corner[1])]
    path += `${path === '' ? 'M' : 'l'}${tenth(x - fromX)},${tenth(y - fromY)}`
    fromX = x
    fromY = y
  }
  return path
}

function kindOf(reading: StackedReading): Piece['kind'] {
  return reading.qualifier === 'at_least' ? 'at_least' : 'known'
}

function columnPath(column: Column, { y }: Scales): string {
  const [left, width] = sidesOf(column)
  const height = tenth(y(column.base) - y(column.top))
  return `M${left},${tenth(y(column.top))}h${width}v${height}h${-width}Z`
}

function lidPath(column: Column, { y }: Scales): string {
  const [left, width] = sidesOf(column)
  return `M${left},${tenth(y(column.top))}h${width}`
}

function sidesOf({ left, right }: Column): [left: number, width: number] {
  return [tenth(left), tenth(right - left)]
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
