import { createEvent, editEvent } from '../../actions/events.ts'
import { EVENT_KINDS } from '../../domain/vocabulary.ts'
import { codes, type Field, type Form } from '../form.ts'
import { getOwned, systemOwner } from '../owners.ts'
import type { Visit } from '../visit.ts'
import { whyKept } from '../withdrawn.ts'

/** The forms that mark a day in the course of a system. */

export async function createEventForm(visit: Visit): Promise<Form> {
  const { context, t, today } = visit
  const { owner, name, back, section } = await systemOwner(visit)
  return {
    heading: t('event.addTo', { name }),
    about: t('event.about'),
    submit: t('form.add'),
    back,
    section,
    fields: eventFields(t),
    values: { kind: 'cutover', day: today },
    act: async typed => {
      await createEvent(context, owner.systemId, typed)
      return `${back}#events`
    },
  }
}

export async function editEventForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { row, name, back, section } = await getOwned(visit, 'event')
  return {
    heading: t('event.edit', { name: `${name} / ${row.title}` }),
    submit: t('form.save'),
    back,
    section,
    fields: eventFields(t),
    values: row,
    version: row.version,
    ...whyKept(t, row),
    act: async typed => {
      await editEvent(context, row.id, typed)
      return back
    },
  }
}

function eventFields(t: Visit['t']): Field[] {
  return [
    { name: 'day', kind: 'day', isRequired: true },
    { name: 'kind', kind: 'choice', isRequired: true, options: codes(t, 'eventKind', EVENT_KINDS) },
    { name: 'title', kind: 'text', isRequired: true },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}
