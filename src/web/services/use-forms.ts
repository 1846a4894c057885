import { InputRefused, NotFound } from '../../actions/refusal.ts'
import { createDependency, createExternal, editUse, type UseNoun } from '../../actions/uses.ts'
import { NEEDS, STRENGTHS } from '../../domain/landscape.ts'
import { servicePath } from '../../http/addresses.ts'
import type { Translate } from '../../http/languages.ts'
import { findThing } from '../../store/places.ts'
import { countServices, listServices } from '../../store/services.ts'
import { codes, type Field, type Form } from '../form.ts'
import { findSubject } from '../subjects.ts'
import type { Visit } from '../visit.ts'
import { idOf } from '../withdrawal-forms.ts'
import { whyWithdrawn } from '../withdrawn.ts'
import { getService } from './service-forms.ts'

/** The forms that record who uses a service, whom it uses, and what is known of it. */

export async function createConsumerForm(visit: Visit): Promise<Form> {
  const { key } = await getService(visit)
  return newUse(visit, key, {
    heading: visit.t('use.addConsumer', { key }),
    otherEnd: await serviceField(visit, 'consumer'),
    create: typed => atTypedEnd('consumer', createDependency(visit.context, { ...typed, provider: key })),
  })
}

export async function createProviderForm(visit: Visit): Promise<Form> {
  const { key } = await getService(visit)
  return newUse(visit, key, {
    heading: visit.t('use.addProvider', { key }),
    otherEnd: await serviceField(visit, 'provider'),
    create: typed => atTypedEnd('provider', createDependency(visit.context, { ...typed, consumer: key })),
  })
}

export async function createExternalForm(visit: Visit): Promise<Form> {
  const { key } = await getService(visit)
  return newUse(visit, key, {
    heading: visit.t('use.addExternal', { key }),
    otherEnd: { name: 'name', kind: 'text', isRequired: true, hint: 'use.externalHint' },
    create: typed => createExternal(visit.context, { ...typed, provider: key }),
  })
}

export function editUseForm(noun: UseNoun): (visit: Visit) => Promise<Form> {
  return async visit => {
    const { t, context } = visit
    const id = idOf(visit, noun)
    const { label, back } = await findSubject(visit, noun, id)
    const use = await findThing(context.db, noun, id)
    if (!use) throw new NotFound(noun, id)
    return {
      heading: t('use.edit', { label }),
      submit: t('form.save'),
      back,
      section: 'services',
      fields: evidenceFields(t),
      values: use,
      version: use.version,
      ...whyWithdrawn(t, use),
      act: async typed => {
        await editUse(context, noun, id, typed)
        return back
      },
    }
  }
}

type NewUse = {
  heading: string
  otherEnd: Field
  create: (typed: Record<string, unknown>) => Promise<unknown>
}

function newUse({ t }: Visit, key: string, { heading, otherEnd, create }: NewUse): Form {
  return {
    heading,
    about: t('use.about'),
    submit: t('form.add'),
    back: servicePath(key),
    section: 'services',
    fields: [otherEnd, ...evidenceFields(t)],
    // A call that was only seen must be able to go quiet, so nobody is taken to have declared it.
    values: { strength: 'hard', needs: 'from' },
    act: async typed => {
      await create(typed)
      return servicePath(key)
    },
  }
}

/** The page is one end and has no field for it: what is wrong with the two together is said where the other was typed. */
async function atTypedEnd(typed: 'consumer' | 'provider', created: Promise<number>): Promise<number> {
  const fixed = typed === 'consumer' ? 'provider' : 'consumer'
  return created.catch(error => {
    if (!(error instanceof InputRefused)) throw error
    const problems = error.problems.map(one => (one.path === fixed ? { ...one, path: typed } : one))
    throw new InputRefused(problems)
  })
}

function evidenceFields(t: Translate): Field[] {
  return [
    { name: 'strength', kind: 'choice', isRequired: true, options: codes(t, 'strength', STRENGTHS) },
    { name: 'needs', kind: 'choice', isRequired: true, options: codes(t, 'needs', NEEDS) },
    { name: 'declaredOn', kind: 'day', hint: 'use.evidenceHint' },
    { name: 'declaredBy', kind: 'text' },
    { name: 'lastSeenOn', kind: 'day' },
    { name: 'quietDays', kind: 'count', hint: 'use.quietHint' },
    { name: 'untilOn', kind: 'day' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}

/** As many as a browser still offers at once. */
const SUGGESTED = 200

export async function serviceField(
  { context }: Visit,
  name: 'consumer' | 'provider' | 'user',
): Promise<Field> {
  const field = { name, kind: 'text', isRequired: true } as const
  if ((await countServices(context.db, {})) > SUGGESTED) return field
  const services = await listServices(context.db, {})
  return { ...field, list: services.map(service => ({ value: service.key, label: service.name })) }
}
