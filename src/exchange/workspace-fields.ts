import { z } from 'zod'
import { parseDay } from '../domain/calendar.ts'
import { isKey } from '../domain/key.ts'
import { NEEDS, STRENGTHS } from '../domain/landscape.ts'
import { MOST_COUNT } from '../domain/vocabulary.ts'

/** What the fields of an exported workspace may hold. Every field is written; null is what nobody knows. */

const MOST = Number.MAX_SAFE_INTEGER

/** PostgreSQL keeps no NUL, and neither database keeps half a character. */
export const text = z
  .string()
  .refine(given => !given.includes('\u0000') && given.isWellFormed(), 'has a character that cannot be kept')
export const name = text.min(1)
export const key = z.string().refine(isKey, 'must be a key: letters, digits and . _ - & +')
export const day = z.string().refine(given => parseDay(given) !== null, 'must be a day YYYY-MM-DD')
export const moment = z.string().refine(isMoment, 'must be a moment in UTC, as in 2026-03-31T04:00:00.000Z')
export const id = z.int().min(1).max(MOST)
export const version = z.int().min(1).max(2_147_483_647)
export const whole = z.int().min(0).max(MOST)
export const count = z.int().min(0).max(MOST_COUNT)
export const amount = z
  .int()
  .min(0)
  .max(MOST_COUNT * 100 + 99)
export const days = z.int().min(1).max(36_500)
export const share = z.number().min(0).max(MOST_COUNT)
/** The fields of a change as they were or as they became. */
export const changed = z.record(z.string(), z.unknown())

export const orNull = <T extends z.ZodType>(type: T) => type.nullable()

export const kept = { id, version, note: orNull(text), source: orNull(text) }
export const withdrawable = { withdrawnOn: orNull(day), withdrawnReason: orNull(text) }
export const waivable = {
  waivedOn: orNull(day),
  waivedBy: orNull(text),
  waivedUntil: orNull(day),
  waiverReason: orNull(text),
}
export const use = {
  ...kept,
  ...withdrawable,
  ...waivable,
  providerId: id,
  strength: z.enum(STRENGTHS),
  needs: z.enum(NEEDS),
  declaredOn: orNull(day),
  declaredBy: orNull(text),
  lastSeenOn: orNull(day),
  quietDays: orNull(days),
  untilOn: orNull(day),
}
const chance = z.number().min(0).max(1)
/** What a forecast said. */
export const statements = {
  p50On: orNull(day),
  p85On: orNull(day),
  withinTwoYears: orNull(chance),
  targetOn: orNull(day),
  targetChance: orNull(chance),
}
export const owned = { systemId: orNull(id), serviceId: orNull(id) }

/** A gate, a cost or an event belongs to a system or to a service, never to both or to neither. */
export function isOfOne(row: { systemId: number | null; serviceId: number | null }): boolean {
  return (row.systemId === null) !== (row.serviceId === null)
}

export const OF_ONE = { path: ['systemId'], error: 'must be given, or serviceId, and not both' }

function isMoment(given: string): boolean {
  const at = new Date(given)
  return !Number.isNaN(at.getTime()) && at.toISOString() === given
}
