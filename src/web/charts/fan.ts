import { area, line } from 'd3-shape'
import type { Burndown } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { type Fan, type FanPoint, OLD_DAYS } from '../../domain/forecast/fan.ts'
import { type Frame, type Scales, tenth } from './scales.ts'
import { type ChartWords, sayCount, textWidth } from './words.ts'

/** What comes after the last day of a burn-down: the band of what is likely, its middle, and its upper edge. */
export type DrawnFan = {
  band: string
  median: string
  edge: string
  /** Where the future begins. */
  from: number
  labels: { x: number; y: number; text: string }[]
}

/** The burn-down with room for what comes after it. */
export function withRoom(burndown: Burndown, fan: Fan | null): Burndown {
  const last = fan?.points.at(-1)
  if (!fan || !last || last.day <= burndown.to) return burndown
  return {
    ...burndown,
    to: last.day,
    peak: Math.max(burndown.peak, ...fan.points.map(point => point.p85)),
  }
}

export function drawFan(fan: Fan, scales: Scales, frame: Frame, words: ChartWords): DrawnFan {
  const { x, y } = scales
  const path = (level: 'p50' | 'p85') =>
    line<FanPoint>(
      point => x(point.day),
      point => y(point[level]),
    ).digits(1)(fan.points) ?? ''
  return {
    band:
      area<FanPoint>(
        point => x(point.day),
        point => y(point.p15),
        point => y(point.p85),
      ).digits(1)(fan.points) ?? '',
    median: path('p50'),
    edge: path('p85'),
    from: tenth(x(fan.points[0]!.day)),
    labels: placeLabels(fan, scales, frame, words),
  }
}

/** Pixels between two lines that look like one, and between two labels that do not touch. */
const TOGETHER = 4
const LINE = 14

/** Names the two lines at their end, in one label where they have come together. */
function placeLabels(fan: Fan, { x, y }: Scales, frame: Frame, { t }: ChartWords): DrawnFan['labels'] {
  const last = fan.points.at(-1)!
  const right = x(last.day)
  const at = (level: 'p50' | 'p85', text: string) => {
    const left = Math.min(right + 6, frame.width - textWidth(text) - 2)
    return {
      x: tenth(left < right ? right - textWidth(text) - 4 : left),
      y: tenth(y(last[level]) - (left < right ? 5 : -4)),
      text,
    }
  }
  const [median, edge] = [at('p50', t('chart.fan.p50')), at('p85', t('chart.fan.p85'))]
  const apart = median.y - edge.y
  if (apart < TOGETHER) return [at('p85', t('chart.fan.both'))]
  const push = Math.max(0, (LINE - apart) / 2)
  return [
    { ...median, y: tenth(median.y + push) },
    { ...edge, y: tenth(edge.y - push) },
  ]
}

/** The same numbers as a table, and what the drawing means. */
export type FanWords = {
  keys: string[]
  caption: string
  heads: string[]
  rows: { day: Day; cells: string[] }[]
}

/** `place`: what the drawing keeps below it. */
export function fanWords(fan: Fan, words: ChartWords, place = 0): FanWords {
  const { t } = words
  const last = fan.points.at(-1)!
  const meets = fan.isScheduled && last.p50 > 0 && last.p50 === last.p85 ? last : null
  return {
    keys: [
      t('chart.fan.key'),
      ...(fan.running > 1 ? [t('chart.fan.together', { number: fan.running })] : []),
      ...(meets
        ? [t('chart.fan.meets', { day: meets.day, number: sayFanCount(fan, meets.p50, words) })]
        : []),
      ...(fan.isOpen ? [t('chart.fan.open')] : []),
      ...(fan.old > 0 ? [sayOld(fan, words)] : []),
      ...(place > 0 ? [t('chart.fan.placeKey')] : []),
      ...(fan.held > 0 ? [t('chart.fan.held', { number: fan.held, count: fan.held })] : []),
    ],
    caption: t('chart.fan.caption'),
    heads: [t('chart.day'), t('chart.fan.p15'), t('chart.fan.p50'), t('chart.fan.p85')],
    rows: fan.points.slice(1).map(({ day, p15, p50, p85 }) => ({
      day,
      cells: [p15, p50, p85].map(count => sayFanCount(fan, count, words)),
    })),
  }
}

/** How many residuals it is without. */
export function sayOld({ old }: Pick<Fan, 'old'>, { t }: ChartWords): string {
  return t('chart.fan.old', { number: old, count: old, days: OLD_DAYS })
}

/** Over lower bounds every count may be higher: "6,144 or more". */
export function sayFanCount({ isOpen }: Pick<Fan, 'isOpen'>, count: number, words: ChartWords): string {
  const number = sayCount(words, count, 'exact')
  return isOpen ? words.t('chart.fan.orMore', { number }) : number
}
