import { symbol, symbolsFill } from 'd3-shape'
import type { Burndown, Layer } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import type { Fan } from '../../domain/forecast/fan.ts'
import { closedUp } from '../../http/words.ts'
import { type Drawing, drawAt } from './drawing.ts'
import { type FanWords, fanWords, sayFanCount, sayOld, withRoom } from './fan.ts'
import { placeBelow } from './fan-place.ts'
import { gapsOf, sayWhen } from './gap-words.ts'
import { type ChartEvent, oneMarkEach } from './marks.ts'
import { type ChartTable, tableOf } from './table.ts'
import { type ChartWords, sayLevel, saySum, sayTotal } from './words.ts'

/** A burn-down as finished answers: the view writes them down and decides nothing. */
export type BurndownChart = {
  id: string
  title: string
  from: Day
  to: Day
  /** One sentence that says what the picture shows, for those who do not see it. */
  description: string
  /** The same picture for wide and narrow pages; none when nothing was counted in the window. */
  drawings: Drawing[]
  /** In the order of the stack, highest first. */
  legend: LegendEntry[]
  /** What the ways of drawing mean, only those that occur. */
  keys: { kind: 'at_least' | 'about' | 'silent'; text: string }[]
  uncounted: string[]
  events: { day: Day; label: string }[]
  table: ChartTable
  /** What comes after the last day: its meaning and its numbers; null without a forecast. */
  fan: FanWords | null
  /** Lines of tab-separated texts for the hover: labels first, then one line per day. */
  points: string
  markers: { series: number; path: string }[]
  words: Record<'empty' | 'legend' | 'uncounted' | 'events' | 'sameNumbers' | 'between' | 'hover', string>
}

type LegendEntry = {
  series: number
  marker: string
  label: string
  count: string
  gaps: string[]
  isBound: boolean
}

/** `id` names the figure on its page: letters, digits and hyphens. */
export type BurndownOptions = ChartWords & {
  id: string
  title: string
  events: ChartEvent[]
  fan?: Fan | null
}

export function drawBurndown(burndown: Burndown, options: BurndownOptions): BurndownChart {
  const { t, fan = null } = options
  const until = withRoom(burndown, fan).to
  const events = oneMarkEach(options.events)
    .filter(({ day }) => day >= burndown.from && day <= until)
    .sort((one, other) => (one.day < other.day ? -1 : 1))
  const isDrawn = burndown.layers.some(({ pieces, readings }) => pieces.length + readings.length > 0)
  const drawings = isDrawn
    ? (['wide', 'narrow'] as const).map(size => drawAt(size, burndown, events, options))
    : []
  return {
    id: options.id,
    title: options.title,
    from: burndown.from,
    to: burndown.to,
    description: describe(burndown, options),
    drawings,
    legend: burndown.layers.map((layer, index) => legendEntry(layer, index % 8, options)).reverse(),
    keys: keysOf(burndown, options),
    uncounted: burndown.uncounted.map(({ label }) => label),
    events: events.map(({ day, label }) => ({ day, label })),
    table: tableOf(burndown, options),
    fan: fan && fanWords(fan, options, placeBelow(burndown, fan)),
    points: pointsOf(burndown, drawings[0], options),
    markers: MARKERS.slice(0, burndown.layers.length).map((path, series) => ({ series, path })),
    words: {
      empty: t('chart.empty'),
      legend: t('chart.legend'),
      uncounted: t('chart.uncounted', { number: burndown.uncounted.length }),
      events: t('chart.events'),
      sameNumbers: t('chart.sameNumbers'),
      between: t('chart.betweenNote'),
      hover: t('chart.hover'),
    },
  }
}

/** A shape per series, so that colour is not the only way to tell them apart. */
const MARKERS = markerPaths()

function markerPaths(): string[] {
  const shapes = [0, 2, 3, 5, 4, 1, 6].map(index => symbol(symbolsFill[index]!, 40).digits(1)() ?? '')
  return [...shapes, 'M-4,-1.3h8v2.6h-8Z']
}

function describe(burndown: Burndown, words: BurndownOptions): string {
  const { t } = words
  const last = burndown.rows.at(-1)
  const sentences = [t('chart.window', { from: burndown.from, to: burndown.to })]
  if (last)
    sentences.push(closedUp(t('chart.lastTotal', { day: last.day, total: sayTotal(words, last.total) })))
  if (burndown.uncounted.length > 0) {
    sentences.push(t('chart.uncountedSentence', { number: burndown.uncounted.length }))
  }
  const ahead = words.fan?.points.at(-1)
  if (ahead) {
    const number = sayFanCount(words.fan!, ahead.p50, words)
    sentences.push(
      t(words.fan!.isOpen ? 'chart.fan.sentenceOpen' : 'chart.fan.sentence', { day: ahead.day, number }),
    )
    if (words.fan!.old > 0) sentences.push(sayOld(words.fan!, words))
  }
  return sentences.join(words.language === 'zh' ? '' : ' ')
}

function legendEntry(layer: Layer, series: number, words: ChartWords): LegendEntry {
  const { last, old } = layer
  const [qualifier, day] = old?.whole ? [old.whole, old.before] : [last.qualifier, last.countedOn ?? last.day]
  const number =
    last.known && !old?.whole ? sayTotal(words, last.known) : saySum(words, { ...last, qualifier })
  const isDrawn = layer.readings.length > 0 || layer.pieces.some(({ kind }) => kind !== 'silent')
  const asOf = old?.whole ? sayWhen('chart.allOld', old) : 'chart.asOf'
  const isPlace = layer.pieces.length + layer.rooms.length > 0
  const tooOld = isPlace ? 'chart.placeKept' : 'chart.tooOld'
  return {
    series,
    marker: MARKERS[series]!,
    label: layer.label,
    count: words.t(isDrawn ? asOf : tooOld, { number, day }),
    gaps: isDrawn ? gapsOf(layer, words) : [],
    isBound: qualifier === 'at_least',
  }
}

function keysOf({ layers }: Burndown, { t }: ChartWords): BurndownChart['keys'] {
  const readings = layers.flatMap(layer => layer.readings)
  const isSilent = layers.some(
    ({ pieces, rooms }) => rooms.length > 0 || pieces.some(({ kind }) => kind === 'silent'),
  )
  return [
    ...(readings.some(r => r.qualifier === 'at_least')
      ? [{ kind: 'at_least', text: t('chart.atLeastKey') } as const]
      : []),
    ...(readings.some(r => r.qualifier === 'about')
      ? [
          {
            kind: 'about',
            text: t(`chart.aboutKey${readings.some(r => r.known) ? 'WithPlace' : ''}`),
          } as const,
        ]
      : []),
    ...(isSilent ? [{ kind: 'silent', text: t('chart.silentKey') } as const] : []),
  ]
}

/** The hover stops where the wide drawing shows a reading. */
function pointsOf(burndown: Burndown, wide: Drawing | undefined, options: BurndownOptions): string {
  const lines = [burndown.labels.map(label => label.replace(/\s/g, ' ')).concat(options.t('chart.total'))]
  for (const { day, levels, total } of burndown.rows) {
    if (wide?.readOn.has(day))
      lines.push([day, ...levels.map(level => sayLevel(options, level)), sayTotal(options, total)])
  }
  return lines.map(line => line.join('\t')).join('\n')
}
