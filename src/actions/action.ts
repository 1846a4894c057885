import { type Context, today } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { appendChanges } from '../store/append-changes.ts'
import type { Change } from '../store/audit-log.ts'
import type { Db, Trx } from '../store/columns.ts'
import { giveRevisionBack, takeRevision } from '../store/workspace.ts'

/** What an action knows of the moment and the person; the same for everything it writes. */
export type Moment = { at: string; today: Day; actor: string; revision: number }

export type Done<T> = { result: T; changes: Change[] }

/**
 * Does one thing and writes it into the history, in one transaction: both are kept, or neither. Only this file opens
 * one; an action inside `together` has none of its own, and is kept with the others or not at all. Whatever `work`
 * throws leaves the register as it was, and so does what changes nothing: a revision taken here has its entries.
 */
export async function audited<T>(
  context: Context,
  action: string,
  work: (trx: Trx, moment: Moment) => Promise<Done<T>>,
): Promise<T> {
  return inTransaction(context.db, async trx => {
    const moment = momentOf(context, await takeRevision(trx))
    const { revision, at, actor } = moment
    const { result, changes } = await work(trx, moment)
    if (changes.length === 0) await giveRevisionBack(trx)
    await appendChanges(trx, { revision, at, actor, action }, changes)
    if (changes.length > 0) context.changed?.(revision)
    return result
  })
}

/** Once the change has its turn: its time and its day are of one look at the clock. */
function momentOf({ config, now }: Context, revision: number): Moment {
  const instant = now()
  const day = today({ config, now: () => instant })
  return { at: instant.toISOString(), today: day, actor: config.ACTOR, revision }
}

/** Does several actions as one: all of them are kept, or none. They get the context that `work` is given. */
export async function together<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  return inTransaction(context.db, db => work({ ...context, db }))
}

async function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Trx) : db.transaction().execute(work)
}

/** Does a change that brings its own history, or that none has to tell: all of it is kept, or nothing. */
export async function restored<T>(context: Context, work: (trx: Trx) => Promise<T>): Promise<T> {
  return inTransaction(context.db, work)
}

/** Lets `read` see the register as of one moment, however long it reads. */
export async function asOfOneMoment<T>(context: Context, read: (db: Db) => Promise<T>): Promise<T> {
  const transaction = context.db.transaction().setIsolationLevel('repeatable read')
  return transaction.setAccessMode('read only').execute(read)
}
