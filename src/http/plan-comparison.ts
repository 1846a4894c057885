import { NotFound } from '../actions/refusal.ts'
import { comparePlan, type PlanComparison } from '../domain/shutdown/plan.ts'
import { parseLandscape } from '../exchange/landscape-json.ts'
import { oncePerRevision } from '../store/per-revision.ts'
import { findWholePlan } from '../store/plans.ts'
import { type Asking, judgedFor } from './judged.ts'

/** A plan against today. Worked out once for each change of the register, as the landscape is judged several times. */
export async function comparisonFor(asking: Asking, id: number): Promise<PlanComparison> {
  const { context, today } = asking
  const comparisons = await oncePerRevision(
    context.db,
    'plans',
    today,
    async () => new Map<number, Comparing>(),
  )
  const known = comparisons.get(id)
  if (known) return known
  const comparing = compare(asking, id)
  comparisons.set(id, comparing)
  // What failed is not kept: the next page tries again.
  comparing.catch(() => comparisons.delete(id))
  return comparing
}

type Comparing = Promise<PlanComparison>

async function compare(asking: Asking, id: number): Promise<PlanComparison> {
  const { judgement } = await judgedFor(asking)
  const plan = await findWholePlan(asking.context.db, id)
  if (!plan) throw new NotFound('plan', id)
  return comparePlan(parseLandscape(plan.landscape).landscape, plan.madeOn, judgement)
}
