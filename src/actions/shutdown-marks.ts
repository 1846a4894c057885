import type { Day } from '../domain/calendar.ts'
import type { Change } from '../store/audit-log.ts'
import type { Trx } from '../store/columns.ts'
import type { EventRow, Service } from '../store/nouns.ts'
import { listServedSystems } from '../store/services.ts'
import { addRow } from './keep.ts'

type Mark = { day: Day; kind: 'shutdown' | 'bring_back'; note: string | null }

/** One mark in the course of every system that the services serve, and one for all of those that serve none. */
export async function markCourses(trx: Trx, services: readonly Service[], mark: Mark): Promise<Change[]> {
  const served = await listServedSystems(
    trx,
    services.map(({ id }) => id),
  )
  const changes: Change[] = []
  for (const [systemId, rows] of Map.groupBy(served, row => row.systemId)) {
    const own = services.filter(({ id }) => rows.some(row => row.serviceId === id))
    const event = { ...mark, systemId, serviceId: null, title: titleOf(own) }
    changes.push(await addMark(trx, event, `${rows[0]!.name} / ${event.title}`))
  }
  const others = services.filter(({ id }) => !served.some(({ serviceId }) => serviceId === id))
  const [first] = others
  if (!first) return changes
  const event = { ...mark, systemId: null, serviceId: first.id, title: titleOf(others) }
  return [...changes, await addMark(trx, event, event.title)]
}

async function addMark(trx: Trx, event: Partial<EventRow>, label: string): Promise<Change> {
  const { systemId = null, serviceId = null } = event
  return (await addRow(trx, 'event', event, { label, systemId, serviceId })).change
}

const NAMED = 3

function titleOf(services: readonly Service[]): string {
  const keys = services.map(({ key }) => key)
  return `${keys.slice(0, NAMED).join(', ')}${keys.length > NAMED ? ` +${keys.length - NAMED}` : ''}`
}
