import type { Layer } from '../../domain/burndown.ts'
import type { OldPart } from '../../domain/burndown-level.ts'
import { type ChartWords, sayCount } from './words.ts'

/** What a legend says of a layer that was not counted all the time, or whose last count is partly old. */
export function gapsOf({ old, gaps, halfGaps }: Layer, words: ChartWords): string[] {
  const { t } = words
  return [
    ...(old && !old.whole
      ? [t(sayWhen('chart.ofItOld', old), { number: sayCount(words, old.count, 'exact'), day: old.before })]
      : []),
    ...sayHalfGaps(halfGaps, t),
    ...gaps.map(({ from, until }) => (until ? t('chart.gap', { from, until }) : t('chart.silentNow'))),
  ]
}

/** What was counted on one day alone was not counted earlier. */
export function sayWhen(key: 'chart.allOld' | 'chart.ofItOld', { isOfOneDay }: OldPart): string {
  return isOfOneDay ? `${key}On` : key
}

/** Many of them are summed up: the picture shows each. */
const NAMED = 2

function sayHalfGaps(halfGaps: Layer['halfGaps'], t: ChartWords['t']): string[] {
  const [first] = halfGaps
  if (first && halfGaps.length > NAMED) {
    const values = { count: halfGaps.length, from: first.from, until: halfGaps.at(-1)!.until }
    return [t('chart.halfGaps', values)]
  }
  return halfGaps.map(({ from, until }) => t('chart.halfGap', { from, until }))
}
