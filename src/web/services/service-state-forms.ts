import { confirmNoConsumers } from '../../actions/no-consumers.ts'
import { NotFound } from '../../actions/refusal.ts'
import { bringBackService, shutDownService } from '../../actions/shutdowns.ts'
import type { Landscape } from '../../domain/landscape.ts'
import { isInForce } from '../../domain/monthly-cost.ts'
import type { Verdict } from '../../domain/shutdown/judge.ts'
import { providersToBringBack, ringToBringBack } from '../../domain/shutdown/rollback.ts'
import { findService, goingTogether } from '../../domain/shutdown/service.ts'
import { servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { saySoaking, soakingsFor } from '../../http/soaking.ts'
import { listCostsOfServices } from '../../store/money.ts'
import type { Service } from '../../store/nouns.ts'
import type { Field, Form, Note } from '../form.ts'
import { askedText } from '../forms.ts'
import { restsOnOf } from '../rests-on.ts'
import { bodyOf, type Visit } from '../visit.ts'
import { overriddenBy } from './overridden.ts'
import { getService } from './service-forms.ts'
import { whyNotConfirmed } from './why-not-confirmed.ts'

/** The forms that switch a service off and on, and confirm that nobody calls it. */

export async function shutDownForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const service = await getService(visit)
  const { judgement } = await judgedFor(visit)
  const found = findService(judgement, service.key)
  if (!found) throw new NotFound('service', service.key)
  const { verdict } = found
  const others = goingTogether(judgement, service.key).filter(key => key !== service.key)
  const rests = await restsOnOf(visit, judgement, service.key, verdict)
  const soaking = (await soakingsFor(visit)).get(service.key)
  const soak = saySoaking(t, soaking, context.config.SOAK_DAYS)
  const values = { services: others.join(t('service.headline.comma')), count: others.length }
  return {
    heading: t('service.shutdown.heading', { name: service.name }),
    about: t(`service.shutdown.about.${verdict}`),
    notes: [
      ...(others.length > 0 ? [t('service.shutdown.group', values)] : []),
      ...(soak ? [{ text: soak, isWeak: true, next: null }] : []),
      ...(await overriddenBy(visit, judgement, service, found)),
    ],
    rests,
    ...whyNotShutDown(visit, service, verdict),
    submit: t('service.shutdown.submit'),
    confirm: t('service.shutdown.confirm'),
    back: servicePath(service.key),
    section: 'services',
    version: service.version,
    fields: [
      { name: 'on', kind: 'day', isRequired: true, decides: { column: 'offSince' } },
      ...reasonFields(visit, verdict),
    ],
    values: { on: today },
    act: async typed => {
      await shutDownService(context, service.id, typed)
      return servicePath(service.key)
    },
  }
}

/** One reason is enough: why it goes, or why it goes although it is not ready. What was typed before that changed stays. */
function reasonFields({ request }: Visit, verdict: Verdict): Field[] {
  const reason: Field = { name: 'reason', kind: 'long', decides: { column: 'offReason' } }
  if (verdict === 'READY' || verdict === 'KEEP') return [reason]
  return [
    { name: 'overrideReason', kind: 'long', isRequired: true, decides: { column: 'overrideReason' } },
    ...(bodyOf(request).reason ? [reason] : []),
  ]
}

/** What is off already, and what stays, is not switched off. */
function whyNotShutDown({ t }: Visit, { key }: Service, verdict: Verdict): Pick<Form, 'instead'> {
  if (verdict !== 'OFF' && verdict !== 'KEEP') return {}
  const path = servicePath(key)
  const way =
    verdict === 'OFF'
      ? { text: t('service.bringBack.submit'), href: `${path}/bring-back` }
      : { text: t('form.edit'), href: `${path}/edit` }
  return { instead: { text: t(`service.shutdown.about.${verdict}`), ways: [way] } }
}

export async function bringBackForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const service = await getService(visit)
  const { landscape } = await judgedFor(visit)
  return {
    heading: t('service.bringBack.heading', { name: service.name }),
    ...wayBack(visit, landscape, service.key),
    notes: await endedCosts(visit, service),
    ...(service.state === 'on' && { instead: { text: t('service.bringBack.isOn') } }),
    submit: t('service.bringBack.submit'),
    confirm: t('service.bringBack.confirm'),
    back: servicePath(service.key),
    section: 'services',
    version: service.version,
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await bringBackService(context, service.id, typed)
      return servicePath(service.key)
    },
  }
}

/** What to switch on before; the ring that it belongs to comes back with it, in the last step. */
function wayBack({ t }: Visit, landscape: Landscape, name: string): Pick<Form, 'about' | 'steps'> {
  const said = (keys: readonly string[]) => keys.join(t('service.headline.comma'))
  const ring = ringToBringBack(landscape, name)
  const groups = providersToBringBack(landscape, name).slice(0, ring.length > 0 ? -1 : undefined)
  const together = ring.length > 0 ? [t('service.bringBack.ring', { name, services: said(ring) })] : []
  if (groups.length === 0) return { about: together[0] ?? t('service.bringBack.about') }
  const steps = groups.map(members =>
    members.length > 1 ? t('service.bringBack.together', { services: said(members) }) : said(members),
  )
  return { about: t('service.bringBack.providers'), steps: [...steps, ...together] }
}

/** What was recorded as no longer paid stays so until somebody says what it costs again. */
async function endedCosts(
  { context, t, today }: Visit,
  { id, key }: Service & { id: number },
): Promise<Note[]> {
  const costs = await listCostsOfServices(context.db, [id])
  const ended = costs.filter(cost => cost.amountFen === 0 && cost.fromOn && isInForce(costs, cost, today))
  if (ended.length === 0) return []
  const next = { text: t('service.cost.add'), href: `${servicePath(key)}/costs/new` }
  const kinds = ended.map(({ kind, fromOn }) =>
    t('service.bringBack.ended', { kind: t(`costKind.${kind}`), day: fromOn }),
  )
  const values = { kinds: kinds.join(t('service.headline.comma')) }
  return [{ text: t('service.bringBack.costs', values), isWeak: true, next }]
}

export async function noConsumersForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const service = await getService(visit)
  return {
    heading: t('service.noConsumers.heading', { name: service.name }),
    about: t('service.noConsumers.about'),
    ...(await whyNotConfirmed(visit, service)),
    submit: t('service.noConsumers.submit'),
    back: servicePath(service.key),
    section: 'services',
    fields: [
      { name: 'evidence', kind: 'long', isRequired: true, hint: 'service.noConsumers.hint' },
      { name: 'evidenceExpiresOn', kind: 'day' },
    ],
    values: { evidence: askedText(visit, 'evidence') },
    act: async typed => {
      await confirmNoConsumers(context, service.id, typed)
      return servicePath(service.key)
    },
  }
}
