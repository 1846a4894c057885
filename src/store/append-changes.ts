import type { Insertable } from 'kysely'
import type { Change } from './audit-log.ts'
import type { Trx } from './columns.ts'
import type { Tables } from './schema.ts'
import { statement } from './statement.ts'

type Stamp = { revision: number; at: string; actor: string; action: string }

/** Writes into the history what one change of the register did. */
export async function appendChanges(trx: Trx, stamp: Stamp, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(change => ({
    ...stamp,
    noun: change.noun,
    noun_id: change.id,
    label: change.label,
    system_id: change.systemId ?? null,
    service_id: change.serviceId ?? null,
    before: change.before ? JSON.stringify(change.before) : null,
    after: change.after ? JSON.stringify(change.after) : null,
    why: change.why ?? null,
  }))
  if (rows.length === 1) return void (await insertEntry(trx, rows[0]!))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE)
    await trx.insertInto('audit_log').values(some).execute()
  }
}

/** A statement takes 32,766 values on SQLite. */
const ROWS_AT_ONCE = 1000

const insertEntry = statement((db, the: Insertable<Tables['audit_log']>) =>
  db.insertInto('audit_log').values({
    revision: the.revision,
    at: the.at,
    actor: the.actor,
    action: the.action,
    noun: the.noun,
    noun_id: the.noun_id,
    label: the.label,
    system_id: the.system_id,
    service_id: the.service_id,
    before: the.before,
    after: the.after,
    why: the.why,
  }),
)
