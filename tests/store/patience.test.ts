import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { liftTimeLimit } from '../../src/store/dialect.ts'
import { storeFailure } from '../../src/store/failure.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

/** A register at which another process has begun to write; `end` ends that. */
async function heldRegister() {
  const url = await databases[0].newUrl()
  const [ours, theirs] = [openDatabase(url), openDatabase(url)]
  onTestFinished(async () => void (await Promise.all([ours.destroy(), theirs.destroy()])))
  const transaction = await theirs.startTransaction().execute()
  return { context: contextOn('2026-03-31', ours), end: () => transaction.rollback().execute() }
}

test('while a change waits for another process to end its own, everybody else reads on', async () => {
  const { context, end } = await heldRegister()
  const done: string[] = []
  const change = addSystem(context).then(() => done.push('change'))
  for (let asked = 0; asked < 3; asked++) {
    await new Promise(resolve => setTimeout(resolve, 40))
    expect(await readRevision(context.db)).toBe(0)
    done.push('read')
  }
  await end()
  await change
  expect(done).toEqual(['read', 'read', 'read', 'change'])
  expect(await readRevision(context.db)).toBe(1)
})

test('changes that wait together are all kept, and nothing of one is read before its end', async () => {
  const { context, end } = await heldRegister()
  const changes = ['a', 'b', 'c'].map(key => addSystem(context, { key, name: key }))
  setTimeout(end, 60)
  await Promise.all([...changes, readRevision(context.db)])
  expect(await readRevision(context.db)).toBe(3)
})

test('PostgreSQL ends what lasts too long, except where every row is changed at once', async () => {
  const db = await databases[1].open()
  const limit = sql<{ statement_timeout: string }>`show statement_timeout`
  const limits = [await limit.execute(db)]
  await db.transaction().execute(async trx => {
    await liftTimeLimit(trx)
    limits.push(await limit.execute(trx))
  })
  limits.push(await limit.execute(db))
  expect(limits.map(({ rows }) => rows[0]?.statement_timeout)).toEqual(['1min', '0', '1min'])
})

test.each([
  ['busy', { code: '53300' }],
  ['busy', { code: '57014' }],
  ['busy', { code: '40001' }],
  ['lost', { code: '57P01' }],
  ['lost', { code: '28P01' }],
  ['lost', { code: 'ECONNREFUSED' }],
  ['lost', { code: 'ENOENT', syscall: 'connect' }],
  ['lost', { code: 'EACCES', syscall: 'mkdir' }],
  [null, { code: 'ENOENT', syscall: 'open' }],
  [null, { code: 'EACCES', syscall: 'open' }],
  [null, { code: 'ECONNABORTED', type: 'request.aborted' }],
  [null, { code: '22P02' }],
])('%s is what %j means for the database', (failure, of) => {
  expect(storeFailure(Object.assign(new Error('it failed'), of))).toBe(failure)
})
