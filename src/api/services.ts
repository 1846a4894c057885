import { z } from 'zod'
import { optionalName, optionalOneOf, optionalText } from '../actions/input.ts'
import type { Day } from '../domain/calendar.ts'
import { SERVICE_ROLES } from '../domain/landscape.ts'
import type { Lapse } from '../domain/lapses.ts'
import { VERDICTS } from '../domain/shutdown/judge.ts'
import { findService, type ServiceJudgement } from '../domain/shutdown/service.ts'
import type { Soaking } from '../domain/shutdown/soaking.ts'
import { lapsesFor } from '../http/lapses.ts'
import { searchServices } from '../http/service-search.ts'
import { soakingsFor } from '../http/soaking.ts'
import { listCostsOfServices, loadServiceSavings } from '../store/money.ts'
import type { CostRow, Service } from '../store/nouns.ts'
import { findServicesByKey, listServedSystems } from '../store/services.ts'
import { serviceHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { PAGING, paged, pageFrom, pageOf } from './pages.ts'
import { day, KEPT, named, number, soaking, stamp, text, when } from './shapes.ts'
import { href, monthlyCost, monthlyCostOn, serviceSavings } from './things.ts'

export const verdict = z
  .enum(VERDICTS)
  .describe(
    'READY: can be switched off now; FREE: can go after consumers that still run; NEEDS_REPOINT: somebody who ' +
      'stays still uses it; BLOCKED: something else holds it; KEEP: stays; OFF: is off',
  )

export const lapse = named(
  'Lapse',
  z.object({
    until: day.describe('The day from which it holds again'),
    by: z.enum(['waiver', 'evidence']),
    what: text.describe('What then holds again: the id of a blocker, or a use as `consumer>provider`'),
    end: day.nullable().describe('When that is to end; null: nobody said'),
  }),
)

export const serviceItem = named(
  'Service',
  z.object({
    ...KEPT,
    key: text,
    name: text,
    role: z.enum(SERVICE_ROLES).nullable().describe('null: nobody said what is to become of it'),
    state: z.enum(['on', 'off']),
    offSince: day.nullable(),
    offReason: text.nullable(),
    overrideReason: text.nullable(),
    owner: text.nullable(),
    systems: z.array(text).describe('Keys of the systems that it serves'),
    monthlyCost,
    verdict,
    wave: number.nullable().describe('1 is now; null unless READY or FREE'),
    earliest: when.nullable().describe('First day on which nothing holds it; null when off'),
    planned: when.nullable().describe('The same with quiet days between one group and the next'),
    soaking,
    lapses: z
      .array(lapse)
      .describe(
        'Waivers and evidence that one of these dates rests on and that end before it; without a date, those that end while it waits',
      ),
    blockers: z.array(text).describe('Ids of all that holds it, itself or through whoever needs it'),
    href,
  }),
)

type Beside = {
  systems: readonly { key: string }[]
  costs: readonly CostRow[]
  lapses: readonly Lapse[]
  soaking: Soaking | undefined
}

export function toServiceItem(today: Day, service: Service, judged: ServiceJudgement, beside: Beside) {
  return {
    ...service,
    ...judged,
    id: service.id,
    systems: beside.systems.map(({ key }) => key),
    monthlyCost: monthlyCostOn(today, beside.costs),
    soaking: beside.soaking ?? null,
    lapses: lapsesIn(beside.lapses),
    blockers: judged.blockers.map(({ id }) => id),
    href: serviceHref(service.key),
  }
}

export function lapsesIn(lapses: readonly Lapse[]): z.infer<typeof lapse>[] {
  return lapses.map(({ until, by, end, held }) => ({ until, by, end, what: whatOf(held) }))
}

function whatOf(held: Lapse['held']): string {
  return held.kind === 'use' ? `${held.consumer}>${held.provider}` : held.reason.id
}

/** All services by key, with the filters of their page. */
export const services = endpoint({
  summary: 'All services with their verdicts, a page at a time',
  query: z.strictObject({
    ...PAGING,
    text: optionalName().meta({ type: 'string', description: 'Part of the key or the name' }),
    verdict: optionalOneOf(VERDICTS).meta({ type: 'string', enum: [...VERDICTS] }),
    system: optionalName().meta({ type: 'string', description: 'Key of a system that it serves' }),
    blocker: optionalText(1000).meta({ type: 'string', description: 'Id of a blocker that holds it' }),
  }),
  answer: pageOf(serviceItem).extend({
    savings: serviceSavings.describe('Of all services that are off, whatever the filter'),
    stamp,
  }),
  async act(asked, { query }) {
    const { db } = asked.context
    const { judgement } = await judgedWhole(asked)
    const { text, verdict, system, blocker } = query
    const search = {
      ...(text && { text }),
      ...(verdict && { verdict }),
      ...(system && { system }),
      ...(blocker && { blocker }),
    }
    const keys = await searchServices(db, judgement, search)
    const onPage = pageFrom(keys, query)
    const found = await findServicesByKey(db, onPage)
    const ids = found.map(({ id }) => id)
    const systems = Map.groupBy(await listServedSystems(db, ids), row => row.serviceId)
    const costs = Map.groupBy(await listCostsOfServices(db, ids), row => row.serviceId)
    const lapsesOf = await lapsesFor(asked)
    const soakings = await soakingsFor(asked)
    const items = found.map(service =>
      toServiceItem(asked.today, service, findService(judgement, service.key)!, {
        systems: systems.get(service.id) ?? [],
        costs: costs.get(service.id) ?? [],
        lapses: lapsesOf(service.key),
        soaking: soakings.get(service.key),
      }),
    )
    const inOrder = items.sort((a, b) => onPage.indexOf(a.key) - onPage.indexOf(b.key))
    return {
      ...paged(asked, query, keys.length, inOrder),
      savings: await loadServiceSavings(db, asked.today),
      stamp: await stampFor(asked),
    }
  },
})
