import { type Day, dayNumber } from './calendar.ts'

export type BurndownReading = {
  day: Day
  count: number
  qualifier: 'exact' | 'at_least' | 'about'
  /** Of a sum: not all of it was counted that day, the rest lies on its lines. */
  isPartly?: boolean
  /** Of a sum that is a lower bound: some of what was counted that day is about so many. */
  isAbout?: boolean
  /** Of a sum on a day on which nothing was counted: when any of what is still there was counted last. */
  countedOn?: Day
  /** Of a sum of which some was not counted for too long by then: what is said of it. The whole keeps its place in the picture. */
  known?: Total
}

/**
 * The sum of what is known on one day. `unknown` counts the series that nobody has counted by then or for too long, or
 * of which "at least 0" says as little; with any of them the sum is a lower bound. Only what was counted that day makes
 * it "about", a lower bound too; `isPartly` where some of it was not. A day on which nothing is known has no row and no
 * sum.
 */
export type Total = {
  count: number
  qualifier: BurndownReading['qualifier']
  isPartly: boolean
  isAbout: boolean
  unknown: number
}

export type BurndownSeries = {
  key: string
  label: string
  /** In any order; of two on one day the later in the list counts. */
  readings: BurndownReading[]
  /** From this day on there is nothing left to count, for example because the system is off. */
  endedOn?: Day | null
  /** Something else that went with it was counted on the day of the end: its own last count is still part of that day. */
  isThereAtEnd?: boolean
  /** When a sum rests on counts that are too old, however fresh others are: nothing is claimed in between. */
  silences?: readonly Silence[]
  /**
   * What of the last count is that old: all of it counted on the day `before`, or some of it earlier; `whole` is how sure
   * that count is where all of it is, none fresher.
   */
  old?: OldPart | null
}

export type OldPart = {
  count: number
  before: Day
  isOfOneDay?: boolean
  whole?: 'exact' | 'about' | null
}

/** From one count to the next one that came too late; `until` is null while nobody has counted again. */
export type Silence = { from: Day; until: Day | null }

/**
 * What is known of one series at one moment. `read` was counted that day; `between` lies on the straight line
 * between two counts, or is the last count while that is fresh; `silent` means that nobody has counted for too
 * long, and `count` is only the room that a drawing keeps for it. `absent` is before the first count or after the end.
 */
export type Level = KnownLevel | (Counted & { kind: 'silent' }) | { kind: 'absent'; ended: boolean }

export type KnownLevel = Counted & { kind: 'read' | 'between' }
type Counted = Pick<BurndownReading, 'count' | 'qualifier' | 'isAbout' | 'known'>

/** The readings of a series up to a day, in order, as day numbers, with the longest silence that is still knowledge. */
export type Course = {
  key: string
  label: string
  readings: (BurndownReading & { at: number })[]
  /** Day number from which on nothing is left to count; infinite when it has not ended. */
  end: number
  isThereAtEnd: boolean
  /** As day numbers; one that lasts has no end. */
  silences: { from: number; until: number }[]
  old: BurndownSeries['old']
  patience: number
}

/** The shortest silence, in days, that can be a gap, whatever the rhythm of the series. */
const PATIENCE = 30

/** One course from one series, as it was known at the end of the day `to`: later readings do not exist yet. */
export function courseOf(series: BurndownSeries, to: Day): Course {
  const byDay = new Map<Day, BurndownReading>()
  for (const reading of series.readings) if (reading.day <= to) byDay.set(reading.day, reading)
  const end = series.endedOn && series.endedOn <= to ? dayNumber(series.endedOn) : Number.POSITIVE_INFINITY
  const readings = [...byDay.values()]
    .map(reading => ({ ...reading, at: dayNumber(reading.day) }))
    .filter(reading => reading.at <= end)
    .sort((one, other) => one.at - other.at)
  return {
    key: series.key,
    label: series.label,
    readings,
    end,
    isThereAtEnd: series.isThereAtEnd ?? false,
    silences: (series.silences ?? [])
      .filter(({ from }) => from <= to)
      .map(({ from, until }) => ({
        from: dayNumber(from),
        until: until && until <= to ? dayNumber(until) : Number.POSITIVE_INFINITY,
      })),
    old: series.old,
    patience: patienceOf(readings.map(r => r.at)),
  }
}

