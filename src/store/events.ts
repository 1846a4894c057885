import type { ExpressionBuilder } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { Status } from '../domain/vocabulary.ts'
import { type Db, selectRows } from './columns.ts'
import { type EventRow, NOUNS } from './nouns.ts'
import type { Tables } from './schema.ts'

/** The events of one system, or of all from a day on, oldest first, withdrawn ones left out. */
export async function listEvents(
  db: Db,
  filter: { systemId?: number; from?: Day },
  limit: number,
): Promise<EventRow[]> {
  let query = selectRows(db, NOUNS.event).where('event.withdrawn_on', 'is', null)
  if (filter.systemId !== undefined) query = query.where('event.system_id', '=', filter.systemId)
  else query = query.where(isToldFirst)
  if (filter.from) query = query.where('event.day', '>=', filter.from)
  const newest = await query.orderBy('event.day', 'desc').orderBy('event.id', 'desc').limit(limit).execute()
  return newest.reverse()
}

/**
 * A switch of services leaves its mark in the course of every system that they serve: the first of them tells it. What
 * was switched back in between is switched anew.
 */
function isToldFirst(eb: ExpressionBuilder<Tables, 'event'>) {
  const first = eb
    .selectFrom('event as first')
    .select('first.id')
    .whereRef('first.day', '=', 'event.day')
    .whereRef('first.id', '<', 'event.id')
    .whereRef('first.kind', '=', 'event.kind')
    .whereRef('first.title', '=', 'event.title')
    .where('first.withdrawn_on', 'is', null)
    .where(isOneSwitch)
  return eb.or([eb('event.kind', 'not in', ['shutdown', 'bring_back']), eb.not(eb.exists(first))])
}

function isOneSwitch(eb: ExpressionBuilder<Tables & { first: Tables['event'] }, 'event' | 'first'>) {
  const between = eb
    .selectFrom('event as between')
    .select('between.id')
    .whereRef('between.id', '>', 'first.id')
    .whereRef('between.id', '<', 'event.id')
    .whereRef('between.kind', '<>', 'event.kind')
  return eb.not(eb.exists(between))
}

export type SystemMark = { systemId: number; day: Day; kind: EventRow['kind']; toStatus: Status | null }

/** The cutovers and changes of status of some systems, oldest first. */
export async function listSystemMarks(db: Db, systemIds: readonly number[]): Promise<SystemMark[]> {
  if (systemIds.length === 0) return []
  const rows = await db
    .selectFrom('event')
    .select(['system_id as systemId', 'day', 'kind', 'to_status as toStatus'])
    .where('system_id', 'in', systemIds)
    .where('kind', 'in', ['cutover', 'status'])
    .where('withdrawn_on', 'is', null)
    .orderBy('day')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ systemId, ...mark }) => (systemId === null ? [] : [{ systemId, ...mark }]))
}
