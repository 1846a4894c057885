import { describe, expect, inject, test } from 'vitest'
import { startServer } from '../support/child.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ newUrl }) => {
  test('the server prints its address, answers, and ends cleanly when told', async () => {
    const server = await startServer({ DATABASE_URL: await newUrl() })
    expect((await fetch(server.url)).status).toBe(200)
    expect(server.printed()).toMatch(/^Database: .*\(new: filled with the register of day one\)/)
    expect(await server.stop()).toBe(0)
  })
})

test('the second start says which database it opened, and no password', async () => {
  const url = await databases[1].newUrl()
  await (await startServer({ DATABASE_URL: url })).stop()
  const server = await startServer({ DATABASE_URL: url })
  const [first] = server.printed().split('\n')
  expect(first).toBe(`Database: ${url.replace(/:[^:@/]*@/, ':***@')}`)
})

test.each([
  [
    'wrong password',
    (url: URL) => Object.assign(url, { password: 'wrong' }),
    'password authentication failed',
  ],
  [
    'database that is not there',
    (url: URL) => Object.assign(url, { pathname: '/nowhere' }),
    '"nowhere" does not exist',
  ],
])('a %s of PostgreSQL is said in words', async (_name, change, words) => {
  const url = change(new URL(inject('postgres').url))
  const failure: Error = await startServer({ DATABASE_URL: url.href }).catch(error => error)
  expect(failure.message).toContain('cannot be reached')
  expect(failure.message).toContain(words)
  expect(failure.message).not.toContain(':wrong@')
})
