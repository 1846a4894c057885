import { line } from 'd3-shape'
import { burndown } from '../../domain/burndown.ts'
import type { BurndownReading, BurndownSeries } from '../../domain/burndown-level.ts'
import type { Day } from '../../domain/calendar.ts'
import { type Frame, smallScalesOf, tenth } from './scales.ts'
import { type ChartWords, sayCount } from './words.ts'

/** One series as a small line in a table row. A gap stays empty, and so does what its `silences` cut, a closing; a series without readings is only words. */
export type Sparkline =
  | { kind: 'uncounted'; text: string }
  | {
      kind: 'line'
      /** Says first and last reading, for those who do not see the line. */
      text: string
      width: number
      height: number
      lines: { kind: 'known' | 'at_least'; path: string }[]
      /** The latest reading, where it lies in the window. */
      dot: { x: number; y: number } | null
    }

const FRAME: Frame = { width: 120, height: 28, left: 3, right: 117, top: 4, bottom: 25 }

export function drawSparkline(series: BurndownSeries, from: Day, to: Day, words: ChartWords): Sparkline {
  const { t } = words
  const drawn = burndown([series], from, to)
  const layer = drawn.layers[0]
  if (!layer) return { kind: 'uncounted', text: t('chart.neverCounted') }
  const { x, y } = smallScalesOf(drawn, FRAME)
  const path = line<{ day: Day; top: number }>(
    point => x(point.day),
    point => y(point.top),
  ).digits(1)
  const last = layer.readings.at(-1)
  const text = sayEnds(layer.readings[0] ?? layer.last, layer.last, series.label, words)
  return {
    kind: 'line',
    text: series.silences?.length ? t('chart.sparkClosed', { text }) : text,
    width: FRAME.width,
    height: FRAME.height,
    lines: layer.pieces.flatMap(({ kind, points }) =>
      kind === 'silent' ? [] : [{ kind, path: path(thinned(points, x)) ?? '' }],
    ),
    dot: last ? { x: tenth(x(last.day)), y: tenth(y(last.top)) } : null,
  }
}

function sayEnds(first: BurndownReading, last: BurndownReading, label: string, words: ChartWords): string {
  const toCount = sayCount(words, last.count, last.qualifier)
  if (first.day === last.day) return words.t('chart.sparkOne', { label, day: last.day, number: toCount })
  const fromCount = sayCount(words, first.count, first.qualifier)
  return words.t('chart.sparkCaption', { label, fromDay: first.day, fromCount, toDay: last.day, toCount })
}

/** The last of each two pixels, and both ends. */
function thinned<T extends { day: Day }>(points: T[], x: (day: Day) => number): T[] {
  return points.filter((point, index) => {
    const next = points[index + 1]
    return index === 0 || !next || Math.floor(x(next.day) / 2) !== Math.floor(x(point.day) / 2)
  })
}
