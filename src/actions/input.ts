import { z } from 'zod'
import { type Day, parseDay } from '../domain/calendar.ts'
import { isKey } from '../domain/key.ts'
import type { Problem } from '../domain/problem.ts'
import type { Count } from '../domain/vocabulary.ts'
import { InputRefused } from './refusal.ts'

/**
 * The one vocabulary of input: forms, commands, seeds and imports all give text or plain JSON values, and each
 * kind of field is read here once. An empty field is null, never 0.
 */

type Reading<T> = { value: T } | Omit<Problem, 'path'>

/** Reads input with a schema. Throws InputRefused with every problem at its field. */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  throw new InputRefused(read.error.issues.flatMap(toProblems))
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ path: [...issue.path, key].join('.'), code: 'input.unknown_field' }))
  const params = issue.code === 'custom' ? (issue.params as Omit<Problem, 'path'> | undefined) : undefined
  return [{ path: issue.path.join('.'), code: params?.code ?? 'input.type', values: params?.values }]
}

/** A field that is read from its text; `read` is given null when it was left empty. */
function field<T>(read: (text: string | null) => Reading<T>) {
  return z
    .unknown()
    .optional()
    .transform((given, context): T => {
      const text = toText(given)
      const result: Reading<T> = text === undefined ? { code: 'input.type' } : read(text)
      if ('value' in result) return result.value
      context.addIssue({ code: 'custom', params: result })
      return z.NEVER
    })
}

/** undefined: neither text nor number. */
function toText(given: unknown): string | null | undefined {
  if (given === null || given === undefined) return null
  if (typeof given === 'number' && Number.isFinite(given)) return String(given)
  if (typeof given !== 'string') return undefined
  return given.trim() === '' ? null : given.trim()
}

const orEmpty =
  <T>(read: (text: string) => Reading<T>) =>
  (text: string | null): Reading<T | null> =>
    text === null ? { value: null } : read(text)

const orMissing =
  <T>(read: (text: string) => Reading<T>) =>
  (text: string | null): Reading<T> =>
    text === null ? { code: 'input.missing' } : read(text)

const NAME_LENGTH = 200
const NOTE_LENGTH = 4000

export const optionalText = (most = NOTE_LENGTH) => field(orEmpty(text => readText(text, most)))
/** A name, unless it may be as long as a note. */
export const requiredText = (most?: number) =>
  field(orMissing(text => (most === undefined ? readName(text) : readText(text, most))))
export const optionalName = () => field(orEmpty(readName))

/** Zero-width signs and those that turn the direction; a joiner between two emoji is part of how they look. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d/u

/** Two names that look the same should be the same, so nothing in them is invisible. */
function readName(text: string): Reading<string> {
  return INVISIBLE.test(text) ? { code: 'input.invisible_character' } : readText(text, NAME_LENGTH)
}

function readText(text: string, most: number): Reading<string> {
  // Halves of a character, and control characters other than line breaks and tabs, are nothing a person types.
  if (/[[\p{Cc}\p{Cs}]--[\t\n\r]]/v.test(text)) return { code: 'input.control_character' }
  const length = [...text].length
  return length > most
    ? { code: 'input.too_long', values: { most, length } }
    : { value: text.replace(/\r\n?/g, '\n') }
}

/** The part of an address that names a thing: letters and digits of any script, `.` `_` `-` `&` `+`. */
export const key = () => field(orMissing(readKey))
/** A key directly below `/systems` or `/services`, where `new` is the address of the form that adds one. */
export const pageKey = () => field(orMissing(readPageKey))

function readPageKey(text: string): Reading<string> {
  const read = readKey(text)
  return 'value' in read && read.value.toLowerCase() === 'new' ? { code: 'input.reserved_key' } : read
}

function readKey(text: string): Reading<string> {
  const key = text.normalize('NFC')
  if (INVISIBLE.test(key)) return { code: 'input.invisible_character' }
  return isKey(key) ? { value: key } : { code: 'input.key', values: { text: short(text) } }
}

