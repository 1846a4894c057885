import type { ExpressionBuilder } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { Db } from './columns.ts'
import { columnsOf, type RowOf, selectRows } from './columns.ts'
import type { Noun, Reading } from './nouns.ts'
import { carriedOn } from './per-revision.ts'
import type { Tables } from './schema.ts'

export const ENTRY = columnsOf('audit_log', {
  id: 'id',
  revision: 'revision',
  at: 'at',
  actor: 'actor',
  action: 'action',
  noun: 'noun',
  nounId: 'noun_id',
  label: 'label',
  systemId: 'system_id',
  serviceId: 'service_id',
  before: 'before',
  after: 'after',
  why: 'why',
})

export type AuditEntry = RowOf<typeof ENTRY>

/** One change of one thing, as the history keeps it: only the fields that changed, old beside new. */
export type Change = {
  noun: Noun
  id: number
  label: string
  systemId?: number | null
  serviceId?: number | null
  before?: object | null
  after?: object | null
  why?: string | null
}

export type HistoryFilter = {
  systemId?: number
  serviceId?: number
  noun?: Noun
  nounId?: number
  /** Entries older than this id. */
  before?: number
  actor?: string
  action?: string
  /** Moments: from the first on, and before the second. */
  since?: string
  until?: string
}

/**
 * The newest entries first. What switched a service off or on stands in the history of the service, and as its mark
 * in that of its systems; the history of everything tells it once.
 */
export async function listHistory(db: Db, filter: HistoryFilter, limit: number): Promise<AuditEntry[]> {
  let query = selectRows(db, ENTRY).orderBy('audit_log.id', 'desc').limit(limit)
  if (filter.systemId !== undefined) query = query.where('audit_log.system_id', '=', filter.systemId)
  else if (filter.noun === undefined) query = query.where(eb => eb.not(eb.and(isMarkOfSwitch(eb))))
  if (filter.serviceId !== undefined) query = query.where('audit_log.service_id', '=', filter.serviceId)
  if (filter.noun !== undefined) query = query.where('audit_log.noun', '=', filter.noun)
  if (filter.nounId !== undefined) query = query.where('audit_log.noun_id', '=', filter.nounId)
  if (filter.before !== undefined) query = query.where('audit_log.id', '<', filter.before)
  if (filter.actor !== undefined) query = query.where('audit_log.actor', '=', filter.actor)
  if (filter.action !== undefined) query = query.where('audit_log.action', '=', filter.action)
  if (filter.since !== undefined) query = query.where('audit_log.at', '>=', filter.since)
  if (filter.until !== undefined) query = query.where('audit_log.at', '<', filter.until)
  return query.execute()
}

function isMarkOfSwitch(eb: ExpressionBuilder<Tables, 'audit_log'>) {
  return [
    eb('audit_log.noun', '=', 'event'),
    eb('audit_log.action', 'in', ['shut-down-service', 'bring-back-service']),
  ]
}

/** Everybody who ever changed something, and everything that was ever done. */
export type ActorsAndActions = { actors: string[]; actions: string[] }

/** The history is read through once; after that only what came to it. */
export async function listActorsAndActions(db: Db, today: Day): Promise<ActorsAndActions> {
  return carriedOn<ActorsAndActions>(db, 'actors-and-actions', today, async earlier => {
    const rows = await db
      .selectFrom('audit_log')
      .select(['actor', 'action'])
      .where('revision', '>', earlier?.revision ?? -1)
      .groupBy(['actor', 'action'])
      .execute()
    const together = (known: string[] = [], more: string[]) => [...new Set([...known, ...more])].sort()
    return {
      actors: together(
        earlier?.answer.actors,
        rows.map(({ actor }) => actor),
      ),
      actions: together(
        earlier?.answer.actions,
        rows.map(({ action }) => action),
      ),
    }
  })
}

/** The newest entries of several things, such as a trial and its complaints. */
export async function listHistoryOf(
  db: Db,
  limit: number,
  things: readonly { noun: Noun; ids: readonly number[] }[],
): Promise<AuditEntry[]> {
  return selectRows(db, ENTRY)
    .where(eb =>
      eb.or(
        things
          .filter(({ ids }) => ids.length > 0)
          .map(({ noun, ids }) =>
            eb.and([eb('audit_log.noun', '=', noun), eb('audit_log.noun_id', 'in', ids)]),
          ),
      ),
    )
    .orderBy('audit_log.id', 'desc')
    .limit(limit)
    .execute()
}

/** Who took which of some readings out of force, by the reading's id. */
export async function listWithdrawers(
  db: Db,
  readings: readonly Pick<Reading, 'id' | 'supersededAt' | 'supersededBy'>[],
): Promise<Map<number, string>> {
  const ids = readings.flatMap(({ id, supersededAt, supersededBy }) =>
    supersededAt && supersededBy === null ? [id] : [],
  )
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('audit_log')
    .select(['noun_id', 'actor'])
    .where('noun', '=', 'reading')
    .where('action', '=', 'withdraw-reading')
    .where('noun_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ noun_id, actor }) => [noun_id, actor]))
}

/** The last change that gave a thing its role, if it was ever changed. */
export async function findRoleChange(
  db: Db,
  noun: 'system' | 'service',
  nounId: number,
): Promise<AuditEntry | undefined> {
  return selectRows(db, ENTRY)
    .where('audit_log.noun', '=', noun)
    .where('audit_log.noun_id', '=', nounId)
    .where('audit_log.action', '=', `edit-${noun}`)
    .where('audit_log.after', 'like', '%"role":%')
    .orderBy('audit_log.id', 'desc')
    .executeTakeFirst()
}

/** The last time that somebody left a system on hold until another day. */
export async function findExtension(db: Db, systemId: number): Promise<AuditEntry | undefined> {
  return selectRows(db, ENTRY)
    .where('audit_log.noun', '=', 'system')
    .where('audit_log.noun_id', '=', systemId)
    .where('audit_log.action', '=', 'extend-hold')
    .orderBy('audit_log.id', 'desc')
    .executeTakeFirst()
}

/** Everything that one change of the register did, in the order it was done. */
export async function listChangesOf(db: Db, revision: number): Promise<AuditEntry[]> {
  return selectRows(db, ENTRY).where('audit_log.revision', '=', revision).orderBy('audit_log.id').execute()
}
