import { z } from 'zod'
import { blocker } from './blocker-shapes.ts'
import { named, text, when } from './shapes.ts'

export const decider = named(
  'Decider',
  z
    .union([
      z.object({ kind: z.literal('blocker'), service: text, blocker, date: when }),
      z.object({ kind: z.literal('repointing'), consumer: text, provider: text, date: when }),
    ])
    .describe("What sets a day: somebody's own blocker, or the planned end of a use on the way"),
)
