import { z } from 'zod'
import { NotFound } from '../actions/refusal.ts'
import type { Day } from '../domain/calendar.ts'
import { serviceForecast } from '../domain/forecast/joint.ts'
import { NEEDS, STRENGTHS } from '../domain/landscape.ts'
import { NO_CONSUMERS_GATE } from '../domain/register.ts'
import { savingsOfServices } from '../domain/savings.ts'
import { findBinding } from '../domain/shutdown/binding.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { blockerAt } from '../domain/shutdown/outside-holds.ts'
import {
  chainFromStaying,
  findService,
  goingTogether,
  type ServiceJudgement,
} from '../domain/shutdown/service.ts'
import { listStayingWays } from '../domain/shutdown/staying.ts'
import { listConsumers, listProviders } from '../domain/shutdown/uses-of-service.ts'
import { servicePath } from '../http/addresses.ts'
import { lapsesFor } from '../http/lapses.ts'
import { shutdownFacts } from '../http/shutdown-facts.ts'
import { hasSilentGate } from '../http/silent-gate.ts'
import { soakingsFor } from '../http/soaking.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import { listGates } from '../store/gates.ts'
import { listCosts } from '../store/money.ts'
import type { CostRow, GateRow, Service } from '../store/nouns.ts'
import { findService as findKept, listServedSystems } from '../store/services.ts'
import { inWords, rankedBlocker, saidBlocker, wayFromStaying, waysInJson } from './blocker-shapes.ts'
import { rankedWithMoney } from './blockers.ts'
import { binding } from './decider-shapes.ts'
import { type Asked, endpoint } from './endpoint.ts'
import { joint, jointOn } from './forecast-shapes.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { serviceItem, toServiceItem } from './services.ts'
import { day, named, number, stamp, text } from './shapes.ts'
import { cost, costsIn, gate, gatesOn, serviceSavings } from './things.ts'

const use = named(
  'Use',
  z.object({
    consumer: text,
    provider: text,
    isExternal: z.boolean().describe('Whether the consumer is somebody outside the estate'),
    standing: z
      .enum(['live', 'self', 'soft', 'waived', 'quiet'])
      .describe('Only `live` holds the provider back'),
    consumerState: z.enum(['on', 'off', 'unknown', 'external']),
    providerState: z.enum(['on', 'off', 'unknown']),
    strength: z.enum(STRENGTHS),
    needs: z.enum(NEEDS),
    declared: z.boolean(),
    lastSeen: day.nullable().describe('null: never seen'),
    quietDays: number.nullable(),
    until: day.nullable().describe('Day of the planned re-pointing'),
    overdueSince: day.nullable().describe('The same, when that day has come and it is still live'),
    quietOn: day
      .nullable()
      .describe('First day on which it counts as quiet; null while declared or never seen'),
  }),
)

