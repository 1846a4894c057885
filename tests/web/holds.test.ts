import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  test('a hold is extended by a day to come and a reason, and only where there is one', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context)
    const system = async () => (await findSystem(context.db, '账户1.0'))!
    const site = await serve(createApp(context))
    const path = `${SYSTEM}/hold`
    expect(await site.get(path)).toMatchObject({ status: 409, text: expect.stringContaining('它没有暂缓') })
    const hold = { to: 'on_hold', on: '2026-01-01', reason: '等预算', reviewOn: '2026-03-31' }
    await changeStatus({ ...context, now: () => new Date('2026-01-02') }, id, {
      ...hold,
      version: 1,
    })
    expect((await site.get('/attention')).text).toContain(`href="${SYSTEM}#status"`)
    expect((await site.get(SYSTEM)).text).toContain(`<a href="${path}">继续暂缓，改复查日</a>`)
    const send = async (typed: Record<string, string>) =>
      site.post(path, { ...typed, version: String((await system()).version) })
    for (const [typed, said] of [
      [{ reviewOn: '2026-03-31', reason: '再等' }, '复查日本来就是 2026-03-31'],
      [{ reviewOn: '2026-03-30', reason: '再等' }, '不在今天（2026-03-31）之后'],
      [{ reviewOn: '2026-02-30', reason: '再等' }, '2026-02-30'],
      [{ reviewOn: '2026-06-30', reason: '' }, '这里要填'],
    ] as const)
      expect(await send(typed)).toMatchObject({ status: 422, text: expect.stringContaining(said) })
    expect((await send({ reviewOn: '2026-06-30', reason: '再等' })).status).toBe(303)
    expect(await system()).toMatchObject({
      status: 'on_hold',
      statusReason: '等预算',
      reviewOn: '2026-06-30',
    })
    expect((await site.get('/attention')).text).not.toContain(`href="${SYSTEM}#status"`)
  })
})
