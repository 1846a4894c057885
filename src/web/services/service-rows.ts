import type { Day } from '../../domain/calendar.ts'
import { costOfMonth } from '../../domain/monthly-cost.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { findService, goingTogether, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { byWeight, sayBlockersAt } from '../../http/blockers/blocker-words.ts'
import { loadForecastDays } from '../../http/forecast-days.ts'
import { lapsingFor, sayLapse } from '../../http/lapses.ts'
import { saySoakingShortly, soakingsFor } from '../../http/soaking.ts'
import { closedUp, sayCost, sayName, sayNumber } from '../../http/words.ts'
import { listCostsOfServices } from '../../store/money.ts'
import { findServicesByKey, listServedSystems } from '../../store/services.ts'
import { groundsFor, isFreeToGo, sayDoubts } from '../rests-on.ts'
import type { Visit } from '../visit.ts'
import { sayServiceMoment } from '../when-words.ts'
import { sayKeys } from './service-headline.ts'

/** The rows of a table of services, for the keys of one page: a few queries however many rows. */
export async function serviceRows(visit: Visit, judgement: Judgement, keys: readonly string[]) {
  const { context, t, language, today } = visit
  const judged = keys.flatMap(key => findService(judgement, key) ?? [])
  const services = await findServicesByKey(context.db, keys)
  const ids = services.map(({ id }) => id)
  const byKey = new Map(services.map(service => [service.key, service]))
  const systems = Map.groupBy(await listServedSystems(context.db, ids), row => row.serviceId)
  const costs = Map.groupBy(await listCostsOfServices(context.db, ids), row => row.serviceId)
  const reasons = await firstReasons(visit, judged)
  const days = await loadForecastDays(context)
  const free = new Set(judged.filter(one => isFreeToGo(one.verdict)).map(one => one.id))
  const grounds = await groundsFor(
    visit,
    services.filter(({ key }) => free.has(key)),
  )
  const lapsing = await lapsingFor(visit)
  const soakings = await soakingsFor(visit)
  return judged.flatMap(one => {
    const service = byKey.get(one.id)
    if (!service) return []
    const cost = costOfMonth(costs.get(service.id) ?? [], today)
    return {
      key: service.key,
      name: service.name === service.key ? '' : service.name,
      href: servicePath(service.key),
      verdict: one.verdict,
      label: t(`verdict.${one.verdict}`),
      wave: one.wave === null ? '' : sayNumber(language, one.wave),
      earliest: one.verdict === 'OFF' ? null : sayServiceMoment(t, judgement, one, 'earliest', days),
      planned: one.verdict === 'OFF' ? null : sayServiceMoment(t, judgement, one, 'planned', days),
      off: one.verdict === 'OFF' ? sayOff(t, service.offSince) : null,
      offSince: service.offSince,
      reason: reasons.get(one.id) ?? '',
      together: sayTogether(visit, judgement, one),
      doubt: sayDoubts(visit, grounds.get(service.id) ?? []),
      soak: saySoakingShortly(t, soakings.get(one.id)),
      lapse: sayLapse(t, lapsing.get(one.id)),
      more: one.blockers.length > 1 ? t('services.moreReasons', { count: one.blockers.length - 1 }) : '',
      systems: (systems.get(service.id) ?? []).map(system => ({
        name: sayName(language, system),
        href: systemPath(system.key),
      })),
      cost: { text: sayCost(t, language, cost), isUnknown: cost.known.length === 0, ofMonth: cost },
      owner: service.owner ?? '',
    }
  })
}

function sayOff(t: Visit['t'], day: Day | null): string {
  return day ? t('services.offSince', { day }) : t('services.offUnknown')
}

/** Who else goes in the same step; null where it goes alone, or does not go. */
function sayTogether({ t }: Visit, judgement: Judgement, { id, verdict }: ServiceJudgement): string | null {
  const others = isFreeToGo(verdict) ? goingTogether(judgement, id).filter(key => key !== id) : []
  return others.length > 0 ? closedUp(t('services.together', { others: sayKeys(t, others) })) : null
}

/** What stays and uses it comes before all that would end by itself. */
function firstReason({ own, blockers, verdict }: ServiceJudgement) {
  const nearest = verdict === 'NEEDS_REPOINT' || own.length === 0 ? blockers : own
  return byWeight(nearest)[0]
}

/** The weightiest reason of each, its own before those of its consumers. */
async function firstReasons(visit: Visit, judged: readonly ServiceJudgement[]): Promise<Map<string, string>> {
  const firsts = judged.flatMap(one => {
    const first = firstReason(one)
    return first ? [{ one, blocker: first, service: one.id }] : []
  })
  const said = await sayBlockersAt(visit, firsts)
  return new Map(
    firsts.map(({ one, blocker }, at) => [
      one.id,
      one.verdict === 'KEEP' && blocker.kind === 'permanent' ? visit.t('services.stays') : said[at]!.text,
    ]),
  )
}
