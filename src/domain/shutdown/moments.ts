import { type Day, dayFromNumber, dayNumber } from '../calendar.ts'

/** When something ends, for people: a day, or one of two words. Real days < unknown < never. */
export type When = Day | 'unknown' | 'never'

/** Whether it is known, and a day. */
export function isDay(when: When | null): when is Day {
  return when !== null && when !== 'unknown' && when !== 'never'
}

/** The same as a number that compares in that order: days since 1970-01-01, then UNKNOWN, then NEVER. */
export type Moment = number

export const UNKNOWN: Moment = 100_000_000
export const NEVER: Moment = 200_000_000

const LAST_DAY = dayNumber('9999-12-31')

export function momentOf(day: Day | null): Moment {
  return day === null ? UNKNOWN : atMostUnknown(dayNumber(day))
}

/** A day that has come while its reason is still open tells nothing about when it will end. */
export function stillAhead(moment: Moment, today: Moment): Moment {
  return moment > today ? moment : UNKNOWN
}

/** Unknown and never stay what they are; a plan beyond the year 9999 is no longer a day. */
export function afterDays(moment: Moment, days: number): Moment {
  return moment >= UNKNOWN ? moment : atMostUnknown(moment + days)
}

export function whenOf(moment: Moment): When {
  if (moment >= NEVER) return 'never'
  return moment >= UNKNOWN ? 'unknown' : dayFromNumber(moment)
}

function atMostUnknown(day: number): Moment {
  return day > LAST_DAY ? UNKNOWN : day
}
