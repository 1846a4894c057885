import { NotFound } from '../../actions/refusal.ts'
import { createSystem, editSystem } from '../../actions/systems.ts'
import { SYSTEM_ROLES } from '../../domain/landscape.ts'
import { STATUSES } from '../../domain/vocabulary.ts'
import { systemPath } from '../../http/addresses.ts'
import type { Translate } from '../../http/languages.ts'
import { sayName } from '../../http/words.ts'
import { findSystem, type SystemState } from '../../store/systems.ts'
import { codes, type Field, type Form } from '../form.ts'
import type { Visit } from '../visit.ts'

/** The forms that add and change a system. */

export async function createSystemForm({ context, t }: Visit): Promise<Form> {
  return {
    heading: t('system.add'),
    submit: t('form.add'),
    back: '/',
    section: 'overview',
    fields: [
      ...describedFields(t),
      { name: 'status', kind: 'choice', isRequired: true, options: codes(t, 'status', STATUSES) },
      { name: 'statusOn', kind: 'day' },
      { name: 'statusReason', kind: 'long', hint: 'system.standingHint' },
      { name: 'reviewOn', kind: 'day', hint: 'system.standingReviewHint' },
    ],
    values: { role: 'legacy', status: 'migrating' },
    act: async typed => {
      const { key } = await createSystem(context, typed)
      return systemPath(key)
    },
  }
}

export async function editSystemForm(visit: Visit): Promise<Form> {
  const { context, t, language } = visit
  const system = await getSystem(visit)
  return {
    heading: t('system.edit', { name: sayName(language, system) }),
    submit: t('form.save'),
    back: systemPath(system.key),
    section: 'overview',
    fields: describedFields(t).flatMap((field): Field[] =>
      field.name === 'role'
        ? [field, { name: 'roleReason', kind: 'long', hint: 'roleChange.hint' }]
        : [field],
    ),
    values: system,
    version: system.version,
    act: async typed => {
      await editSystem(context, system.id, typed)
      return systemPath(String(typed.key).trim())
    },
  }
}

/** The system that the address names. Throws NotFound. */
export async function getSystem({ context, request }: Visit): Promise<SystemState> {
  const key = String(request.params.key)
  const system = await findSystem(context.db, key)
  if (!system) throw new NotFound('system', key)
  return system
}

function describedFields(t: Translate): Field[] {
  return [
    { name: 'key', kind: 'text', isRequired: true, hint: 'hint.key' },
    { name: 'name', kind: 'text', isRequired: true },
    { name: 'nameEn', kind: 'text' },
    { name: 'role', kind: 'choice', isRequired: true, options: codes(t, 'systemRole', SYSTEM_ROLES) },
    { name: 'replacement', kind: 'text' },
    { name: 'owner', kind: 'text' },
    { name: 'targetOn', kind: 'day' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}
