import {
  DECLARED_RATE_DAYS,
  DECLARED_RATE_READINGS,
  SPEED_WINDOW,
  USUAL_SPEED,
  USUAL_SPEED_DAYS,
} from './constants.ts'
import type { History } from './history.ts'

/** Share closed per day as known at reading `index`, looked at on `today` (a day number): silence since then is no progress. */
export function speedAt(history: History, index: number, today: number): number {
  const { window, progress } = progressAt(history, index, today)
  return (progress + USUAL_SPEED * USUAL_SPEED_DAYS) / (window + USUAL_SPEED_DAYS)
}

/** The same with "about n a month" as 60 days of evidence, until more than two readings outweigh it. */
export function speedWithDeclaredRate(history: History, today: number, perMonth: number | null): number {
  const index = history.days.length - 1
  if (perMonth === null || index >= DECLARED_RATE_READINGS) return speedAt(history, index, today)
  const { window, progress } = progressAt(history, index, today)
  const declared = (DECLARED_RATE_DAYS * perMonth) / 30 / Math.max(1, history.counts[index]!)
  return (
    (progress + USUAL_SPEED * USUAL_SPEED_DAYS + declared) / (window + USUAL_SPEED_DAYS + DECLARED_RATE_DAYS)
  )
}

function progressAt(history: History, index: number, today: number): { window: number; progress: number } {
  const { days, counts, widths } = history
  const window = Math.min(SPEED_WINDOW, today - days[0]!)
  const from = today - window
  let before = index
  while (before > 0 && days[before]! > from) before--
  const then = before === index ? counts[index]! : between(history, before, from)
  const fall = Math.log1p(then) - Math.log1p(counts[index]!) - widths[before]! - widths[index]!
  return { window, progress: Math.max(0, fall) }
}

/** Count on a day between reading `before` and the next one, on a straight line. */
function between({ days, counts }: History, before: number, day: number): number {
  const share = (day - days[before]!) / (days[before + 1]! - days[before]!)
  return counts[before]! + (counts[before + 1]! - counts[before]!) * share
}
