import { NotFound } from '../../actions/refusal.ts'
import { createService, editService } from '../../actions/services.ts'
import { SERVICE_ROLES } from '../../domain/landscape.ts'
import { servicePath } from '../../http/addresses.ts'
import type { Translate } from '../../http/languages.ts'
import { sayName } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import { findService, listServedSystems } from '../../store/services.ts'
import { listSystemNames } from '../../store/systems.ts'
import { codes, type Field, type Form } from '../form.ts'
import type { Visit } from '../visit.ts'

/** The forms that add and change a service. */

export async function createServiceForm(visit: Visit): Promise<Form> {
  const { context, t, request } = visit
  const systems = await systemsField(visit)
  const asked = request.query.system
  return {
    heading: t('service.add'),
    submit: t('form.add'),
    back: '/services',
    section: 'services',
    fields: describedFields(t, systems),
    values: { role: 'legacy', systems: typeof asked === 'string' ? [asked] : [] },
    act: async typed => {
      const { key } = await createService(context, withSystems(systems, typed))
      return servicePath(key)
    },
  }
}

export async function editServiceForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const service = await getService(visit)
  const systems = await systemsField(visit)
  const served = (await listServedSystems(context.db, [service.id])).map(({ key }) => key)
  return {
    heading: t('service.edit', { name: service.name }),
    submit: t('form.save'),
    back: servicePath(service.key),
    section: 'services',
    fields: describedFields(t, systems).flatMap((field): Field[] =>
      field.name === 'role'
        ? [field, { name: 'roleReason', kind: 'long', hint: 'roleChange.hint' }]
        : [field],
    ),
    values: { ...service, systems: systems.kind === 'many' ? served : served.join(', ') },
    version: service.version,
    act: async typed => {
      await editService(context, service.id, withSystems(systems, typed))
      return servicePath(String(typed.key).trim())
    },
  }
}

/** The service that the address names. Throws NotFound. */
export async function getService({ context, request }: Visit): Promise<Service> {
  const key = String(request.params.key)
  const service = await findService(context.db, key)
  if (!service) throw new NotFound('service', key)
  return service
}

function describedFields(t: Translate, systems: Field): Field[] {
  return [
    { name: 'key', kind: 'text', isRequired: true, hint: 'hint.key' },
    { name: 'name', kind: 'text', isRequired: true },
    { name: 'role', kind: 'choice', options: codes(t, 'serviceRole', SERVICE_ROLES) },
    systems,
    { name: 'owner', kind: 'text' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}

/** Boxes to tick for few systems; for many, their keys in one line. */
const BOXES = 40

async function systemsField({ context, language }: Visit): Promise<Field> {
  const systems = await listSystemNames(context.db, BOXES + 1)
  if (systems.length > BOXES) return { name: 'systems', kind: 'text', hint: 'service.systemsHint' }
  return {
    name: 'systems',
    kind: 'many',
    options: systems.map(system => ({ value: system.key, label: sayName(language, system) })),
  }
}

function withSystems({ kind }: Field, typed: Record<string, unknown>): Record<string, unknown> {
  if (kind === 'many') return typed
  const keys = String(typed.systems ?? '').split(/[\s,，、;；]+/)
  return { ...typed, systems: keys.filter(key => key !== '') }
}
