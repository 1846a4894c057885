import {
  type BurndownReading,
  isSilentZero,
  type KnownLevel,
  type Level,
  type Total,
} from '../../domain/burndown-level.ts'
import { grouped, shortened } from '../../http/numbers.ts'

/** What a drawing needs to speak: the translations of the page's language. */
export type ChartWords = {
  language: 'zh' | 'en'
  t: (key: string, values?: Record<string, unknown>) => string
}

/** From this count on an axis speaks in 万 or K. */
const LONG_COUNT = 10_000

export function sayCount(words: ChartWords, count: number, qualifier: KnownLevel['qualifier']): string {
  const number = grouped(words.language, Math.round(count))
  return qualifier === 'exact' ? number : words.t(`chart.${qualifier}`, { number })
}

/** A tick of the axis whose highest count is `highest`. */
export function sayTick(words: ChartWords, count: number, highest: number): string {
  return highest >= LONG_COUNT ? shortened(words.language, count) : grouped(words.language, count)
}

export function sayLevel(words: ChartWords, level: Level): string {
  if (level.kind !== 'absent' && level.known) return sayTotal(words, level.known)
  if (isSilentZero(level)) return saySum(words, { count: 0, qualifier: 'exact', isPartly: true })
  if (level.kind === 'read') return saySum(words, level)
  if (level.kind === 'between') {
    const qualifier = level.qualifier === 'about' ? 'exact' : level.qualifier
    return saySum(words, { ...level, qualifier, isPartly: true })
  }
  return words.t(level.kind === 'absent' && level.ended ? 'chart.ended' : 'chart.unknown')
}

/** Of what nobody knows "at least 0" would say nothing: it is unknown. */
export function sayTotal(words: ChartWords, total: Total): string {
  if (total.count === 0 && total.qualifier === 'at_least') return words.t('chart.unknown')
  const sum = saySum(words, total)
  return total.unknown === 0 ? sum : words.t('chart.sumWithUnknown', { sum, unknown: total.unknown })
}

/** A lower bound of which something is about so many, or was not counted that day, is "at least about" so many. */
export function saySum(
  words: ChartWords,
  { count, qualifier, isPartly, isAbout }: Omit<BurndownReading, 'day'>,
): string {
  const number = sayCount(words, count, qualifier)
  if (qualifier === 'at_least' && (isPartly || isAbout))
    return words.t('chart.atLeastAbout', { number: grouped(words.language, Math.round(count)) })
  return isPartly && qualifier === 'exact' ? words.t('chart.between', { number }) : number
}

/** Width in pixels of a text set in 13 px: an ideograph is one em wide, other signs a little over half. */
export function textWidth(text: string): number {
  let ems = 0
  for (const sign of text) ems += sign > '\u2e7f' ? 1 : 0.57
  return ems * 13
}

/** The text, shortened with an ellipsis when it is wider than `width` pixels. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const signs = [...text]
  while (signs.length > 0 && textWidth(`${signs.join('')}…`) > width) signs.pop()
  return `${signs.join('').trimEnd()}…`
}
