import type { Ago, Anchor, DemoResidual } from './demo-types.ts'

const FIRST = 365
/** Until three months ago the estate was counted once a week, since then twice. */
const TWICE_A_WEEK_SINCE = 90

/** The days on which the simulated estate was counted, oldest first. The last is yesterday. */
export function readingDays(): Ago[] {
  const days: Ago[] = []
  for (let ago = FIRST; ago >= 1; ago--) {
    if (ago % 7 === 1 || (ago % 7 === 4 && ago <= TWICE_A_WEEK_SINCE)) days.push(ago)
  }
  return days
}

export type DemoCount = { count: string; reason?: string; note?: string }

/** What was counted of a residual on a day, as somebody would type it; undefined when nobody counted it then. */
export function countOn(seed: string, residual: DemoResidual, ago: Ago): DemoCount | undefined {
  const { course = [], every } = residual
  const [first, last] = [course[0], course.at(-1)]
  if (!first || !last || ago > first[0] || ago < last[0]) return undefined
  if (every && ago !== first[0] && (ago - last[0]) % every !== 0) return undefined
  const [, , reason, note] = changeSince(course, ago, every ?? 7) ?? []
  return { count: typed(residual, valueOn(seed, course, ago)), reason, note }
}

/**
 * The count on a straight line between two anchors, read up to a day too early or too late: that makes some
 * weeks busier than others, and no fall a rise.
 */
export function valueOn(seed: string, course: readonly Anchor[], ago: Ago): number {
  const exact = course.find(([day]) => day === ago)
  if (exact) return exact[1]
  const moment = ago + (noise(`${seed} ${ago}`) - 0.5) * 2
  const next = Math.max(
    1,
    course.findIndex(([day]) => day < moment),
  )
  const [from, to] = [course[next - 1]!, course[next]!]
  const share = Math.min(1, Math.max(0, (from[0] - moment) / (from[0] - to[0])))
  return Math.round(from[1] + (to[1] - from[1]) * share)
}

/** The anchor with a reason or a note that lies between the reading before and this one. */
function changeSince(course: readonly Anchor[], ago: Ago, days: number): Anchor | undefined {
  const before = ago <= TWICE_A_WEEK_SINCE && days === 7 ? (ago % 7 === 1 ? 3 : 4) : days
  return course.find(([day, , reason, note]) => (reason || note) && day >= ago && day < ago + before)
}

function typed({ qualifier }: DemoResidual, count: number): string {
  if (qualifier === 'at_least') return `${Math.round(count / 500) * 500}+`
  return qualifier === 'about' ? `约${Math.round(count / 20) * 20}` : String(count)
}

/** A number from 0 to 1 that depends on nothing but the text (FNV-1a, its bits stirred once more). */
function noise(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000
}
