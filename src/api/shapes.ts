import { z } from 'zod'
import { QUALIFIERS } from '../domain/vocabulary.ts'

/** Shapes that several answers share. Every one with a name stands once in the document. */

/** The shapes that have a name, for the document. */
export const NAMED = new Map<z.ZodType, string>()

export function named<T extends z.ZodType>(name: string, shape: T): T {
  NAMED.set(shape, name)
  return shape
}

export const text = z.string()
export const number = z.int()
export const day = named(
  'Day',
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe('A business day in the zone of the register, YYYY-MM-DD'),
)
export const when = named(
  'When',
  z
    .union([day, z.enum(['unknown', 'never'])])
    .describe('A day; `unknown`: nobody knows the day; `never`: it does not end by itself'),
)
export const soaking = z
  .object({ consumers: z.array(text), until: day })
  .nullable()
  .describe(
    'Consumers that went off less than a soak period ago, and the day on which it is over: that the planned day does not wait for it; null: none',
  )
export const moment = z.string().describe('A moment in UTC, ISO 8601')
export const qualifier = z.enum(QUALIFIERS)
export const count = named(
  'Count',
  z
    .object({ count: number.describe('How many'), qualifier })
    .describe('A count and how exact it is: `at_least` is a lower bound, `about` an estimate'),
)
export const money = named(
  'Money',
  z
    .object({
      fen: number.describe('In the smallest unit of the currency, a hundredth'),
      currency: text.nullable().describe('ISO 4217; null: nobody has said which'),
    })
    .describe('An amount a month'),
)
/** A sum over services, of which each without a known cost adds nothing. */
export const sum = named(
  'CostSum',
  money
    .extend({
      currency: text.describe('ISO 4217: the one that the analysis compares in'),
      isWhole: z.boolean().describe('false: a lower bound, for some of these costs nobody has said'),
      others: z
        .array(money)
        .describe('The parts in other currencies, which `fen` is without and no rank compares'),
    })
    .nullable()
    .describe('null: unknown, nobody has said what any of these services costs; that is not 0'),
)
/** A field that nobody has filled in is null: unknown, never 0. */
export const orUnknown = <T extends z.ZodType>(shape: T, reason: string) => shape.nullable().describe(reason)

export const WITHDRAWABLE = { withdrawnOn: day.nullable(), withdrawnReason: text.nullable() }
export const WAIVABLE = {
  waivedOn: day.nullable(),
  waivedBy: text.nullable(),
  waivedUntil: day.nullable(),
  waiverReason: text.nullable(),
}
export const KEPT = { id: number, version: number, note: text.nullable(), source: text.nullable() }

/** What a verdict was given on: the exported landscape has the same hash and gets the same answers. */
export const stamp = named(
  'Stamp',
  z
    .object({ asOf: day, rules: text, inputSha256: text })
    .describe(
      'What the verdicts were given on: the day, the version of the rules, the hash of the landscape',
    ),
)
