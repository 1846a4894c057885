import type { Problem } from '../domain/problem.ts'
import { MOST_COUNT } from '../domain/vocabulary.ts'
import {
  GROUPED,
  halfWidth,
  NEGATIVE,
  readWrittenCount,
  SCIENTIFIC,
  type WrittenCount,
} from '../domain/written-numbers.ts'

/** How numbers are read from what people type: what is no number is refused by its kind, never guessed. */

export type Reading<T> = { value: T } | Omit<Problem, 'path'>

export function readWhole(text: string, least: number, most: number): Reading<number> {
  const digits = halfWidth(text)
  if (least === 0 && NEGATIVE.test(digits)) return { code: 'input.negative', values: { text: short(text) } }
  if (GROUPED.test(digits)) return { code: 'input.count_grouped', values: withDigits(text) }
  if (SCIENTIFIC.test(digits)) return { code: 'input.count_scientific', values: { text: short(text) } }
  if (/^\d{16,}$/.test(digits)) return { code: 'input.range', values: { least, most, text: short(text) } }
  if (!/^-?\d{1,15}$/.test(digits)) return { code: 'input.whole_number', values: { text: short(text) } }
  const value = Number(digits)
  return value >= least && value <= most
    ? { value }
    : { code: 'input.range', values: { least, most, text: digits } }
}

export function readDecimal(text: string, most: number): Reading<number> {
  const digits = halfWidth(text)
  if (/^\d{13,}(\.\d{1,4})?$/.test(digits))
    return { code: 'input.range', values: { least: 0, most, text: short(text) } }
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(digits))
    return { code: decimalProblem(digits), values: withDigits(text) }
  const value = Number(digits)
  return value <= most ? { value } : { code: 'input.range', values: { least: 0, most, text: digits } }
}

function decimalProblem(text: string): string {
  if (NEGATIVE.test(text)) return 'input.negative'
  if (GROUPED.test(text)) return 'input.count_grouped'
  return SCIENTIFIC.test(text) ? 'input.count_scientific' : 'input.decimal'
}

export function readFen(text: string): Reading<number> {
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(halfWidth(text))
  if (!parts && /^\d{13,}(\.\d{1,2})?$/.test(halfWidth(text))) return { code: 'input.amount_too_large' }
  if (!parts) return { code: amountProblem(halfWidth(text)), values: withDigits(text) }
  return { value: Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) }
}

function amountProblem(text: string): string {
  if (NEGATIVE.test(text)) return 'input.negative'
  if (GROUPED.test(text)) return 'input.count_grouped'
  return SCIENTIFIC.test(text) ? 'input.count_scientific' : 'input.amount'
}

export function readCount(text: string): Reading<WrittenCount> {
  const read = readWrittenCount(text)
  if (typeof read !== 'string') return { value: read }
  if (read === 'too_large')
    return { code: 'input.count_too_large', values: { most: MOST_COUNT, text: short(text) } }
  // What says how exact it is stays, or a bound would become a count.
  const values =
    read === 'grouped'
      ? { text: short(text), digits: short(halfWidth(text).replace(/[,，'\s]/g, '')) }
      : withDigits(text)
  return { code: read === 'unreadable' ? 'input.count' : `input.count_${read}`, values }
}

/** What was typed, and what of it would be the number alone. */
function withDigits(text: string) {
  return { text: short(text), digits: short(halfWidth(text).replace(/[^\d.]/g, '')) }
}

export function short(text: string): string {
  const letters = [...text]
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : text
}
