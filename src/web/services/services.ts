import { type Judgement, VERDICTS } from '../../domain/shutdown/judge.ts'
import { pageWith } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { type ServiceSearch, searchServices } from '../../http/service-search.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { listSystemNames } from '../../store/systems.ts'
import { sayIgnored } from '../ignored.ts'
import { pagesOf } from '../pages.ts'
import { verdictCounts } from '../shutdown/verdict-counts.ts'
import type { Answer, Visit } from '../visit.ts'
import { serviceRows } from './service-rows.ts'

const PAGE = 50

/** All services by key; what is asked for stands in the address. */
export async function services(visit: Visit): Promise<Answer> {
  const { t, language, request } = visit
  const { judgement } = await judgedFor(visit)
  const filter = filterOf(request.query, judgement)
  const found = await searchServices(visit.context.db, judgement, filter)
  const here = (settings: object) => pageWith('/services', { ...filter, ...settings })
  const pages = pagesOf(request.query.page, found.length, PAGE, page => here({ page }))
  const keys = found.slice(pages.offset, pages.offset + PAGE)
  const it = {
    filter,
    isFiltered: Object.keys(filter).length > 0,
    ignored: sayIgnored(visit, { verdict: filter.verdict, system: filter.system }),
    isEmpty: judgement.graph.ids.length === 0,
    verdicts: VERDICTS.map(value => ({
      value,
      label: t(`verdict.${value}`),
      isChosen: value === filter.verdict,
    })),
    systems: await systemChoice(visit, filter.system),
    counts: verdictCounts(visit, judgement),
    caption: t('services.caption', { count: found.length, number: sayNumber(language, found.length) }),
    rows: await serviceRows(visit, judgement, keys),
    pages,
    file: pageWith('/services.csv', filter),
  }
  return { view: 'services/index', title: t('nav.services'), section: 'services', it }
}

export function filterOf(query: Record<string, unknown>, { landscape }: Judgement): ServiceSearch {
  const verdict = VERDICTS.find(one => one === query.verdict)
  const [text, system, blocker] = [query.text, query.system, query.blocker].map(given =>
    typeof given === 'string' ? given.trim().slice(0, 300) : '',
  )
  const isSystem = landscape.systems.some(({ id }) => id === system)
  return {
    ...(text ? { text } : {}),
    ...(verdict ? { verdict } : {}),
    ...(system && isSystem ? { system } : {}),
    ...(blocker ? { blocker } : {}),
  }
}

/** A choice of systems while it is short enough to choose from; null where the key has to be typed. */
const CHOICE = 60

async function systemChoice({ context, language }: Visit, chosen: string | undefined) {
  const systems = await listSystemNames(context.db, CHOICE + 1)
  if (systems.length > CHOICE) return null
  return systems.map(system => ({
    value: system.key,
    label: sayName(language, system),
    isChosen: system.key === chosen,
  }))
}
