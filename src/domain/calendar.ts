/** A business date, always plain `YYYY-MM-DD`. Never an instant: no zone, no hour. Compare two with `<`. */
export type Day = string

const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** The day that a text names, or null when it names none (`2026-02-30`, `2026-1-1`, empty). */
export function parseDay(text: string): Day | null {
  if (!SHAPE.test(text)) return null
  const [year, month, day] = [yearOf(text), monthOf(text), dayOfMonth(text)]
  // The engine reads the years 0 to 99 as 1900 to 1999, so they name no day here.
  return year >= 100 && day >= 1 && day <= lastDayOf(year, month) ? text : null
}

const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** 0 for a month that does not exist. */
function lastDayOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && isLeap ? 29 : (LAST_DAYS[month - 1] ?? 0)
}

/** Days since 1970-01-01, proleptic Gregorian. */
export function dayNumber(day: Day): number {
  return numberOf(yearOf(day), monthOf(day), dayOfMonth(day))
}

/** Written once for each day of the years around us: a chart and a forecast ask for the same ones again and again. */
export function dayFromNumber(number: number): Day {
  if (!(number >= 0 && number < WRITTEN_DAYS)) return writeDay(number)
  const known = written.get(number)
  if (known !== undefined) return known
  const day = writeDay(number)
  written.set(number, day)
  return day
}

const WRITTEN_DAYS = 60_000
const written = new Map<number, Day>()

function writeDay(number: number): Day {
  return new Date(number * MILLISECONDS_A_DAY).toISOString().slice(0, 10)
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** Days from one to the other: positive when `to` is later. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

function yearOf(day: Day): number {
  return twoDigits(day, 0) * 100 + twoDigits(day, 2)
}

function monthOf(day: Day): number {
  return twoDigits(day, 5)
}

function dayOfMonth(day: Day): number {
  return twoDigits(day, 8)
}

/** Sign by sign: a landscape has a day for every use, and cutting each into texts took as long as the rest. */
function twoDigits(day: Day, at: number): number {
  return (day.charCodeAt(at) - ZERO) * 10 + day.charCodeAt(at + 1) - ZERO
}

const ZERO = 48
const MILLISECONDS_A_DAY = 86_400_000

/** Counted from March, so that the day a leap year has more comes last; asked for every reading of every forecast. */
function numberOf(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1
  const months = month > 2 ? month - 3 : month + 9
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return 365 * years + leaps + Math.floor((153 * months + 2) / 5) + day - MARCH_OF_YEAR_0
}

/** Days from the last of February of the year 0 to 1970-01-01: the first of March is its day 1. */
const MARCH_OF_YEAR_0 = 719_469
