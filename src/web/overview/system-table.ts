import type { Day } from '../../domain/calendar.ts'
import { isReady } from '../../domain/lifecycle.ts'
import { costOfMonth, type MonthlyCost } from '../../domain/monthly-cost.ts'
import { isTargetMissed } from '../../domain/targets.ts'
import { STATUSES, UNITS } from '../../domain/vocabulary.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayAge, sayCost, sayName, sayNothing, sayOpen } from '../../http/words.ts'
import { listClosings } from '../../store/closed-with-rest.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { loadCostsOfSystems } from '../../store/money.ts'
import {
  countSystems,
  listSystems,
  SYSTEM_SORTS,
  type SystemFilter,
  type SystemSort,
  type SystemState,
} from '../../store/systems.ts'
import { askedRange } from '../charts/ranges.ts'
import { sayOutlookChance, sayOutlookIfSo } from '../forecast/outlook-words.ts'
import { sayIgnored } from '../ignored.ts'
import { pagesOf } from '../pages.ts'
import type { Visit } from '../visit.ts'
import { courseLine } from './course-line.ts'
import { loadOpenGates, type SystemTally, type Tally } from './service-tally.ts'

const PAGE = 50

/** The table of systems: filters, order and page stand in the address. */
export async function systemTable(visit: Visit, tally: Tally) {
  const { context, t, request } = visit
  const filter = filterOf(request.query)
  const askedSort = SYSTEM_SORTS.find(one => one === request.query.sort)
  const sort = askedSort ?? 'register'
  const total = await countSystems(context.db, filter)
  const here = (settings: object) => pageWith('/', { ...filter, sort, ...settings })
  const pages = pagesOf(request.query.page, total, PAGE, page => here({ page }))
  const systems = await listSystems(context.db, filter, sort, { limit: PAGE, offset: pages.offset })
  return {
    filter,
    statuses: STATUSES.map(value => ({
      value,
      label: t(`status.${value}`),
      isChosen: value === filter.status,
    })),
    isFiltered: Object.keys(filter).length > 0,
    ignored: sayIgnored(visit, {
      status: filter.status,
      unit: UNITS.find(one => one === request.query.unit),
      sort: askedSort,
      range: askedRange(request.query),
    }),
    heads: HEADS.map(head => ({
      ...head,
      labels: head.sorts.map(([name, by]) => ({
        text: t(`overview.head.${name}`),
        href: by ? here({ sort: by }) : null,
        isSorted: by === sort,
      })),
      isSorted: head.sorts.some(([, by]) => by === sort),
    })),
    rows: await systemRows(visit, tally, systems),
    file: pageWith('/systems.csv', { ...filter, sort: askedSort }),
    pages,
    total,
  }
}

/** All systems that the address asks for, in its order, and what it asks for. */
export async function listAsked({ context, request }: Visit) {
  const sort = SYSTEM_SORTS.find(one => one === request.query.sort)
  const filter = filterOf(request.query)
  const limit = await countSystems(context.db, filter)
  const systems = await listSystems(context.db, filter, sort ?? 'register', { limit, offset: 0 })
  return { systems, filters: { ...filter, sort } }
}

export async function systemRows(visit: Visit, tally: Tally, systems: readonly SystemState[]) {
  const { db } = visit.context
  const ids = systems.map(({ id }) => id)
  const costs = await loadCostsOfSystems(db, ids)
  const closings = await listClosings(db, ids)
  const costsOf = Map.groupBy(costs, cost => cost.systemId)
  const { outlooks } = await loadOutlookSoFar(db, visit.today)
  const gates = await loadOpenGates(
    visit,
    systems.map(({ key }) => key),
  )
  return systems.map(system => ({
    ...rowOf(visit, system, costsOf.get(system.id) ?? [], {
      gates: gates.get(system.key),
      services: tally.bySystem.get(system.key),
      closings: closings.get(system.id) ?? [],
    }),
    ...forecastCells(visit, outlooks.get(system.id)),
  }))
}

/** Two things that are read together share a column; each keeps its order. */
const HEADS: readonly { sorts: readonly (readonly [name: string, by?: SystemSort])[]; isNumber?: true }[] = [
  {
    sorts: [
      ['system', 'name'],
      ['owner', 'owner'],
    ],
  },
  { sorts: [['status', 'status']] },
  {
    sorts: [
      ['open', 'open'],
      ['age', 'age'],
    ],
    isNumber: true,
  },
  { sorts: [['course']] },
  { sorts: [['within'], ['target', 'target']] },
  { sorts: [['gates']], isNumber: true },
  { sorts: [['services']], isNumber: true },
  { sorts: [['cost']], isNumber: true },
]

function filterOf(query: Record<string, unknown>): SystemFilter {
  const text = typeof query.text === 'string' ? query.text.trim().slice(0, 100) : ''
  const status = STATUSES.find(one => one === query.status)
  const owner = typeof query.owner === 'string' ? query.owner.trim().slice(0, 100) : ''
  return { ...(text ? { text } : {}), ...(status ? { status } : {}), ...(owner ? { owner } : {}) }
}

type Beside = { gates: number | undefined; services: SystemTally | undefined; closings: readonly Day[] }

function rowOf(visit: Visit, system: SystemState, costs: readonly MonthlyCost[], beside: Beside) {
  const { t, language, today } = visit
  const { gates, services, closings } = beside
  const ofMonth = costOfMonth(costs, today)
  const status = gates !== undefined && isReady(system, gates) ? 'ready' : system.status
  return {
    key: system.key,
    name: sayName(language, system),
    href: systemPath(system.key),
    status,
    statusLabel: t(`status.${status}`),
    stays: system.role === 'stay' ? t('systemRole.stay') : null,
    override: status === 'retired' ? system.overrideReason : null,
    open: system.openByUnit.map(one => sayOpen(t, language, one)),
    nothing: sayNothing(t, system),
    isUnknown: system.residualCount === 0 || system.uncountedCount > 0,
    chart: courseLine(visit, system, { points: system.course.slice(-13), closings }),
    target: sayTarget(visit, system),
    targetOn: system.targetOn,
    gates: gates ?? 0,
    services: services ? sayServices(visit, status, services) : '',
    cost: sayCost(t, language, ofMonth),
    ofMonth,
    isCostKnown: costs.length > 0,
    owner: system.owner ?? '',
    age: system.oldestReadingOn
      ? t('overview.oldest', { age: sayAge(t, language, system.oldestReadingOn, today) })
      : '',
    oldestOn: system.oldestReadingOn,
  }
}

function sayTarget({ t, today }: Visit, system: SystemState) {
  if (system.targetOn === null) return null
  const text = t('overview.targetOn', { day: system.targetOn })
  return { text, missed: isTargetMissed(system, today) ? t('overview.missed') : null }
}

/** Of what has gone only counts what still runs, and what stays has nothing to go. */
function sayServices({ t }: Visit, status: string, tally: SystemTally): string {
  if (status === 'cancelled') return t('overview.servicesStay')
  if (status !== 'retired' && tally.on > 0)
    return t(`overview.servicesReady${tally.on < tally.services ? 'Off' : ''}`, {
      ...tally,
      off: tally.services - tally.on,
    })
  return tally.on > 0 ? t('overview.servicesStillOn', { count: tally.on }) : t('overview.servicesOff')
}

function forecastCells(visit: Visit, outlook: Outlook | undefined) {
  if (!outlook) return { forecast: null, within: null, chance: null }
  return { ...sayOutlookIfSo(visit, outlook), chance: sayOutlookChance(visit, outlook) }
}
