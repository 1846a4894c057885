import { describe, expect, test } from 'vitest'
import { startServer } from '../support/child.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ newUrl }) => {
  test('the server prints its address, answers, and ends cleanly when told', async () => {
    const server = await startServer({ DATABASE_URL: await newUrl() })
    expect((await fetch(server.url)).status).toBe(200)
    expect(await server.stop()).toBe(0)
  })
})
