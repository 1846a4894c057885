import { type Day, parseDay } from '../domain/calendar.ts'

/** Something in a landscape file is not what it has to be; the message starts with where it is. */
export class LandscapeFileError extends Error {
  readonly path: string

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`)
    this.path = path
  }
}

export type Row = Record<string, unknown>

/** The place of a row, worked out only for a message. */
export type Place = () => string

/** Nothing there and null mean the same: the file does not say. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

export function refuse(place: Place, key: string, must: string, value: unknown): never {
  const path = key === '' ? place() : place() === '' ? key : `${place()}.${key}`
  throw new LandscapeFileError(path, isAbsent(value) ? `is missing, ${must}` : `${must}, got ${shown(value)}`)
}

export function rowIn(value: unknown, place: Place): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(place, '', 'must be an object', value)
  }
  return value as Row
}

/** An absent list is an empty one. */
export function listIn(row: Row, key: string, place: Place): unknown[] {
  const value = row[key]
  if (isAbsent(value)) return []
  return Array.isArray(value) ? value : refuse(place, key, 'must be a list', value)
}

export function idIn(row: Row, key: string, place: Place): string {
  const value = row[key]
  return isText(value) ? value : refuse(place, key, mustBeText(value), value)
}

export function idsIn(row: Row, key: string, place: Place): string[] {
  const values = listIn(row, key, place)
  values.forEach((value, at) => {
    if (!isText(value)) refuse(place, `${key}[${at}]`, mustBeText(value), value)
  })
  return values as string[]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function mustBeText(value: unknown): string {
  return value === '' ? 'must not be empty' : 'must be a text'
}

export function dayIn(row: Row, key: string, place: Place): Day | null {
  const value = row[key]
  if (isAbsent(value)) return null
  if (typeof value !== 'string' || parseDay(value) === null) {
    refuse(place, key, 'must be a day YYYY-MM-DD', value)
  }
  return value
}

export function flagIn<T>(row: Row, key: string, place: Place, absent: T): boolean | T {
  const value = row[key]
  if (isAbsent(value)) return absent
  return typeof value === 'boolean' ? value : refuse(place, key, 'must be true or false', value)
}

export function choiceIn<const T extends string, const A>(
  row: Row,
  key: string,
  place: Place,
  choices: readonly T[],
  absent: A,
): T | A {
  const value = row[key]
  if (isAbsent(value)) return absent
  if (choices.includes(value as T)) return value as T
  return refuse(place, key, `must be one of ${choices.join(', ')}`, value)
}

export type Range = { least: number; most: number; isWhole: boolean }

export function numberIn<A>(row: Row, key: string, place: Place, range: Range, absent: A): number | A {
  const value = row[key]
  if (isAbsent(value)) return absent
  const isRight =
    typeof value === 'number' &&
    value >= range.least &&
    value <= range.most &&
    (!range.isWhole || Number.isInteger(value))
  return isRight ? value : refuse(place, key, `must be ${inWords(range)}`, value)
}

function inWords({ least, most, isWhole }: Range): string {
  const kind = isWhole ? 'a whole number' : 'a number'
  if (least === -Number.MAX_VALUE) return kind
  return most === Number.MAX_VALUE ? `${kind} of ${least} or more` : `${kind} from ${least} to ${most}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
