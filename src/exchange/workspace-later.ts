import { z } from 'zod'
import { count, day, id, kept, moment, orNull, text, withdrawable } from './workspace-fields.ts'
import { PLANS_AND_TRIALS } from './workspace-plans.ts'

/** The tables that came after the first ones. A file that was written before them ends without them. */
export const LATER_TABLES = {
  ...PLANS_AND_TRIALS,
  maturity_profile: z.strictObject({
    ...kept,
    ...withdrawable,
    residualId: id,
    day,
    ends: z.array(z.strictObject({ endsOn: orNull(day), count })),
    recordedBy: text,
    recordedAt: moment,
  }),
} as const
