import type { BurndownSeries } from '../../domain/burndown-level.ts'
import type { Day } from '../../domain/calendar.ts'
import { drawSparkline, type Sparkline } from './sparkline.ts'
import type { ChartWords } from './words.ts'

/** Some pages of lists in both languages. */
const MOST = 300

const kept = new Map<string, Sparkline>()

/** The same as drawn anew, and drawn only where anything that it is made of has changed. */
export function keptSparkline(series: BurndownSeries, from: Day, to: Day, words: ChartWords): Sparkline {
  const madeOf = JSON.stringify([words.language, from, to, series])
  const drawn = kept.get(madeOf) ?? drawSparkline(series, from, to, words)
  kept.delete(madeOf)
  kept.set(madeOf, drawn)
  if (kept.size > MOST) kept.delete(kept.keys().next().value!)
  return drawn
}
