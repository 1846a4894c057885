import { addDays, type Day, parseDay } from '../domain/calendar.ts'
import { ABOUT_SHARE } from '../domain/forecast/constants.ts'
import { type Maturity, totalOf } from '../domain/forecast/schedule.ts'
import type { Problem } from '../domain/problem.ts'
import { type Count, MOST_COUNT } from '../domain/vocabulary.ts'
import { halfWidth } from '../domain/written-numbers.ts'
import { short } from './number-input.ts'

/** A maturity profile as it was typed or pasted, and what is wrong with it, line by line. */
export type ReadLines = { ends: Maturity[]; problems: Omit<Problem, 'path'>[] }

/** Beyond this a day is a slip, or stands for "no end". */
const MOST_DAYS = 50 * 366
/** So many lines are told one by one. */
const TOLD = 8

/**
 * A line for each end day, `2026-12-31,40`: comma, semicolon, tab or spaces between, full-width signs as well, also
 * `2026/12/31` and `2026年12月31日`. `-` or `无` stands for contracts without an end day. A first line without digits is a heading.
 */
export function readMaturityLines(text: string, day: Day): ReadLines {
  const lines = text.split('\n').map((line, index) => ({ line: halfWidth(line), number: index + 1 }))
  const written = lines.filter(({ line }) => line !== '')
  const hasHeading = written.length > 1 && written[0]!.number === 1 && !/\d/.test(written[0]!.line)
  const told = hasHeading ? written.slice(1) : written
  const seen = new Map<Day | null, number>()
  const ends: Maturity[] = []
  const problems: Omit<Problem, 'path'>[] = []
  for (const { line, number } of told) {
    const read = readMaturityLine(line, day, seen)
    if ('code' in read) problems.push({ code: read.code, values: { line: number, ...read.values } })
    else {
      seen.set(read.endsOn, number)
      ends.push(read)
    }
  }
  const more = problems.length - TOLD
  if (more > 0) problems.splice(TOLD, more, { code: 'maturity.more', values: { count: more } })
  return { ends: ends.sort(byDay), problems }
}

type Wrong = { code: string; values?: Record<string, string | number> }

/** One line of half-width signs; `seen` are the end days of those before it, with their numbers. */
export function readMaturityLine(
  line: string,
  day: Day,
  seen: ReadonlyMap<Day | null, number>,
): Maturity | Wrong {
  const [when, count] = splitLine(line)
  if (when === '') return { code: 'maturity.no_count', values: { text: short(line) } }
  const endsOn = NO_END.includes(when) ? null : endDay(when)
  if (endsOn === undefined) return { code: 'maturity.not_a_day', values: { text: short(when) } }
  const wrongDay = endsOn && wrongEnd(endsOn, day)
  if (wrongDay) return wrongDay
  const before = seen.get(endsOn)
  if (before !== undefined) return { code: 'maturity.twice', values: { text: when, before } }
  if (!/^\d{1,12}$/.test(count) || Number(count) > MOST_COUNT) return wrongCount(count)
  return { endsOn, count: Number(count) }
}

/** At the first separator, or at the first space where there is none; no count where there is neither. */
function splitLine(line: string): [when: string, count: string] {
  const separator = line.search(/[,;\t、]/)
  const at = separator < 0 ? line.search(/\s/) : separator
  return at < 0 ? ['', ''] : [line.slice(0, at).trimEnd(), line.slice(at + 1).trim()]
}

const NO_END = ['-', '—', '无']

/** undefined: names no day. */
function endDay(text: string): Day | undefined {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (!parts) return undefined
  const [, year = '', month = '', date = ''] = parts
  return parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`) ?? undefined
}

function wrongEnd(endsOn: Day, day: Day): Wrong | null {
  if (endsOn <= day) return { code: 'maturity.past', values: { text: endsOn, day } }
  return endsOn > addDays(day, MOST_DAYS) ? { code: 'maturity.far', values: { text: endsOn } } : null
}

function wrongCount(text: string): Wrong {
  const values = { text: short(text) }
  if (text === '') return { code: 'maturity.no_count', values }
  if (/^[-−–]\s*\d/.test(text)) return { code: 'maturity.negative', values }
  if (/^\d{1,3}([,'\s]\d{3})+$/.test(text))
    return { code: 'maturity.grouped', values: { ...values, digits: text.replace(/\D/g, '') } }
  return { code: 'maturity.not_a_count', values }
}

/** Why a profile is not that of the count of its day; null where it adds up. "About" is within a twentieth, "at least" anything from there on. */
export function sumProblem(
  ends: readonly Maturity[],
  counted: (Count & { day: Day }) | undefined,
  day: Day,
): Wrong | null {
  if (!counted) return { code: 'maturity.not_counted', values: { day } }
  const total = totalOf(ends)
  if (total === 0) return { code: 'maturity.empty' }
  const { count, qualifier, day: on } = counted
  const difference = Math.abs(total - count)
  const allowed = qualifier === 'about' ? ABOUT_SHARE * count : 0
  if (qualifier === 'at_least' ? total >= count : difference <= allowed) return null
  const code = total > count ? 'maturity.too_many' : 'maturity.too_few'
  // What is proposed to be typed has no separators, as the lines take none.
  return { code, values: { total, count, qualifier, on, difference, digits: String(difference) } }
}

/** The lines as they would be typed. */
export function writeMaturityLines(ends: readonly Maturity[]): string {
  return ends.map(({ endsOn, count }) => `${endsOn ?? '-'},${count}`).join('\n')
}

/** Those without an end day come last. */
function byDay(one: Maturity, other: Maturity): number {
  if (one.endsOn === null || other.endsOn === null)
    return Number(one.endsOn === null) - Number(other.endsOn === null)
  return one.endsOn < other.endsOn ? -1 : 1
}
