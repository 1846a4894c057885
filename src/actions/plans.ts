import { z } from 'zod'
import { type Context, today as dayOf, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { RULES_VERSION } from '../domain/shutdown/judge.ts'
import { landscapeHash } from '../exchange/landscape-hash.ts'
import { landscapeJson } from '../exchange/landscape-json.ts'
import { LONGEST_LANDSCAPE } from '../exchange/workspace-plans.ts'
import type { Trx } from '../store/columns.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import { loadLandscape } from '../store/landscape.ts'
import type { Plan } from '../store/nouns.ts'
import type { EstateOutlook } from '../store/outlooks-by-id.ts'
import { listPlans, savePlan } from '../store/plans.ts'
import { readRevision } from '../store/workspace.ts'
import { audited } from './action.ts'
import { optionalText, readInput, requiredText } from './input.ts'
import { changeOne } from './keep.ts'
import { InputRefused, NeedsConfirmation } from './refusal.ts'
import { refuseWithdrawn, withdrawal } from './withdrawals.ts'

const newPlan = z.strictObject({
  name: requiredText(),
  note: optionalText(),
  answers: z.array(z.string()).default([]),
})
type NewPlan = z.output<typeof newPlan>

/** Keeps the plan of today under a name, as the landscape that it follows from. Gives its id. */
export async function keepPlan(context: Context, input: unknown): Promise<number> {
  const named = readInput(newPlan, input)
  for (let tries = 1; tries < TRIES; tries++) {
    const id = await keepAsOf(context, named, await readForecasts(context))
    if (id !== null) return id
  }
  return (await keepAsOf(context, named, null))!
}

/** So often forecasts are worked out beside the changes; then no change comes in between. */
const TRIES = 4

type Forecasts = { revision: number; day: Day; outlooks: EstateOutlook }

async function readForecasts(context: Context): Promise<Forecasts> {
  const day = dayOf(context)
  const revision = await readRevision(context.db)
  return { revision, day, outlooks: await loadEstateOutlook(context.db, day) }
}

/** null: the register or the day has moved since the forecasts were worked out, and no such plan ever stood. */
async function keepAsOf(context: Context, { answers, ...named }: NewPlan, forecasts: Forecasts | null) {
  return audited(context, 'keep-plan', async (trx, { today, actor, revision }) => {
    const isOld = forecasts && (forecasts.revision !== revision - 1 || forecasts.day !== today)
    if (isOld) return { result: null, changes: [] }
    await askAboutName(trx, named.name, today, answers)
    const outlooks = forecasts?.outlooks ?? (await loadEstateOutlook(trx, today))
    const landscape = await loadLandscape(trx, today, usualDays(context), outlooks)
    const plan = {
      ...named,
      madeOn: today,
      madeBy: actor,
      revision,
      rulesVersion: RULES_VERSION,
      hash: landscapeHash(landscape),
    }
    const unchanged = { withdrawnOn: null, withdrawnReason: null }
    const id = await savePlan(trx, { ...plan, ...unchanged, landscape: textOf(landscape, today) })
    const after = { name: plan.name, ...(plan.note ? { note: plan.note } : {}), hash: plan.hash }
    return { result: id, changes: [{ noun: 'plan', id, label: plan.name, after }] }
  })
}

/** What an export could not be read back with is not kept: the export is a backup too. */
function textOf(landscape: Landscape, today: Day): string {
  const text = landscapeJson(landscape, today)
  if (text.length <= LONGEST_LANDSCAPE) return text
  const values = {
    services: landscape.services.length,
    uses: landscape.edges.length + landscape.externals.length,
  }
  throw new InputRefused([{ path: '', code: 'plan.too_large', values }])
}

/** Kept twice on a day under one name, it may have been sent twice. */
async function askAboutName(trx: Trx, name: string, today: Day, answers: readonly string[]) {
  const plans = await listPlans(trx)
  const isSameName = (plan: Plan) => plan.name.toLowerCase() === name.toLowerCase()
  const same = plans.find(plan => isSameName(plan) && plan.madeOn === today && !plan.withdrawnOn)
  const answer = `same_name:${same?.id}`
  if (!same || answers.includes(answer)) return
  const values = { plan: same.name, by: same.madeBy }
  throw new NeedsConfirmation([{ path: 'name', code: 'plan.same_name', values, answer }])
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
