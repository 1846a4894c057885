import { z } from 'zod'
import { type Day, parseDay } from '../domain/calendar.ts'
import { isKey } from '../domain/key.ts'
import type { Problem } from '../domain/problem.ts'
import { MOST_COUNT } from '../domain/vocabulary.ts'
import { halfWidth } from '../domain/written-numbers.ts'
import { type Reading, readCount, readDecimal, readFen, readWhole, short } from './number-input.ts'
import { InputRefused } from './refusal.ts'

/**
 * The one vocabulary of input: forms, commands, seeds and imports all give text or plain JSON values, and each
 * kind of field is read here once. An empty field is null, never 0.
 */

/** Reads input with a schema. Throws InputRefused with every problem at its field. */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input, { reportInput: true })
  if (read.success) return read.data
  throw new InputRefused(read.error.issues.flatMap(toProblems))
}

/** What a schema itself refuses, and not one of its fields, is of another shape altogether. */
const SHAPES: Readonly<Record<string, string>> = {
  array: 'input.not_a_list',
  object: 'input.not_an_object',
  record: 'input.not_an_object',
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.join('.')
  if (issue.code === 'invalid_type') {
    const code = issue.input === undefined ? 'input.missing' : (SHAPES[issue.expected] ?? 'input.type')
    return [{ path, code }]
  }
  if (issue.code === 'invalid_key') return [{ path, code: 'input.unknown_field' }]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ path: [...issue.path, key].join('.'), code: 'input.unknown_field' }))
  const params = issue.code === 'custom' ? (issue.params as Omit<Problem, 'path'> | undefined) : undefined
  return [{ path, code: params?.code ?? 'input.type', values: params?.values }]
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
  const plain = halfWidth(text)
  const day = parseDay(plain)
  if (day) return { value: day }
  const code = /^00\d\d-\d\d-\d\d$/.test(plain) ? 'input.day_too_early' : 'input.day'
  return { code, values: { text: short(text) } }
}

export const wholeNumber = (least: number, most: number) =>
  field(orMissing(text => readWhole(text, least, most)))
export const optionalWholeNumber = (least = 0, most = MOST_COUNT) =>
  field(orEmpty(text => readWhole(text, least, most)))

export const optionalDecimal = (most = MOST_COUNT) => field(orEmpty(text => readDecimal(text, most)))

/** An amount in yuan (or another currency of hundredths), kept in the smallest unit. */
export const fen = () => field(orMissing(readFen))
export const optionalFen = () => field(orEmpty(readFen))

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

/** A count and how exact it is, as `readWrittenCount` has it; what is none is refused by name. */
export const optionalCount = () => field(orEmpty(readCount))
export const requiredCount = () => field(orMissing(readCount))
