import type { EventRow } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** What happened to a system. A status mark belongs to its change of status, so nobody edits it here. */
export function eventLines({ t }: Visit, events: readonly EventRow[]) {
  return events.map(event => {
    const isMark = event.kind === 'status'
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

function markOf(t: Visit['t'], { fromStatus, toStatus }: EventRow): string {
  const to = t(`status.${toStatus}`)
  return fromStatus ? `${t(`status.${fromStatus}`)} → ${to}` : to
}
