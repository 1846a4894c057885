import { z } from 'zod'
import { NotFound } from '../actions/refusal.ts'
import { VERDICTS } from '../domain/shutdown/judge.ts'
import { PLAN_STEPS } from '../domain/shutdown/plan-steps.ts'
import { firstLapse, lapsingFor } from '../http/lapses.ts'
import { comparisonFor } from '../http/plan-comparison.ts'
import { findThing } from '../store/places.ts'
import { findWholePlan, listPlans } from '../store/plans.ts'
import { listOverridden } from '../store/services.ts'
import { planHref } from './addresses.ts'
import { plannedDecider } from './decider-shapes.ts'
import { endpoint } from './endpoint.ts'
import { judgedWhole } from './judged.ts'
import { PAGING, paged, pageFrom, pageOf } from './pages.ts'
import { idIn } from './residual.ts'
import { day, named, number, soaking, text, WITHDRAWABLE, when } from './shapes.ts'
import { landscapeFile } from './shutdown.ts'
import { href } from './things.ts'

const plan = named(
  'Plan',
  z.object({
    id: number,
    version: number,
    ...WITHDRAWABLE,
    name: text,
    note: text.nullable(),
    madeOn: day,
    madeBy: text,
    revision: number,
    rulesVersion: text,
    hash: text.describe('Of its landscape'),
    href,
  }),
)

const later = number.nullable().describe('Days later than planned; negative: earlier; null: one is no day')
const unlessSeen = day
  .nullable()
  .describe(
    'Never, and no more so from this day if uses that were only seen are not seen again; null: held for good, or not for ever',
  )
const part = z.object({
  steps: z.array(z.enum(PLAN_STEPS)),
  from: when,
  to: when,
  days: later,
  direction: z.enum(['later', 'earlier']),
  decider: plannedDecider.nullable(),
  lost: z
    .object({ consumer: text, provider: text })
    .nullable()
    .describe('The use without which the decider, that still stands, does not hold it any more'),
  gone: text.nullable().describe('The service that went off and took the decider along'),
})
const fact = z.union([
  z.object({
    kind: z.literal('off'),
    since: day.nullable(),
    days: later,
    parts: z.array(part).describe('Why it moved until it went; the last says that it went then'),
  }),
  z.object({ kind: z.literal('gone') }),
  z.object({
    kind: z.literal('on'),
    verdict: z.enum(VERDICTS),
    plannedNow: when,
    unlessSeen,
    days: later,
    decider: plannedDecider.nullable(),
    afterwards: z
      .array(plannedDecider)
      .describe(
        'What sets the day after `unlessSeen`, if those uses are not seen again: the last re-pointing by who stays, and ' +
          'what is later still',
      ),
    soaking,
    parts: z.array(part).describe('Why it moved; where both days are known these add up'),
  }),
])
const lapsesOn = day
  .nullable()
  .describe('When the first of what the dates of today rest on ends before them; null: nothing does')
const override = text
  .nullable()
  .describe('Why it was switched off although something held it; null: it was not')
const row = named(
  'PlanRow',
  z
    .object({ service: text, wave: number.nullable(), planned: when, unlessSeen, fact, lapsesOn, override })
    .describe('Planned against fact'),
)
const settings = z.object({ soakDays: number, quietDays: number })

export const plans = endpoint({
  summary: 'The plans that were kept, the newest first, withdrawn ones too',
  query: z.strictObject(PAGING),
  answer: pageOf(plan),
  async act(asked, { query }) {
    const all = await listPlans(asked.context.db)
    const items = pageFrom(all, query).map(one => ({ ...one, href: planHref(one.id) }))
    return paged(asked, query, all.length, items)
  },
})

/** A plan against what became of it. */
export const planByItsId = endpoint({
  summary: 'One plan against what became of it: each service that was to go, and why its day moved',
  query: z.strictObject(PAGING),
  answer: z.object({
    ...plan.shape,
    asOf: day,
    rows: pageOf(row),
    added: z.array(text).describe('Services that are to go now and were not in the plan'),
    settings: z.object({ whenKept: settings, now: settings }),
  }),
  async act(asked, { path, query }) {
    const id = idIn(path.id!, 'plan')
    const found = await findThing(asked.context.db, 'plan', id)
    if (!found) throw new NotFound('plan', id)
    await judgedWhole(asked)
    const { rows, added, settings: both } = await comparisonFor(asked, id)
    const lapsing = await lapsingFor(asked)
    const overridden = await listOverridden(asked.context.db)
    const items = pageFrom(rows, query).map(one => ({
      ...one,
      lapsesOn: firstLapse(lapsing, [one.service]),
      override: overridden.get(one.service) ?? null,
    }))
    return {
      ...found,
      asOf: asked.today,
      href: planHref(id),
      rows: paged(asked, query, rows.length, items),
      added,
      settings: { whenKept: both[0], now: both[1] },
    }
  },
})

export const planLandscape = endpoint({
  summary: 'The landscape that a plan follows from, as `analyze` reads it',
  answer: landscapeFile,
  async act({ context }, { path }) {
    const id = idIn(path.id!, 'plan')
    const found = await findWholePlan(context.db, id)
    if (!found) throw new NotFound('plan', id)
    return { written: `${found.landscape}\n`, headers: { 'Last-Orders-Input-SHA256': found.hash } }
  },
})