/** One service: whether it can go, why not, who uses it, and since when that is known. */
export const service = endpoint({
  summary:
    'One service: verdict, dates, all that holds it with what ending that is worth, chain, uses, forecast',
  answer: z.object({
    ...serviceItem.omit({ blockers: true }).shape,
    stamp,
    own: z.array(text).describe('Ids of those that hold it itself'),
    blockers: z.array(saidBlocker).describe('All that holds it, itself or through whoever needs it'),
    ranked: z
      .array(rankedBlocker)
      .describe('The same, ranked by what ending each is worth; silences left out'),
    binding: binding.nullable(),
    group: z.array(text).describe('Everybody on a ring with it, itself included'),
    goingTogether: z.array(text).describe('Who goes off in one step with it, itself included'),
    distance: number.nullable().describe('Uses to the nearest service with a reason of its own'),
    chain: z.array(text).nullable().describe('A shortest way from such a service to this one'),
    chainFromStaying: z.array(text).nullable().describe('The same from a service that stays'),
    staying: wayFromStaying
      .nullable()
      .describe(
        'Who stays and holds it longest, by which way, and the planned end of that; never: it cannot go',
      ),
    stayingAll: z
      .array(wayFromStaying)
      .describe('Everybody who stays and holds it, each by the way that does so longest; at most 20'),
    stayingMore: number.describe('How many more stay and hold it'),
    consumers: z.array(use),
    providers: z.array(use),
    gates: z.array(gate).describe('Those that people keep'),
    silentGate: z
      .object({ key: text, kind: z.enum(['no_consumers']), standing: z.enum(['open']), confirm: text })
      .nullable()
      .describe(
        'The gate that the register itself keeps before a service of which no use says who needs it, and the page on ' +
          'which somebody confirms that no one calls it; null: there is none',
      ),
    costs: z.array(cost),
    savings: serviceSavings.nullable().describe('null while it is on'),
    forecast: joint.describe('When every system that it waits for is empty'),
  }),
  async act(asked, { path }) {
    const { db } = asked.context
    const found = await findKept(db, path.key!)
    const { judgement } = await judgedWhole(asked)
    const judged = found && findService(judgement, found.key)
    if (!judged) throw new NotFound('service', path.key!)
    const costs = await listCosts(db, { serviceId: found.id })
    const gates = await listGates(db, { serviceId: found.id })
    const systems = await listServedSystems(db, [found.id])
    const lapses = (await lapsesFor(asked))(found.key)
    const watched = (await soakingsFor(asked)).get(found.key)
    return {
      ...toServiceItem(asked.today, found, judged, { systems, costs, lapses, soaking: watched }),
      ...analysisOf(judgement, judged),
      own: judged.own.map(({ id }) => id),
      blockers: await inWords(asked, blockersHere(judgement, judged), found.key),
      stamp: await stampFor(asked),
      ranked: await rankedOf(asked, judged),
      gates: gatesOn(asked.today, gates),
      silentGate: silentGateOf(judgement, found.key, gates),
      costs: costsIn(costs),
      savings: savingsIn(asked.today, found, costs),
      forecast: await forecastOf(asked, judged),
    }
  },
})

function silentGateOf({ landscape }: Judgement, key: string, gates: readonly GateRow[]) {
  if (!hasSilentGate(landscape, key, gates)) return null
  const confirm = `${servicePath(key)}/no-consumers`
  return { key: NO_CONSUMERS_GATE, kind: 'no_consumers' as const, standing: 'open' as const, confirm }
}

function savingsIn(today: Day, { state, offSince }: Service, costs: readonly CostRow[]) {
  if (state === 'on') return null
  const standing = costs.filter(({ withdrawnOn }) => !withdrawnOn)
  return savingsOfServices([{ offSince, costs: standing }], today)
}

/** Each has to be looked for. */
const STAYING = 20

function analysisOf(judgement: Judgement, { id }: ServiceJudgement) {
  const { ways, more } = listStayingWays(judgement, [id], STAYING)
  const stayingAll = waysInJson(judgement, ways)
  return {
    staying: stayingAll[0] ?? null,
    stayingAll,
    stayingMore: more,
    binding: findBinding(judgement, id),
    goingTogether: goingTogether(judgement, id),
    chainFromStaying: chainFromStaying(judgement, id),
    consumers: listConsumers(judgement, id),
    providers: listProviders(judgement, id),
  }
}

/** With the days on which they hold this service no more. */
function blockersHere(judgement: Judgement, { id, blockers }: ServiceJudgement) {
  return blockers.map(blocker => blockerAt(judgement, blocker, id))
}

async function rankedOf(asked: Asked, { id, blockers }: ServiceJudgement) {
  const facts = await shutdownFacts(asked)
  const ids = new Set(blockers.map(({ id }) => id))
  const { judgement } = facts
  const ranked = facts.blockers
    .filter(number => ids.has(judgement.holds.blockers[number]!.id))
    .map(number => blockerAt(judgement, facts.tell(number), id))
  return rankedWithMoney(asked, ranked, id)
}

async function forecastOf({ context, today }: Asked, { blockers }: ServiceJudgement) {
  const keys = new Set(
    blockers.flatMap(({ kind, owner }) => (kind === 'residual' && 'system' in owner ? [owner.system] : [])),
  )
  const outlooks = [...(await loadEstateOutlook(context.db, today)).values()]
  const waits = outlooks.filter(({ system }) => keys.has(system.key))
  return jointOn(
    today,
    null,
    serviceForecast(waits.map(({ system, joint }) => ({ id: system.key, forecast: joint }))),
  )
}