/**
 * Silence longer than this many days is a gap: 30, or twice the median interval between readings. One interval is
 * no rhythm: it cannot vouch for itself. Of two middle ones the shorter counts.
 */
function patienceOf(days: number[]): number {
  const intervals = days.slice(1).map((day, index) => day - days[index]!)
  if (intervals.length < 2) return PATIENCE
  intervals.sort((one, other) => one - other)
  return Math.max(PATIENCE, 2 * intervals[(intervals.length - 1) >> 1]!)
}

/** The level on a day, ends included: a day with a reading is always `read`. `now` is the day that the course was taken. */
export function levelOn(course: Course, at: number, now: number): Level {
  const index = lastAtOrBefore(course, at)
  const before = course.readings[index]
  if (!before) return { kind: 'absent', ended: at >= course.end }
  const { count, qualifier, isAbout, known } = before
  const counted = { count, qualifier, ...(isAbout && { isAbout }), ...(known && { known }) }
  if (before.at === at) return { kind: before.isPartly ? 'between' : 'read', ...counted }
  const isOver = course.isThereAtEnd ? at > course.end : at >= course.end
  return isOver ? { kind: 'absent', ended: true } : between(course, index, at, now)
}

/** The level just after a day (`side` 'after') or just before it, where a series may begin, fall silent or end. */
export function levelBeside(course: Course, at: number, side: 'before' | 'after', now: number): Level {
  const index = lastAtOrBefore(course, side === 'after' ? at : at - 1)
  if (!course.readings[index] || (side === 'after' ? at >= course.end : at > course.end)) {
    return { kind: 'absent', ended: at >= course.end }
  }
  return between(course, index, at, now)
}

function between(course: Course, index: number, at: number, now: number): Level {
  const before = course.readings[index]!
  const after = course.readings[index + 1]
  const silence = (after?.at ?? Math.min(now, course.end)) - before.at
  const share = after ? (at - before.at) / silence : 0
  const count = before.count + share * ((after?.count ?? before.count) - before.count)
  const qualifier = weaker(before.qualifier, after?.qualifier ?? 'exact')
  if (silence > course.patience) return { kind: 'silent', count, qualifier }
  const known = knownBetween(before, after, share)
  const isSilent = isInside(course.silences, before.at, before.at + silence)
  return { kind: isSilent ? 'silent' : 'between', count, qualifier, ...(known && { known }) }
}

/** Of a sum of which a part is silent all the while, the rest lies on its lines. */
function knownBetween(
  { known: from }: BurndownReading,
  after: BurndownReading | undefined,
  share: number,
): Total | null {
  const to = after ? after.known : from
  if (!from || !to) return null
  return { ...from, count: from.count + share * (to.count - from.count), isPartly: true }
}

/** What was counted and is 0 has nothing left to change, however long ago. */
export function isSilentZero(level: Level): boolean {
  return level.kind === 'silent' && level.count === 0 && level.qualifier === 'exact'
}

function isInside(silences: Course['silences'], start: number, end: number): boolean {
  return silences.length > 0 && silences.some(({ from, until }) => start < until && end > from)
}

/** What two counts together can claim: a lower bound makes a lower bound. */
export function weaker(
  one: BurndownReading['qualifier'],
  other: BurndownReading['qualifier'],
): BurndownReading['qualifier'] {
  if (one === 'at_least' || other === 'at_least') return 'at_least'
  return one === 'about' || other === 'about' ? 'about' : 'exact'
}

function lastAtOrBefore(course: Course, at: number): number {
  let low = 0
  let high = course.readings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (course.readings[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
