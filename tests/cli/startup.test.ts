import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openRegister, sayTrouble } from '../../src/opening.ts'
import { openDatabase } from '../../src/store/database.ts'
import { findSimulatedSince } from '../../src/store/workspace.ts'
import { startServer } from '../support/child.ts'

const folder = mkdtempSync(join(tmpdir(), 'last-orders-start-'))
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  const context = await openRegister(readConfig({ DATABASE_URL: `sqlite:${at('newer.sqlite')}` }), 'nothing')
  await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030')`.execute(context.db)
  await context.db.destroy()
  const foreign = openDatabase(`sqlite:${at('foreign.sqlite')}`)
  await sql`create table a (id integer)`.execute(foreign)
  await foreign.destroy()
  writeFileSync(at('text'), 'No database at all, only some text. '.repeat(100))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  [
    'a database of a newer version',
    { DATABASE_URL: `sqlite:${at('newer.sqlite')}` },
    'newer version of Last Orders',
  ],
  [
    'a file that is no database',
    { DATABASE_URL: `sqlite:${at('text')}` },
    'is not a database of Last Orders',
  ],
  [
    'a database of another program',
    { DATABASE_URL: `sqlite:${at('foreign.sqlite')}` },
    'the tables of another program (a)',
  ],
  [
    'no such folder',
    { DATABASE_URL: `sqlite:${at('no/such/file.sqlite')}` },
    'neither its folder nor the one above it is there',
  ],
  [
    'no PostgreSQL there',
    { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' },
    'me:***@127.0.0.1:1/x cannot be reached',
  ],
  ['an address that is open to others', { HOST: '0.0.0.0' }, 'people cannot sign in yet'],
  ['no such level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: must be debug, info, warn, error or silent'],
  ['an option that makes no sense', { PORT: '70000' }, 'PORT=70000: must be a whole number from 0 to 65535'],
])('%s is said in words, and the server ends with code 1', async (_name, environment, words) => {
  const failure: Error = await startServer({
    DATABASE_URL: `sqlite:${at('fresh.sqlite')}`,
    ...environment,
  }).then(
    () => new Error('it started'),
    error => error,
  )
  expect(failure.message).toContain('the server ended with 1')
  expect(failure.message).toContain(words)
  expect(failure.message).not.toMatch(/^\s+at /m)
})

test('the demo is not shown over a real register; a demo that was made is opened again, and stays labelled', async () => {
  const demo = readConfig({ DATABASE_URL: `sqlite:${at('played.sqlite')}` })
  const real = readConfig({ DATABASE_URL: `sqlite:${at('real.sqlite')}` })
  const opened = async (...[config, contents]: Parameters<typeof openRegister>) => {
    const { db } = await openRegister(config, contents)
    const since = await findSimulatedSince(db)
    await db.destroy()
    return since
  }
  expect(await opened(real, 'register')).toBeNull()
  await expect(opened(real, 'demo')).rejects.toThrow('It holds a real register, not the demo')
  const since = await opened(demo, 'demo')
  expect(since).not.toBeNull()
  expect([await opened(demo, 'demo'), await opened(demo, 'register')]).toEqual([since, since])
})

test('a taken port is said in words', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const start = startServer({ DATABASE_URL: `sqlite:${at('port.sqlite')}`, PORT: String(port) })
  await expect(start).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`)
})

// Permissions do not hold root back, so what the databases report is put into words here directly.
test.each([
  ['SQLITE_READONLY', 'is read-only'],
  ['EACCES', 'cannot be reached'],
  ['SQLITE_FULL', 'no room left'],
  ['SQLITE_BUSY', 'held by another program'],
  ['28P01', 'cannot be reached. (password authentication failed)'],
])('%s is put into words', (code, words) => {
  const syscall = code === 'EACCES' ? 'mkdir' : undefined
  const message = code === '28P01' ? 'password authentication failed' : 'it failed'
  expect(sayTrouble('sqlite:x', Object.assign(new Error(message), { code, syscall }))).toContain(words)
})

test('told to stop, the server does not wait for browsers that keep connections open', async () => {
  const server = await startServer({ DATABASE_URL: `sqlite:${at('stop.sqlite')}` })
  const agent = new Agent({ keepAlive: true })
  await new Promise<void>(done => get(server.url, { agent }, answer => answer.resume().on('end', done)))
  const port = Number(new URL(server.url).port)
  const silent = connect(port, '127.0.0.1')
  const busy = connect(port, '127.0.0.1')
  onTestFinished(() => [agent, silent, busy].forEach(one => void one.destroy()))
  for (const socket of [silent, busy]) socket.on('error', () => {})
  await once(busy, 'connect')
  const half =
    'sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 11'
  busy.write(`POST /language HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${half}\r\n\r\nlang`)
  await new Promise(later => setTimeout(later, 50))
  const before = performance.now()
  setTimeout(() => busy.write('uage=en'), 100)
  const answer = once(busy, 'data')
  expect(await server.stop()).toBe(0)
  // After five seconds it would cut off whoever is still there.
  expect(performance.now() - before).toBeLessThan(4000)
  expect(String((await answer)[0])).toContain('303 See Other')
})

test('a count that was confirmed is there after the process was killed', async () => {
  const url = `sqlite:${at('killed.sqlite')}`
  const server = await startServer({ DATABASE_URL: url })
  const db = openDatabase(url)
  onTestFinished(() => db.destroy())
  const { id } = await db
    .selectFrom('residual')
    .select('id')
    .where('key', '=', '上海德祐')
    .executeTakeFirstOrThrow()
  const answer = await fetch(`${server.url}/counts`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ day: '2026-01-31', [`count-${id}`]: '900' }),
  })
  await server.stop('SIGKILL')
  expect(answer.status).toBe(303)
  const kept = await db.selectFrom('reading').select(['count', 'day']).where('residual_id', '=', id).execute()
  expect(kept).toContainEqual({ count: 900, day: '2026-01-31' })
})
