import { z } from 'zod'
import type { Day } from '../domain/calendar.ts'
import { isAtMost, reckonedOn } from '../domain/forecast/arrival-range.ts'
import { ASSUMPTIONS, bindingPart, type JointForecast, jointStatements } from '../domain/forecast/joint.ts'
import type { Statements } from '../domain/forecast/statements.ts'
import { day, named, text } from './shapes.ts'

/** The three statements that hold on real run-offs, and why there are none. */

const chance = named(
  'Chance',
  z.object({
    chance: z.number().min(0).max(1),
    said: z
      .object({ kind: z.enum(['below', 'about', 'above']), percent: z.int() })
      .describe('How it is shown: never 0 % and never 100 %'),
  }),
)

export const statements = named(
  'Statements',
  z.object({
    byTarget: z
      .object({ day, ...chance.shape })
      .nullable()
      .describe('Chance to be at zero by the target day; null: no target day is ahead'),
    within: chance.describe('Chance to be at zero within two years'),
    arrival: z
      .union([
        z.object({ kind: z.literal('dates'), p50: day, p85: day }),
        z.object({ kind: z.literal('not_in_sight') }),
      ])
      .describe('By when half and 85 of 100 of those that get there within two years have got there'),
  }),
)

const missing = named(
  'MissingForecast',
  z.object({
    system: text,
    residual: text.nullable().describe('Id of the residual; null: the system has none'),
    reason: z
      .looseObject({ code: text })
      .describe('Why nobody can say, by its code, with its days and numbers'),
  }),
)

export const joint = named(
  'JointForecast',
  z
    .object({
      state: z.enum(['unknown', 'done', 'running']),
      because: z.array(missing).describe('What makes it unknown, each by name'),
      independent: statements.nullable().describe('The cautious end: chances multiply. null unless running'),
      dependent: statements.nullable().describe('The other end: all wait for the slowest'),
      reckonedOn: day
        .nullable()
        .describe(
          'What the shutdown analysis reckons with, no promise: P85 of the cautious end, reached with 85 % of the chance within two years; null where that is less than even',
        ),
      isAtMost: z
        .boolean()
        .describe('Something was counted as "at least": every chance is at most what is said'),
      binding: text.nullable().describe('What decides: a residual by its id, or a system by its key'),
    })
    .describe('When all parts are at zero, at both ends of how they may hang together'),
)

export function jointOn(today: Day, targetOn: Day | null, forecast: JointForecast) {
  const target = targetOn !== null && targetOn > today ? targetOn : null
  const parts = forecast.kind === 'running' ? forecast.parts : []
  const said = parts.length > 0 ? jointStatements(parts, today, target) : null
  const [independent, dependent] = ASSUMPTIONS.map(one => said && rounded(said[one]))
  return {
    state: forecast.kind,
    because: forecast.kind === 'unknown' ? forecast.because : [],
    independent: independent ?? null,
    dependent: dependent ?? null,
    reckonedOn: said && reckonedOn(said, parts),
    isAtMost: isAtMost(parts),
    binding: parts.length > 0 ? bindingPart(parts) : null,
  }
}

export function rounded({ byTarget, within, arrival }: Statements): Statements {
  const plain = <T extends { chance: number }>(one: T): T => ({
    ...one,
    chance: Math.round(one.chance * 10_000) / 10_000,
  })
  return { byTarget: byTarget && plain(byTarget), within: plain(within), arrival }
}
