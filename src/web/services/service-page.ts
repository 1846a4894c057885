import { NotFound } from '../../actions/refusal.ts'
import { NO_CONSUMERS_GATE } from '../../domain/register.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { findService, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { listLiveConsumers } from '../../domain/shutdown/uses-of-service.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { loadForecastDays } from '../../http/forecast-days.ts'
import { judgedFor } from '../../http/judged.ts'
import { lapsingFor, sayLapse, sayLapses, undatedLapsingFor } from '../../http/lapses.ts'
import { saySoaking, soakingsFor } from '../../http/soaking.ts'
import { inOneLine } from '../../http/words.ts'
import { listGates } from '../../store/gates.ts'
import { listCosts } from '../../store/money.ts'
import type { Service } from '../../store/nouns.ts'
import { listServedSystems } from '../../store/services.ts'
import { doneOn } from '../change-done.ts'
import { shortHistory } from '../history/history.ts'
import { sayAfterOff } from '../overview/service-alarms.ts'
import { restsOnOf } from '../rests-on.ts'
import { sayRoleChange } from '../role-change.ts'
import { stampOf } from '../shutdown/stamp.ts'
import { serviceGateLines } from '../systems/gate-lines.ts'
import type { Answer, Visit } from '../visit.ts'
import { furtherOfService, withWhatIf } from '../what-if-links.ts'
import { costLines, factsOf } from './service-facts.ts'
import { forecastOfService } from './service-forecast.ts'
import { getService } from './service-forms.ts'
import { sayVerdict } from './service-headline.ts'
import { type Reasons, reasonsOf } from './service-reasons.ts'
import { usesOf } from './service-uses.ts'
import { trialsOf } from './trials.ts'

/** One service: whether it can go, why not, who uses it on what evidence, and its course. */
export async function servicePage(visit: Visit): Promise<Answer> {
  const { context, t } = visit
  const service = await getService(visit)
  const { judgement } = await judgedFor(visit)
  const found = findService(judgement, service.key)
  if (!found) throw new NotFound('service', service.key)
  const reasons = await reasonsOf(visit, judgement, service, found)
  const costs = await listCosts(context.db, { serviceId: service.id })
  const systems = await listServedSystems(context.db, [service.id])
  const roleChange = await sayRoleChange(visit, 'service', service.id)
  const path = servicePath(service.key)
  const gates = await serviceGateLines(visit, service, await listGates(context.db, { serviceId: service.id }))
  const isAsked = gates.some(({ id }) => id === NO_CONSUMERS_GATE)
  const confirmedOn = gates.find(({ confirms }) => confirms)?.confirms ?? null
  const { lapse, ...doubts } = await doubtsOf(visit, judgement, found)
  const it = {
    key: service.key,
    name: service.name,
    path,
    done: await doneOn(visit, { noun: 'service', id: service.id }),
    verdict: found.verdict,
    label: t(`verdict.${found.verdict}`),
    headline: sayVerdict(visit, judgement, service, found, firstOf(found, reasons)),
    alarms: found.verdict === 'OFF' ? sayAfterOff(visit, judgement, service.key) : [],
    ...doubts,
    steps: stepsOf(visit, service, found, doubts),
    reasons: {
      ...reasons,
      own: withWhatIf(judgement, reasons.own),
      others: withWhatIf(judgement, reasons.others),
      binding: sayBinding(visit, reasons.binding, doubts.lapses.said),
    },
    further: furtherOfService(visit, judgement, service.key),
    forecast: await forecastOfService(visit, judgement, found),
    chain: (found.chain ?? []).map(key => ({ key, href: servicePath(key), isHere: key === service.key })),
    facts: factsOf(visit, service, found, systems, {
      costs,
      roleChange,
      lapse,
      days: await loadForecastDays(context),
      judgement,
    }),
    uses: Object.values(await usesOf(visit, judgement, service, confirmedOn)),
    gates,
    mayConfirm: !isAsked && !confirmedOn && listLiveConsumers(judgement, service.key).length === 0,
    trials: await trialsOf(visit, service),
    costs: costLines(visit, costs),
    stamp: await stampOf(visit),
    history: await shortHistory(
      visit,
      { serviceId: service.id },
      pageWith('/history', { service: service.key }),
    ),
  }
  return { view: 'services/page', title: service.name, section: 'services', it }
}

/** What its verdict and its days rest on that may not last. */
async function doubtsOf(visit: Visit, judgement: Judgement, { id, verdict }: ServiceJudgement) {
  const { context, t } = visit
  const lapses = (await lapsingFor(visit)).get(id) ?? []
  const undated = (await undatedLapsingFor(visit)).get(id) ?? []
  return {
    rests: await restsOnOf(visit, judgement, id, verdict),
    soak: saySoaking(t, (await soakingsFor(visit)).get(id), context.config.SOAK_DAYS),
    lapse: sayLapse(t, lapses),
    lapses: {
      heading: t(undated.length > 0 ? 'lapse.headingStill' : 'lapse.heading'),
      said: await sayLapses(visit, [...lapses, ...undated]),
    },
  }
}

/** Ended today, nothing else is in the way; later, what is only waived is. */
function sayBinding({ t, language }: Visit, said: readonly string[], [text]: readonly string[]): string {
  return inOneLine(language, text && said.length > 0 ? [...said, t('lapse.binding', { text })] : said)
}

/** What stays and uses it comes before all that would end by itself. */
function firstOf({ verdict }: ServiceJudgement, { own, others }: Reasons) {
  return verdict === 'NEEDS_REPOINT' ? (others[0] ?? own[0]) : (own[0] ?? others[0])
}

/** What can be done to it now: switching it comes first where it is free to go and rests on nothing doubtful. */
function stepsOf(
  { t }: Visit,
  { key, state }: Service,
  { verdict }: ServiceJudgement,
  { rests, soak }: Pick<Awaited<ReturnType<typeof doubtsOf>>, 'rests' | 'soak'>,
) {
  const path = servicePath(key)
  const edit = { href: `${path}/edit`, label: t('form.edit'), look: '' }
  if (state === 'off')
    return [{ href: `${path}/bring-back`, label: t('service.bringBack.submit'), look: '' }, edit]
  if (verdict === 'KEEP') return [edit]
  const shutdown = { href: `${path}/shutdown`, label: t('service.shutdown.submit') }
  const isSound = verdict === 'READY' && !rests?.isWeak && soak === null
  return isSound ? [{ ...shutdown, look: 'primary' }, edit] : [edit, { ...shutdown, look: 'quiet' }]
}
