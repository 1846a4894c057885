import { z } from 'zod'
import { type Context, today } from '../context.ts'
import { refuseReview } from '../domain/lifecycle.ts'
import { refusePast } from './day-checks.ts'
import { requiredDay, requiredText } from './input.ts'
import { changeOne, versionSeen } from './keep.ts'
import { InputRefused } from './refusal.ts'
import { readTogether } from './told-together.ts'

const extendedHold = z.strictObject({
  reviewOn: requiredDay(),
  reason: requiredText(4000),
  ...versionSeen.shape,
})

/** Leaves a system on hold until it is reviewed again on another day. Why it was put on hold stays as it was said. */
export async function extendHold(context: Context, id: number, input: unknown) {
  const change = { action: 'extend-hold', noun: 'system', id, input, schema: extendedHold } as const
  await readTogether(extendedHold, input, () => {
    const read = z.looseObject({ reviewOn: requiredDay() }).safeParse(input)
    if (read.success) refusePast('reviewOn', read.data.reviewOn, today(context))
  })
  return changeOne(context, change, (system, { reviewOn, reason }, moment) => {
    const problems = refuseReview({ ...system, next: reviewOn, today: moment.today })
    if (problems.length > 0) throw new InputRefused(problems)
    return { values: { reviewOn }, placed: { label: system.name, systemId: id, why: reason } }
  })
}
