import { z } from 'zod'
import { type Context, today as dayOf } from '../context.ts'
import { RULES_VERSION } from '../domain/shutdown/judge.ts'
import { landscapeHash } from '../exchange/landscape-hash.ts'
import { landscapeJson } from '../exchange/landscape-json.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import { loadLandscape } from '../store/landscape.ts'
import { savePlan } from '../store/plans.ts'
import { readRevision } from '../store/workspace.ts'
import { audited } from './action.ts'
import { optionalText, readInput, requiredText } from './input.ts'
import { changeOne } from './keep.ts'
import { refuseWithdrawn, withdrawal } from './withdrawals.ts'

const newPlan = z.strictObject({ name: requiredText(), note: optionalText() })

/** Keeps the plan of today under a name, as the landscape that it follows from. Gives its id. */
export async function keepPlan(context: Context, input: unknown): Promise<number> {
  const named = readInput(newPlan, input)
  const outlooks = await loadEstateOutlook(context.db, dayOf(context))
  return audited(context, 'keep-plan', async (trx, { today, actor }) => {
    const { QUIET_DAYS: quietDays, SOAK_DAYS: soakDays } = context.config
    const landscape = await loadLandscape(trx, today, { quietDays, soakDays }, outlooks)
    const plan = {
      ...named,
      madeOn: today,
      madeBy: actor,
      revision: await readRevision(trx),
      rulesVersion: RULES_VERSION,
      hash: landscapeHash(landscape),
    }
    const unchanged = { withdrawnOn: null, withdrawnReason: null }
    const id = await savePlan(trx, { ...plan, ...unchanged, landscape: landscapeJson(landscape, today) })
    const after = { name: plan.name, ...(plan.note ? { note: plan.note } : {}), hash: plan.hash }
    return { result: id, changes: [{ noun: 'plan', id, label: plan.name, after }] }
  })
}

/** Takes a plan back with a reason; it can still be looked at. */
export async function withdrawPlan(context: Context, id: number, input: unknown) {
  const change = { action: 'withdraw-plan', noun: 'plan', id, input, schema: withdrawal } as const
  return changeOne(context, change, (row, { reason }, { today }) => {
    refuseWithdrawn(row)
    const values = { withdrawnOn: today, withdrawnReason: reason }
    return { values, placed: { label: row.name, why: reason } }
  })
}
