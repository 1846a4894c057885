import { z } from 'zod'
import { optionalName, optionalOneOf } from '../actions/input.ts'
import { SYSTEM_ROLES } from '../domain/landscape.ts'
import { costOfMonth } from '../domain/monthly-cost.ts'
import { STATUSES, UNITS } from '../domain/vocabulary.ts'
import { loadCostsOfSystems } from '../store/money.ts'
import {
  countSystems,
  listSystems,
  SYSTEM_SORTS,
  type SystemFilter,
  type SystemState,
} from '../store/systems.ts'
import { systemHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { PAGING, pageAsked, paged, pageOf } from './pages.ts'
import { day, KEPT, named, number, orUnknown, text } from './shapes.ts'
import { href, monthlyCost } from './things.ts'

const openInUnit = named(
  'OpenInUnit',
  z
    .object({
      unit: z.enum(UNITS),
      counted: number.describe('Sum of the exact and approximate counts'),
      atLeast: number.describe('Sum of the lower bounds, which is never added to `counted`'),
      bounds: number.describe('How many lower bounds there are'),
      abouts: number.describe('How many counts are approximate'),
      uncounted: number.describe('Residuals that nobody has counted: unknown, not 0'),
    })
    .describe('What is open of one unit'),
)

export const systemItem = named(
  'System',
  z.object({
    ...KEPT,
    key: text,
    name: text,
    nameEn: text.nullable(),
    role: z.enum(SYSTEM_ROLES),
    status: z.enum(STATUSES),
    statusOn: day.nullable(),
    statusReason: text.nullable(),
    reviewOn: day.nullable(),
    overrideReason: text.nullable(),
    replacement: text.nullable(),
    owner: text.nullable(),
    targetOn: day.nullable(),
    openByUnit: z.array(openInUnit),
    residualCount: number.describe('How many residuals are open; 0: nobody says what remains'),
    closedCount: number.describe('How many residuals were closed'),
    uncountedCount: number,
    unsettledCount: number.describe('Residuals not known to be zero'),
    unknown: z
      .enum(['no_residuals', 'all_residuals_closed', 'uncounted'])
      .nullable()
      .describe('Why nobody can say how much is open in all'),
    oldestReadingOn: orUnknown(day, 'Day of the oldest of the newest counts; null: nothing was counted'),
    monthlyCost,
    href,
  }),
)

export function toSystemItem(system: SystemState) {
  return { ...system, unknown: whyUnknown(system), href: systemHref(system.key) }
}

function whyUnknown({ residualCount, closedCount, uncountedCount }: SystemState) {
  if (residualCount === 0)
    return closedCount > 0 ? ('all_residuals_closed' as const) : ('no_residuals' as const)
  return uncountedCount > 0 ? ('uncounted' as const) : null
}

/** The same filters as on the overview. */
export const SYSTEM_FILTER = {
  text: optionalName().meta({ type: 'string', description: 'Part of the key or the name' }),
  status: optionalOneOf(STATUSES).meta({ type: 'string', enum: [...STATUSES] }),
  owner: optionalName().meta({ type: 'string' }),
}

type AskedFilter = { text: string | null; status: SystemFilter['status'] | null; owner: string | null }

export function systemFilter({ text, status, owner }: AskedFilter): SystemFilter {
  return { ...(text && { text }), ...(status && { status }), ...(owner && { owner }) }
}

export const systems = endpoint({
  summary: 'All systems, a page at a time',
  query: z.strictObject({
    ...PAGING,
    ...SYSTEM_FILTER,
    sort: optionalOneOf(SYSTEM_SORTS).meta({ type: 'string', enum: [...SYSTEM_SORTS] }),
  }),
  answer: pageOf(systemItem),
  async act(asked, { query }) {
    const { db } = asked.context
    const filter = systemFilter(query)
    const found = await listSystems(db, filter, query.sort ?? 'register', pageAsked(query))
    const ids = found.map(({ id }) => id)
    const costsOf = Map.groupBy(await loadCostsOfSystems(db, ids), cost => cost.systemId)
    const items = found.map(system => ({
      ...toSystemItem(system),
      monthlyCost: costOfMonth(costsOf.get(system.id) ?? [], asked.today),
    }))
    return paged(asked, query, await countSystems(db, filter), items)
  },
})
