import { daysBetween } from '../../domain/calendar.ts'
import { costOfMonth, type MonthlyCost } from '../../domain/savings.ts'
import { STATUSES, type Status } from '../../domain/vocabulary.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { loadCostsOf } from '../../store/money.ts'
import {
  countSystems,
  listSystems,
  SYSTEM_SORTS,
  type SystemFilter,
  type SystemSort,
  type SystemState,
} from '../../store/systems.ts'
import { pageWith, systemPath } from '../addresses.ts'
import { drawSparkline } from '../charts/sparkline.ts'
import { sayOutlookChance, sayOutlookDates, sayOutlookWithin } from '../forecast/outlook-words.ts'
import { pagesOf } from '../pages.ts'
import type { Visit } from '../visit.ts'
import { sayMonthly, sayName, sayNumber, sayOpen } from '../words.ts'
import type { Tally } from './service-tally.ts'

const PAGE = 50

/** The table of systems: filters, order and page stand in the address. */
export async function systemTable(visit: Visit, tally: Tally) {
  const { context, t, request } = visit
  const filter = filterOf(request.query)
  const sort = SYSTEM_SORTS.find(one => one === request.query.sort) ?? 'register'
  const total = await countSystems(context.db, filter)
  const here = (settings: object) => pageWith('/', { ...filter, sort, ...settings })
  const pages = pagesOf(request.query.page, total, PAGE, page => here({ page }))
  const systems = await listSystems(context.db, filter, sort, { limit: PAGE, offset: pages.offset })
  const costs = await loadCostsOf(
    context.db,
    systems.map(({ id }) => id),
  )
  const costsOf = Map.groupBy(costs, cost => cost.systemId)
  const { outlooks } = await loadOutlookSoFar(context.db, visit.today)
  return {
    filter,
    statuses: STATUSES.map(value => ({
      value,
      label: t(`status.${value}`),
      isChosen: value === filter.status,
    })),
    isFiltered: Object.keys(filter).length > 0,
    heads: HEADS.map(head => ({
      ...head,
      label: t(`overview.head.${head.name}`),
      href: head.sort ? here({ sort: head.sort }) : null,
      isSorted: head.sort === sort,
    })),
    rows: systems.map(system => ({
      ...rowOf(visit, system, tally, costsOf.get(system.id) ?? []),
      ...forecastCells(visit, outlooks.get(system.id)),
    })),
    pages,
    total,
  }
}

const HEADS: readonly { name: string; sort?: SystemSort; isNumber?: true }[] = [
  { name: 'system', sort: 'name' },
  { name: 'status', sort: 'status' },
  { name: 'open', sort: 'open', isNumber: true },
  { name: 'course' },
  { name: 'forecast' },
  { name: 'target', sort: 'target' },
  { name: 'gates', isNumber: true },
  { name: 'services', isNumber: true },
  { name: 'cost', isNumber: true },
  { name: 'owner', sort: 'owner' },
  { name: 'age', sort: 'age', isNumber: true },
]

function filterOf(query: Record<string, unknown>): SystemFilter {
  const text = typeof query.text === 'string' ? query.text.trim().slice(0, 100) : ''
  const status = STATUSES.find(one => one === query.status)
  const owner = typeof query.owner === 'string' ? query.owner.trim().slice(0, 100) : ''
  return { ...(text ? { text } : {}), ...(status ? { status } : {}), ...(owner ? { owner } : {}) }
}

function rowOf(
  { t, language, today }: Visit,
  system: SystemState,
  tally: Tally,
  costs: readonly MonthlyCost[],
) {
  const own = tally.bySystem.get(system.key)
  const status = own && isReady(system, own.openGates) ? 'ready' : system.status
  const course = system.course.slice(-13)
  return {
    name: sayName(language, system),
    href: systemPath(system.key),
    status,
    statusLabel: t(`status.${status}`),
    open: system.openByUnit.map(one => sayOpen(t, language, one)),
    nothing: system.residualCount === 0 ? t('open.nothing') : null,
    isUnknown: system.residualCount === 0 || system.uncountedCount > 0,
    chart:
      course.length > 1
        ? drawSparkline(
            { key: system.key, label: sayName(language, system), readings: course },
            course[0]!.day,
            today,
            { language, t },
          )
        : null,
    target: system.targetOn ?? '',
    gates: own?.openGates ?? 0,
    services:
      own && own.services > 0
        ? t('overview.servicesReady', { ready: own.ready, services: own.services })
        : '',
    cost: sayMonthly(t, language, costOfMonth(costs, today).known),
    isCostKnown: costs.length > 0,
    owner: system.owner ?? '',
    age: system.oldestReadingOn
      ? t('age.days', { days: sayNumber(language, daysBetween(system.oldestReadingOn, today)) })
      : '',
    oldestOn: system.oldestReadingOn,
  }
}

function forecastCells(visit: Visit, outlook: Outlook | undefined) {
  if (!outlook) return { forecast: null, within: null, chance: null }
  const within = sayOutlookWithin(visit, outlook)
  return {
    forecast: sayOutlookDates(visit, outlook),
    within: within && visit.t('forecast.withinShort', { chance: within }),
    chance: sayOutlookChance(visit, outlook),
  }
}

/** Ready is derived: draining, every residual exactly 0, every gate closed. */
export function isReady(
  system: { status: Status; residualCount: number; unsettledCount: number },
  openGates: number,
): boolean {
  return (
    system.status === 'draining' && system.residualCount > 0 && system.unsettledCount === 0 && openGates === 0
  )
}
