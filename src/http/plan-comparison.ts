import { NotFound } from '../actions/refusal.ts'
import { comparePlan, type PlanComparison } from '../domain/shutdown/plan.ts'
import { parseLandscape } from '../exchange/landscape-json.ts'
import { oncePerRevision } from '../store/per-revision.ts'
import { findWholePlan } from '../store/plans.ts'
import { type Asking, judgedFor } from './judged.ts'

/** A plan against today. Worked out once for each change of the register, as the landscape is judged several times. */
export async function comparisonFor(asking: Asking, id: number): Promise<PlanComparison> {
  const { context, today } = asking
  const { judgement } = await judgedFor(asking)
  return oncePerRevision(context.db, `plan-${id}`, today, async () => {
    const plan = await findWholePlan(context.db, id)
    if (!plan) throw new NotFound('plan', id)
    return comparePlan(parseLandscape(plan.landscape).landscape, plan.madeOn, judgement)
  })
}