export const optionalDay = () => field(orEmpty(readDay))
export const requiredDay = () => field(orMissing(readDay))

function readDay(text: string): Reading<Day> {
  const day = parseDay(halfWidth(text))
  return day ? { value: day } : { code: 'input.day', values: { text: short(text) } }
}

export const MOST = 999_999_999_999

export const wholeNumber = (least: number, most: number) =>
  field(orMissing(text => readWhole(text, least, most)))
export const optionalWholeNumber = (least = 0, most = MOST) =>
  field(orEmpty(text => readWhole(text, least, most)))

function readWhole(text: string, least: number, most: number): Reading<number> {
  const digits = halfWidth(text)
  if (!/^-?\d{1,15}$/.test(digits)) return { code: 'input.whole_number', values: { text: short(text) } }
  const value = Number(digits)
  return value >= least && value <= most
    ? { value }
    : { code: 'input.range', values: { least, most, text: digits } }
}

export const optionalDecimal = (most = MOST) => field(orEmpty(text => readDecimal(text, most)))

function readDecimal(text: string, most: number): Reading<number> {
  const digits = halfWidth(text)
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(digits)) return { code: 'input.decimal', values: { text: short(text) } }
  const value = Number(digits)
  return value <= most ? { value } : { code: 'input.range', values: { least: 0, most, text: digits } }
}

/** An amount in yuan (or another currency of hundredths), kept in the smallest unit. */
export const fen = () => field(orMissing(readFen))
export const optionalFen = () => field(orEmpty(readFen))

function readFen(text: string): Reading<number> {
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(halfWidth(text))
  if (!parts && /^\d{13,}(\.\d{1,2})?$/.test(halfWidth(text))) return { code: 'input.amount_too_large' }
  if (!parts) return { code: 'input.amount', values: { text: short(text) } }
  return { value: Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) }
}

export const oneOf = <const T extends string>(codes: readonly T[]) =>
  field(orMissing(text => readCode(codes, text)))
export const optionalOneOf = <const T extends string>(codes: readonly T[]) =>
  field(orEmpty(text => readCode(codes, text)))

function readCode<T extends string>(codes: readonly T[], text: string): Reading<T> {
  const code = codes.find(one => one === text)
  return code
    ? { value: code }
    : { code: 'input.not_one_of', values: { text: short(text), codes: codes.join(', ') } }
}

/**
 * A count and how exact it is: `3000`, `３０００`, `3000+` or `>=3000` (at least), `~3000`, `约3000` or, from the
 * keypad of a phone, `*3000` (about).
 * Grouped (`3,000`), negative, decimal and scientific (`1e3`) numbers are refused by name, not guessed.
 */
export const optionalCount = () => field(orEmpty(readCount))
export const requiredCount = () => field(orMissing(readCount))

function readCount(text: string): Reading<Count> {
  const plain = halfWidth(text)
  const parts = /^(>=|≥|至少|~|≈|约|\*)?\s*(\d+)\s*(\+|单\+)?$/.exec(plain)
  if (!parts) return { code: countProblem(plain), values: { text: short(text) } }
  const [, before = '', digits = '', after = ''] = parts
  const count = Number(digits)
  if (count > MOST) return { code: 'input.count_too_large', values: { most: MOST, text: short(text) } }
  const isAbout = ['~', '≈', '约', '*'].includes(before)
  if (isAbout && after) return { code: 'input.count', values: { text: short(text) } }
  return { value: { count, qualifier: isAbout ? 'about' : before || after ? 'at_least' : 'exact' } }
}

function countProblem(text: string): string {
  if (/^[-−–]\s*\d/.test(text)) return 'input.count_negative'
  if (/^\d{1,3}([,，'\s]\d{3})+$/.test(text)) return 'input.count_grouped'
  if (/^\d+[.。]\d+$/.test(text)) return 'input.count_fraction'
  if (/^\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return 'input.count_scientific'
  return 'input.count'
}

/** Full-width digits and signs, as Chinese input methods type them, become plain ones. */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim()
}

export function short(text: string): string {
  const letters = [...text]
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : text
}
