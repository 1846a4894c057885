import type { Burndown, Layer, Piece, StackedReading } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { apart, HALF_COLUMN, type Scales } from './scales.ts'

/** A column of one layer: how high it stands, and from where to where it is wide. */
export type Column = { day: Day; base: number; top: number; left: number; right: number }

/** By layer, the readings that no line reaches, and the room kept below those of other layers. */
export type LayerColumns = { readings: (Column & StackedReading)[]; rooms: Column[] }

/** Pixels between two columns of a layer. */
const GAP = 4

/**
 * Every count is drawn once: no column of a layer lies over another one or over a line, and none reaches past the last
 * day. A reading that stands within the column of a later one of its layer has none: its shape says how high it is.
 */
export function columnsOf({ layers, from, to }: Burndown, scales: Scales): LayerColumns[] {
  const end = from === to ? Number.POSITIVE_INFINITY : scales.x(to)
  const readings = layers.map(layer =>
    apart(
      layer.readings.filter(reading => reading.alone),
      HALF_COLUMN,
      scales,
    ),
  )
  const days = new Set(readings.flat().map(({ day }) => day))
  return layers.map((layer, index) => {
    const own = readings[index]!.filter(({ count }) => count > 0)
    const rooms = roomsOf(layer, days, own, scales)
    const placed = placedIn(layer, [...own, ...rooms], end, scales)
    return {
      readings: own.map(reading => ({ ...reading, ...placed.get(reading.day)! })),
      rooms: rooms.map(room => ({ ...room, ...placed.get(room.day)! })),
    }
  })
}

/** Only where nothing else of the layer keeps the place. */
function roomsOf(
  { rooms, pieces }: Layer,
  days: ReadonlySet<Day>,
  columns: readonly StackedReading[],
  scales: Scales,
): Layer['rooms'] {
  const isFree = (day: Day) =>
    days.has(day) &&
    !pieces.some(({ points }) => points[0]!.day <= day && day <= points.at(-1)!.day) &&
    !columns.some(column => Math.abs(scales.x(column.day) - scales.x(day)) < HALF_COLUMN)
  const byDay = new Map(rooms.map(room => [room.day, room]))
  const free = [...byDay.values()].filter(({ day }) => isFree(day))
  return apart(
    free.sort((one, other) => (one.day < other.day ? -1 : 1)),
    HALF_COLUMN,
    scales,
  )
}

/** From where to where the columns of one layer are wide, by their days. */
function placedIn({ pieces }: Layer, columns: readonly { day: Day }[], end: number, { x }: Scales) {
  const days = columns.map(({ day }) => day).sort()
  const lines = pieces.filter(({ kind }) => kind !== 'silent')
  return new Map(
    days.map((day, index) => {
      const at = x(day)
      const [before, after] = [days[index - 1], days[index + 1]]
      const left = Math.max(
        at - HALF_COLUMN,
        before ? (x(before) + at + GAP) / 2 : 0,
        ...lines.filter(piece => lastOf(piece) <= day).map(piece => x(lastOf(piece))),
      )
      const right = Math.min(
        at + HALF_COLUMN,
        end,
        after ? (at + x(after) - GAP) / 2 : end,
        ...lines.filter(({ points }) => points[0]!.day >= day).map(({ points }) => x(points[0]!.day)),
      )
      return [day, { left, right }] as const
    }),
  )
}

function lastOf({ points }: Piece): Day {
  return points.at(-1)!.day
}
