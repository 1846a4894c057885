import { confirmNoConsumers } from '../../actions/no-consumers.ts'
import { bringBackService, shutDownService } from '../../actions/shutdowns.ts'
import { providersToBringBack } from '../../domain/shutdown/rollback.ts'
import { findService, goingTogether } from '../../domain/shutdown/service.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import type { Form } from '../form.ts'
import { askedText } from '../forms.ts'
import { restsOnOf } from '../rests-on.ts'
import type { Visit } from '../visit.ts'
import { getService } from './service-forms.ts'

/** The forms that switch a service off and on, and confirm that nobody calls it. */

export async function shutDownForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const service = await getService(visit)
  const { judgement } = await judgedFor(visit)
  const verdict = findService(judgement, service.key)?.verdict ?? 'BLOCKED'
  const others = goingTogether(judgement, service.key).filter(key => key !== service.key)
  const rests = await restsOnOf(visit, judgement, service.key, verdict)
  const values = { services: others.join(', '), count: others.length }
  return {
    heading: t('service.shutdown.heading', { name: service.name }),
    about: [
      t(`service.shutdown.about.${verdict}`),
      ...(others.length > 0 ? [t('service.shutdown.group', values)] : []),
    ].join(' '),
    notes: rests?.lines.map(({ text }) => text) ?? [],
    submit: t('service.shutdown.submit'),
    back: servicePath(service.key),
    section: 'services',
    version: service.version,
    fields: [
      { name: 'on', kind: 'day', isRequired: true, decides: { column: 'offSince' } },
      { name: 'reason', kind: 'long', decides: { column: 'offReason' } },
      ...(verdict === 'READY' || verdict === 'KEEP'
        ? []
        : [
            {
              name: 'overrideReason',
              kind: 'long',
              isRequired: true,
              decides: { column: 'overrideReason' },
            } as const,
          ]),
    ],
    values: { on: today },
    act: async typed => {
      await shutDownService(context, service.id, typed)
      return pageWith(servicePath(service.key), { done: 'off' })
    },
  }
}

export async function bringBackForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const service = await getService(visit)
  const { landscape } = await judgedFor(visit)
  const providers = providersToBringBack(landscape, service.key)
  const values = { services: providers.join(' → '), count: providers.length }
  return {
    heading: t('service.bringBack.heading', { name: service.name }),
    about: t(providers.length > 0 ? 'service.bringBack.providers' : 'service.bringBack.about', values),
    submit: t('service.bringBack.submit'),
    back: servicePath(service.key),
    section: 'services',
    version: service.version,
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await bringBackService(context, service.id, typed)
      return pageWith(servicePath(service.key), { done: 'on' })
    },
  }
}

export async function noConsumersForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const service = await getService(visit)
  return {
    heading: t('service.noConsumers.heading', { name: service.name }),
    about: t('service.noConsumers.about'),
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
      return pageWith(servicePath(service.key), { done: 'confirmed' })
    },
  }
}
