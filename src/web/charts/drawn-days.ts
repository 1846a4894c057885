import type { Burndown, Piece, StackedReading } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { bendsOf, type Line } from './bends.ts'
import { columnsOf, type LayerColumns } from './columns.ts'
import { apart, type Scales } from './scales.ts'

/** What of a burn-down is drawn at one width, however many counts there are: never a day on which nobody counted. */
export type DrawnDays = {
  /** The days at which lines have corners, the same for all layers. */
  corners: Set<Day>
  columns: LayerColumns[]
  /** By layer, the readings that have a shape of their own: so far apart that no shape covers another. */
  shapes: StackedReading[][]
}

/** Pixels of which the last day is drawn, and between two readings' shapes, at least. */
const BIN = 2
const SHAPES_APART = 5

/**
 * Of each two pixels the last day is drawn, and one on which the stack stands out above it; of these the days without
 * which some line would pass its counts by more than is seen (`bends.ts`). Always drawn: every event, both ends of every
 * piece, and the days between which a layer becomes empty or begins again.
 */
export function drawnDays(burndown: Burndown, events: readonly Day[], scales: Scales): DrawnDays {
  const columns = columnsOf(burndown, scales)
  const pieces = burndown.layers.flatMap(layer => layer.pieces)
  const fixed = new Set(events)
  for (const { points } of pieces) fixed.add(points[0]!.day).add(points.at(-1)!.day)
  const lone = columns.flatMap(({ readings }) => readings.map(({ day }) => day))
  const seen = new Set([...fixed, ...lone, ...lastAndHighest(burndown, pieces, scales)])
  return {
    corners: cornersOf(pieces, seen, fixed, scales),
    columns,
    shapes: burndown.layers.map(({ readings }) =>
      apart(
        readings.filter(({ day }) => seen.has(day)),
        SHAPES_APART,
        scales,
      ),
    ),
  }
}

type Bin = { last: Day; highest: Day }

/** The highest only where it stands above the last day before it and the last of its own pixels. */
function lastAndHighest({ rows }: Burndown, pieces: readonly Piece[], { x }: Scales): Day[] {
  const tops = new Map<Day, number>(rows.map(({ day }) => [day, 0]))
  for (const { points } of pieces)
    for (const { day, top } of points) tops.set(day, Math.max(top, tops.get(day) ?? 0))
  const topOf = (day: Day) => tops.get(day)!
  const bins: Bin[] = []
  let number = Number.NaN
  for (const day of [...tops.keys()].sort()) {
    const own = Math.floor(x(day) / BIN)
    if (own !== number) bins.push({ last: day, highest: day })
    number = own
    const bin = bins.at(-1)!
    bin.last = day
    if (topOf(day) > topOf(bin.highest)) bin.highest = day
  }
  return bins.flatMap(({ last, highest }, index) => {
    const beside = Math.max(topOf(last), topOf(bins[index - 1]?.last ?? last))
    return topOf(highest) > beside ? [highest, last] : [last]
  })
}

function cornersOf(
  pieces: readonly Piece[],
  seen: ReadonlySet<Day>,
  fixed: ReadonlySet<Day>,
  { x, y }: Scales,
): Set<Day> {
  const points = pieces.map(piece => piece.points.filter(({ day }) => seen.has(day)))
  const days = [...new Set([...points.flat().map(({ day }) => day)])].sort()
  const places = new Map(days.map((day, index) => [day, index]))
  const lines = points.flatMap(some => linesOf(some, places, y))
  const kept = bendsOf(
    days.map(x),
    lines,
    [...fixed, ...points.flatMap(emptyEnds)].flatMap(day => places.get(day) ?? []),
  )
  return new Set([...fixed, ...[...kept].map(place => days[place]!)])
}

/** A piece jumps where a day stands twice: it is a line up to that day and another one from it on. */
function linesOf(points: Piece['points'], places: ReadonlyMap<Day, number>, y: Scales['y']): Line[] {
  const lines: { at: number; heights: number[] }[] = []
  for (const [index, { day, top }] of points.entries()) {
    if (index === 0 || points[index - 1]!.day === day) lines.push({ at: places.get(day)!, heights: [] })
    lines.at(-1)!.heights.push(y(top))
  }
  return lines
}

/** Nothing left is drawn from the very day on which it was counted, however little there was before. */
function emptyEnds(points: Piece['points']): Day[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1]
    return next && isEmpty(point) !== isEmpty(next) ? [point.day, next.day] : []
  })
}

function isEmpty({ base, top }: Piece['points'][number]): boolean {
  return base === top
}
