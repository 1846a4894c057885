import { isTrace } from '../../domain/vocabulary.ts'
import type { EventRow } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** What happened to a system. What an action left in its course belongs to that action, so nobody edits it here. */
export function eventLines({ t }: Visit, events: readonly EventRow[]) {
  return events.map(event => {
    const isMark = isTrace(event.kind)
    return {
      day: event.day,
      kind: t(`eventKind.${event.kind}`),
      title: event.toStatus ? markOf(t, event) : event.title,
      note: event.note,
      edit: isMark ? null : `/events/${event.id}/edit`,
      withdraw: isMark ? null : `/events/${event.id}/withdraw`,
    }
  })
}

/** What a mark in a picture says of its event. */
export function sayEvent(t: Visit['t'], { kind, title, toStatus }: EventRow): string {
  if (toStatus) return t(`status.${toStatus}`)
  return kind === 'shutdown' || kind === 'bring_back' ? t(`event.mark.${kind}`, { services: title }) : title
}

function markOf(t: Visit['t'], { fromStatus, toStatus }: EventRow): string {
  const to = t(`status.${toStatus}`)
  return fromStatus ? `${t(`status.${fromStatus}`)} → ${to}` : to
}
