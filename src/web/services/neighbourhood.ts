import type { Judgement } from '../../domain/shutdown/judge.ts'
import { type Neighbourhood, neighbourhoodOf } from '../../domain/shutdown/neighbourhood.ts'
import { findService } from '../../domain/shutdown/service.ts'
import { servicePath } from '../../http/addresses.ts'
import { type ForecastDays, loadForecastDays } from '../../http/forecast-days.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayNumber } from '../../http/words.ts'
import { drawPicture } from '../drawing/picture.ts'
import { stampOf } from '../shutdown/stamp.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayServiceMoment } from '../when-words.ts'
import { getService } from './service-forms.ts'

const DEPTH = 2
const MOST = 60

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
  const rows = rowsOf(visit, judgement, { around, here: key, days: await loadForecastDays(visit.context) })
  const places = new Map(rows.map(({ name }, at) => [name, at]))
  const picture =
    around.edges.length === 0
      ? null
      : await drawPicture(
          rows,
          around.edges.map(({ consumer, provider }) => ({
            from: places.get(consumer)!,
            to: places.get(provider)!,
            title: `${consumer} → ${provider}`,
          })),
        )
  const count = { count: rows.length - 1, number: sayNumber(language, rows.length - 1) }
  return {
    drawing: picture,
    isAlone: around.edges.length === 0,
    rows,
    summary: t('neighbourhood.summary', { ...count, service: key }),
    more:
      around.left > 0
        ? t('neighbourhood.more', { count: around.left, number: sayNumber(language, around.left) })
        : null,
    legend: [...new Set(rows.map(({ verdict }) => verdict))].map(verdict => ({
      verdict,
      label: t(`verdict.${verdict}`),
    })),
  }
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
      planned: verdict === 'OFF' ? null : sayServiceMoment(t, service, 'planned', days),
      calls: (uses.get(id) ?? []).map(({ provider }) => ({ text: provider, href: servicePath(provider) })),
    }
  })
}

function sideOf(steps: number): string {
  if (steps === 0) return 'here'
  return `${steps < 0 ? 'consumer' : 'provider'}${Math.abs(steps) > 1 ? 'Further' : ''}`
}
