import { z } from 'zod'
import { blocker } from './blocker-shapes.ts'
import { day, named, number, soaking, text, when } from './shapes.ts'

const ways = [
  z.object({
    kind: z.literal('blocker'),
    service: text,
    blocker,
    date: when,
    overdueSince: day
      .nullable()
      .describe('The day it was to end, when that day has come and it still holds the service'),
    quietOn: day
      .nullable()
      .describe(
        'From which day an external consumer that was only seen holds the service no more, unless seen again; null: none',
      ),
  }),
  z.object({ kind: z.literal('repointing'), consumer: text, provider: text, date: when }),
] as const

export const plannedDecider = named(
  'PlannedDecider',
  z
    .union([
      ...ways,
      z.object({ kind: z.literal('consumer'), consumer: text, provider: text, date: when }),
      z.object({ kind: z.literal('overdue'), consumer: text, provider: text, since: day, date: when }),
    ])
    .describe(
      'What sets a planned day: as a `Decider`, a consumer that is free and goes first, on `date`, or a re-pointing by who ' +
        'stays that was to be done on the day `since`, so that now there is no day',
    ),
)

const decider = named(
  'Decider',
  z.union(ways).describe("What sets a day: somebody's own blocker, or the planned end of a use on the way"),
)

export const binding = z
  .object({
    decider,
    plannedNowBy: plannedDecider.nullable().describe('What sets the planned day'),
    ring: z
      .array(text)
      .describe(
        'Who calls one another in a ring and so goes in one step, later than the earliest day says; empty where that is ' +
          'not why the planned day comes later',
      ),
    gainDays: number.nullable().describe('Days it can gain at most; null where one of the dates is no day'),
    earliestThen: when,
    plannedThen: when.describe('The day planned then'),
    plannedGainDays: number
      .nullable()
      .describe('Days by which that is earlier than planned now; null where one of the two is no day'),
    plannedBy: plannedDecider.nullable().describe('What sets the day planned then'),
    goesAfter: text
      .nullable()
      .describe('Whoever of those that call it and still run goes last then; null: nobody'),
    next: decider.nullable(),
    soaking: soaking.describe('Consumers that are off and still watched on the day planned then'),
  })
  .describe('What sets the earliest day, and how much ending it gains before something else decides')
