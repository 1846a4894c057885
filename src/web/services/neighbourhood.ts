import type { Judgement } from '../../domain/shutdown/judge.ts'
import { type Neighbourhood, neighbourhoodOf } from '../../domain/shutdown/neighbourhood.ts'
import { findService } from '../../domain/shutdown/service.ts'
import { listOutsiders } from '../../domain/shutdown/uses-of-service.ts'
import { servicePath } from '../../http/addresses.ts'
import { type ForecastDays, loadForecastDays } from '../../http/forecast-days.ts'
import { judgedFor } from '../../http/judged.ts'
import { inOneLine, sayNumber } from '../../http/words.ts'
import { drawPicture } from '../drawing/picture.ts'
import { outlineOf } from '../drawing/shapes.ts'
import { stampOf } from '../shutdown/stamp.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayServiceMoment } from '../when-words.ts'
import { getService } from './service-forms.ts'

/** As large as fits into a line of the legend. */
const SAMPLE = { x: 18, y: 9, width: 32, height: 14 }
const DEPTH = 2
const MOST = 60
const MOST_OUTSIDE = 20

/** One service among its consumers and providers: a picture, and the same as a list. */
export async function neighbourhoodPage(visit: Visit): Promise<Answer> {
  const { t } = visit
  const { key } = await getService(visit)
  const { judgement } = await judgedFor(visit)
  const title = t('neighbourhood.title', { service: key })
  const it = {
    title,
    back: { href: servicePath(key), text: key },
    ...(await neighbourhoodParts(visit, judgement, key)),
    stamp: await stampOf(visit),
  }
  return { view: 'services/neighbourhood-page', title, section: 'services', it }
}

/** What the partial `services/neighbourhood` writes. */
async function neighbourhoodParts(visit: Visit, judgement: Judgement, key: string) {
  const { t, language } = visit
  const around = neighbourhoodOf(judgement, key, DEPTH, MOST)!
  const services = rowsOf(visit, judgement, {
    around,
    here: key,
    days: await loadForecastDays(visit.context),
  })
  const places = new Map(services.map(({ name }, at) => [name, at]))
  const outside = outsidersOf(judgement, places, key)
  const named = outside.slice(0, MOST_OUTSIDE)
  const rows = [...services, ...named.map(outsider => outsideRow(visit, outsider))]
  const edges = [
    ...around.edges.map(({ consumer, provider }) => edgeOf(consumer, places.get(consumer)!, provider)),
    ...named.flatMap(({ name, providers }, at) =>
      providers.map(provider => edgeOf(name, services.length + at, provider)),
    ),
  ]
  const count = { count: services.length - 1, number: sayNumber(language, services.length - 1) }
  const summary = t('neighbourhood.summary', { ...count, service: key })
  return {
    drawing: edges.length === 0 ? null : await drawPicture(rows, edges),
    isAlone: edges.length === 0,
    rows,
    summary,
    description: inOneLine(visit.language, [summary, t('neighbourhood.same')]),
    more: [
      ...sayLeft(visit, 'neighbourhood.more', around.left),
      ...sayLeft(visit, 'neighbourhood.moreOutside', outside.length - named.length),
    ],
    legend: [...new Map(rows.map(({ verdict, label }) => [verdict, label]))].map(([look, label]) => ({
      look,
      label,
      outline: outlineOf(look, SAMPLE),
    })),
  }

  function edgeOf(consumer: string, from: number, provider: string) {
    return { from, to: places.get(provider)!, title: `${consumer} → ${provider}` }
  }
}

function sayLeft({ t, language }: Visit, name: string, count: number): string[] {
  return count > 0 ? [t(name, { count, number: sayNumber(language, count) })] : []
}

type Around = { around: Neighbourhood; here: string; days: ForecastDays }

function rowsOf({ t, language }: Visit, judgement: Judgement, { around, here, days }: Around) {
  const uses = Map.groupBy(around.edges, edge => edge.consumer)
  return around.services.map(({ id, steps }) => {
    const service = findService(judgement, id)!
    const { verdict, wave } = service
    const label = t(`verdict.${verdict}`)
    const said = wave === null ? label : `${label} · ${t('neighbourhood.wave', { wave })}`
    return {
      name: id,
      href: id === here ? servicePath(id) : `${servicePath(id)}/neighbourhood`,
      verdict,
      label,
      title: `${id}: ${said}`,
      isHere: id === here,
      rank: wave,
      side: t(`neighbourhood.side.${sideOf(steps)}`, { steps: Math.abs(steps) }),
      wave: wave === null ? '' : sayNumber(language, wave),
      planned: verdict === 'OFF' ? null : sayServiceMoment(t, judgement, service, 'planned', days),
      calls: (uses.get(id) ?? []).map(({ provider }) => ({ text: provider, href: servicePath(provider) })),
    }
  })
}

type Outsider = { name: string; providers: string[] }

/** Who outside the estate uses some of the services that are shown; of the service in the middle come first. */
function outsidersOf(judgement: Judgement, shown: ReadonlyMap<string, number>, here: string): Outsider[] {
  const uses = listOutsiders(judgement)
    .map(({ name, service }) => ({ name, provider: judgement.graph.ids[service]! }))
    .filter(({ provider }) => shown.has(provider))
  const outsiders = Array.from(
    Map.groupBy(uses, ({ name }) => name),
    ([name, some]) => ({ name, providers: some.map(({ provider }) => provider) }),
  )
  return outsiders.sort((a, b) => Number(b.providers.includes(here)) - Number(a.providers.includes(here)))
}

function outsideRow({ t }: Visit, { name, providers }: Outsider) {
  const label = t('neighbourhood.side.external')
  return {
    name,
    href: null,
    verdict: 'OUTSIDE' as const,
    label,
    title: `${name}${t('open.separator')}${label}`,
    isHere: false,
    rank: null,
    side: label,
    wave: '',
    planned: null,
    calls: providers.map(provider => ({ text: provider, href: servicePath(provider) })),
  }
}

function sideOf(steps: number): string {
  if (steps === 0) return 'here'
  return `${steps < 0 ? 'consumer' : 'provider'}${Math.abs(steps) > 1 ? 'Further' : ''}`
}
