import { isTrace } from '../../domain/vocabulary.ts'
import type { EventRow } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** What happened to a system. What an action left in its course belongs to that action, so nobody edits it here. */
export function eventLines({ t, today }: Visit, events: readonly EventRow[]) {
  return events.map(event => {
    const isMark = isTrace(event.kind)
    return {
      day: event.day,
      kind: t(`eventKind.${event.kind}`),
      title: event.toStatus ? markOf(t, event) : event.title,
      planned: event.day > today ? t('event.planned') : null,
      note: event.note,
      edit: isMark ? null : `/events/${event.id}/edit`,
      withdraw: isMark ? null : `/events/${event.id}/withdraw`,
    }
  })
}

/** What a mark in a picture says of its event; one that lies ahead is a plan, no fact. */
export function sayEvent({ t, today }: Visit, { day, kind, title, toStatus }: EventRow): string {
  if (toStatus) return t(`status.${toStatus}`)
  if (day > today) return t('event.plannedOf', { title })
  return kind === 'shutdown' || kind === 'bring_back' ? t(`event.mark.${kind}`, { services: title }) : title
}

function markOf(t: Visit['t'], { fromStatus, toStatus }: EventRow): string {
  const to = t(`status.${toStatus}`)
  return fromStatus ? `${t(`status.${fromStatus}`)} → ${to}` : to
}
