import { z } from 'zod'
import { NotFound } from '../actions/refusal.ts'
import type { Day } from '../domain/calendar.ts'
import { leakageOf, realisedSaving } from '../domain/savings.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { listEvents } from '../store/events.ts'
import { loadOutlooks } from '../store/forecasts.ts'
import { listGates } from '../store/gates.ts'
import { loadClosedIntakes } from '../store/intake.ts'
import { listCosts, listExpectedSavings } from '../store/money.ts'
import type { CostRow } from '../store/nouns.ts'
import { listResiduals } from '../store/residuals.ts'
import { findSystem, type SystemState } from '../store/systems.ts'
import { blockerItem, blockersOfSystem } from './blocker-shapes.ts'
import { type Asked, endpoint } from './endpoint.ts'
import { joint, jointOn } from './forecast-shapes.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { residual, residualOn } from './residual-shapes.ts'
import { day, KEPT, money, orUnknown, stamp, text, WITHDRAWABLE } from './shapes.ts'
import { systemItem, toSystemItem } from './systems.ts'
import { cost, costsIn, gate, gatesOn, monthlyCostOn } from './things.ts'

const EVENTS = 200

const event = z.object({
  ...KEPT,
  ...WITHDRAWABLE,
  day: day.describe('Ahead of today: planned, not yet so'),
  kind: text,
  title: text,
  fromStatus: text.nullable(),
  toStatus: text.nullable(),
})

const saving = z.object({
  ...KEPT,
  ...WITHDRAWABLE,
  kind: text,
  amount: money.nullable().describe('null: nobody said an amount'),
  personMonths: z.number().nullable(),
})

/** One system and everything that belongs to it. */
export const system = endpoint({
  summary: 'One system with its residuals, gates, costs, blockers, services and forecast',
  answer: z.object({
    ...systemItem.shape,
    stamp,
    intakeClosed: z
      .object({
        since: orUnknown(
          day,
          'The first day of its run-off, which a hold does not interrupt; null: nobody knows',
        ),
      })
      .nullable()
      .describe('A rise after that day is a leak; null: it takes new work, or may'),
    residuals: z.array(residual).describe('Its residuals, closed ones last'),
    gates: z.array(gate),
    costs: z.array(cost),
    expectedSavings: z.array(saving),
    savings: z
      .object({ realised: z.array(money), leakage: z.array(money) })
      .nullable()
      .describe(
        'What it no longer costs every month, and what is still paid for it; null unless it is retired',
      ),
    events: z.array(event).describe('The newest 200, oldest first'),
    blockers: z
      .array(blockerItem)
      .describe('What holds it today, as on its page; `services` are those that it holds themselves'),
    services: z.array(text).describe('Keys of the services that serve it'),
    forecast: joint,
  }),
  async act(asked, { path }) {
    const { db, config } = asked.context
    const found = await findSystem(db, path.key!)
    if (!found) throw new NotFound('system', path.key!)
    const of = { systemId: found.id }
    const costs = await listCosts(db, of)
    const residuals = await listResiduals(db, [found.id])
    return {
      ...toSystemItem(found),
      intakeClosed: (await loadClosedIntakes(db, [found])).get(found.id) ?? null,
      monthlyCost: monthlyCostOn(asked.today, costs),
      residuals: residuals.map(row => residualOn(asked.today, config.CADENCE_DAYS, row, found.status)),
      gates: gatesOn(asked.today, await listGates(db, of)),
      costs: costsIn(costs),
      expectedSavings: (await listExpectedSavings(db, found.id)).map(row => ({
        ...row,
        amount: row.amountFen === null ? null : { fen: row.amountFen, currency: row.currency },
      })),
      savings: savingsIn(asked.today, found, costs),
      events: await listEvents(db, of, EVENTS),
      ...(await judgedPart(asked, found)),
      forecast: await forecastOf(asked, found),
    }
  },
})

function savingsIn(today: Day, { status, statusOn }: SystemState, costs: readonly CostRow[]) {
  if (status !== 'retired') return null
  const costed = { status, statusOn, costs: costs.filter(({ withdrawnOn }) => !withdrawnOn) }
  return { realised: realisedSaving(costed, today), leakage: leakageOf(costed, today) }
}

async function judgedPart(asked: Asked, found: SystemState) {
  const { judgement } = await judgedWhole(asked)
  return {
    stamp: await stampFor(asked),
    blockers: await blockersOfSystem(asked, judgement, found),
    services: judgement.landscape.services
      .filter(({ systems }) => systems.includes(found.key))
      .map(({ id }) => id),
  }
}

async function forecastOf(
  { context, today }: Asked,
  { id, targetOn }: { id: number; targetOn: string | null },
) {
  const { factor } = await loadWidening(context.db, today)
  const [outlook] = await loadOutlooks(context.db, [id], today, factor)
  return jointOn(today, targetOn, outlook!.joint)
}
