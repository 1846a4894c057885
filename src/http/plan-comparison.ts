import { NotFound } from '../actions/refusal.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { comparePlan, type PlanComparison } from '../domain/shutdown/plan.ts'
import { parseLandscape } from '../exchange/landscape-json.ts'
import { findWholePlan } from '../store/plans.ts'
import { type Asking, judgedFor } from './judged.ts'
import { remembered } from './remembered.ts'

/** By judgement, its plans by their ids: the landscape of each is judged several times. */
const kept = remembered<Judgement, Map<number, Comparing>>()

/** A plan against today. */
export async function comparisonFor(asking: Asking, id: number): Promise<PlanComparison> {
  const { judgement } = await judgedFor(asking)
  const comparisons = kept(judgement, () => new Map())
  const known = comparisons.get(id)
  if (known) return known
  const comparing = compare(asking, id, judgement)
  comparisons.set(id, comparing)
  // What failed is not kept: the next page tries again.
  comparing.catch(() => comparisons.delete(id))
  return comparing
}

type Comparing = Promise<PlanComparison>

async function compare({ context }: Asking, id: number, judgement: Judgement): Promise<PlanComparison> {
  const plan = await findWholePlan(context.db, id)
  if (!plan) throw new NotFound('plan', id)
  return comparePlan(parseLandscape(plan.landscape).landscape, plan.madeOn, judgement)
}
