import type { Day } from '../domain/calendar.ts'
import type { Db, Trx } from './columns.ts'
import { statement } from './statement.ts'

/** How often the register has changed. Whatever was read at one revision still holds while it is the same. */
export async function readRevision(db: Db): Promise<number> {
  return (await selectRevision(db, {}))[0]!.revision
}

/**
 * Takes the next revision, as the first statement of every change: writers then follow one another on both
 * databases, and each sees all that the one before it wrote.
 */
export async function takeRevision(trx: Trx): Promise<number> {
  return (await raiseRevision(trx, {}))[0]!.revision
}

/**
 * Waits for the turn of a writer whose work is no change of the register, so that no revision tells of it. Gives
 * the revision that stands until the transaction ends.
 */
export async function takeTurn(trx: Trx): Promise<number> {
  return (await keepRevision(trx, {}))[0]!.revision
}

/** Gives the revision just taken back: what changed nothing is no change. */
export async function giveRevisionBack(trx: Trx): Promise<void> {
  await trx
    .updateTable('workspace')
    .set(eb => ({ revision: eb('revision', '-', 1) }))
    .execute()
}

const selectRevision = statement(db => db.selectFrom('workspace').select('revision'))

const raiseRevision = statement(db => {
  const query = db.updateTable('workspace').set(eb => ({ revision: eb('revision', '+', 1) }))
  return query.returning('revision')
})

const keepRevision = statement(db => {
  const query = db.updateTable('workspace').set(eb => ({ revision: eb.ref('revision') }))
  return query.returning('revision')
})

/** The day since which the register shows simulated data, or null when it is real. */
export async function findSimulatedSince(db: Db): Promise<Day | null> {
  return (await db.selectFrom('workspace').select('simulated_since').executeTakeFirstOrThrow())
    .simulated_since
}

export async function markSimulated(trx: Trx, since: Day): Promise<void> {
  await trx.updateTable('workspace').set({ simulated_since: since }).execute()
}

/** Makes an empty register the one that another left off; false when it is not empty. Orders the writers too. */
export async function takeOver(trx: Trx, revision: number, simulatedSince: Day | null): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('workspace')
    .set({ revision, simulated_since: simulatedSince })
    .where('revision', '=', 0)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}
