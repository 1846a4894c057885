import { z } from 'zod'
import { blocker } from './blocker-shapes.ts'
import { named, text, when } from './shapes.ts'

const ways = [
  z.object({ kind: z.literal('blocker'), service: text, blocker, date: when }),
  z.object({ kind: z.literal('repointing'), consumer: text, provider: text, date: when }),
] as const

export const plannedDecider = named(
  'PlannedDecider',
  z
    .union([...ways, z.object({ kind: z.literal('consumer'), consumer: text, provider: text, date: when })])
    .describe(
      'What sets a planned day: as a `Decider`, or a consumer that is free and goes first, on `date`',
    ),
)

export const decider = named(
  'Decider',
  z.union(ways).describe("What sets a day: somebody's own blocker, or the planned end of a use on the way"),
)
