import {
  type Course,
  isSilentZero,
  type KnownLevel,
  type Level,
  levelOn,
  type Total,
  weaker,
} from './burndown-level.ts'
import { type Day, dayFromNumber } from './calendar.ts'

/** One day of the table beside a burn-down: a level for each series, uncounted ones included, in the order given. */
export type BurndownRow = { day: Day; levels: Level[]; total: Total }

/** The rows of a window, oldest first. Every row is a day on which somebody counted. */
export function rowsOf(courses: Course[], window: { from: number; to: number }): BurndownRow[] {
  const days = new Set<number>()
  for (const { readings } of courses) for (const { at } of readings) if (at >= window.from) days.add(at)
  const ordered = [...days].sort((one, other) => one - other)
  return ordered.map(at => {
    const levels = courses.map(course => levelOn(course, at, window.to))
    return { day: dayFromNumber(at), levels, total: totalOf(levels) }
  })
}

/** The rows that a table shows: all when they are at most `limit`, else the last counted day of each month. */
export function thinRows(rows: BurndownRow[], limit: number): BurndownRow[] {
  if (rows.length <= limit) return rows
  return rows.filter((row, index) => row.day.slice(0, 7) !== rows[index + 1]?.day.slice(0, 7))
}

/** Adds the levels of one day. A series that has ended adds nothing and hides nothing. */
function totalOf(levels: Level[]): Total {
  let [count, unknown] = [0, 0]
  let qualifier: KnownLevel['qualifier'] = 'exact'
  let [isPartly, isAbout] = [false, false]
  for (const level of levels) {
    if (level.kind !== 'absent' && level.known) {
      count += level.known.count
      unknown += level.known.unknown
      isPartly ||= level.known.isPartly
      isAbout ||= level.known.isAbout
      continue
    }
    if (isSilentZero(level)) {
      isPartly = true
      continue
    }
    if (level.kind === 'silent' || (level.kind === 'absent' && !level.ended)) unknown += 1
    if (level.kind !== 'read' && level.kind !== 'between') continue
    count += level.count
    if (level.count === 0 && level.qualifier === 'at_least') unknown += 1
    if (level.kind === 'between') isPartly = true
    else if (level.isAbout || level.qualifier === 'about') isAbout = true
    if (level.kind === 'read' || level.qualifier === 'at_least')
      qualifier = weaker(qualifier, level.qualifier)
  }
  return { count, qualifier: unknown > 0 ? 'at_least' : qualifier, isPartly, isAbout, unknown }
}
