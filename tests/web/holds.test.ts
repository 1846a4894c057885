import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
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
    expect((await site.get(SYSTEM)).text).toContain(
      ' · 2026-06-30 复查（原定 2026-03-31，改期原因：再等） · 等预算',
    )
    expect((await site.get(SYSTEM, { cookie: 'lang=en' })).text).toContain(
      ' · review on 2026-06-30 (moved from 2026-03-31: 再等) · 等预算',
    )
  })

  test('the answer to a hold, and to its extension, names the review day', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const site = await serve(createApp(context))
    const answered = async (path: string, typed: Record<string, string>) => {
      const { headers } = await site.post(path, typed)
      const pages = ['zh', 'en'].map(lang => site.get(headers.get('location')!, { cookie: `lang=${lang}` }))
      return (await Promise.all(pages)).map(({ text }) => /<h2>([^<]*)<\/h2>/.exec(text)![1])
    }
    const hold = { to: 'on_hold', on: '2026-03-31', reason: '等预算', reviewOn: '2026-05-01', version: '1' }
    expect(await answered(`${SYSTEM}/status`, hold)).toEqual([
      '状态已改。复查日是 2026-05-01。',
      'The status was changed. Its review day is 2026-05-01.',
    ])
    const later = { reviewOn: '2026-06-30', reason: '再等', version: '2' }
    expect(await answered(`${SYSTEM}/hold`, later)).toEqual([
      '已保存。复查日由 2026-05-01 改为 2026-06-30。',
      'Saved. Its review day is 2026-06-30 now, instead of 2026-05-01.',
    ])
    const back = { to: 'draining', on: '2026-03-31', reason: '有预算了', version: '3' }
    expect(await answered(`${SYSTEM}/status`, back)).toEqual(['状态已改。', 'The status was changed.'])
  })

  test('a reason is optional only where some move needs none', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const off = { status: 'retired', statusOn: '2025-01-01', statusReason: '作业都已迁走' }
    await addSystem(context, { key: 'OP', name: 'OP', ...off })
    const site = await serve(createApp(context))
    const labelOf = async (path: string) =>
      /<label[^>]*>原因(.*?)<\/label>/.exec((await site.get(path)).text)![1]
    expect(await labelOf(`${SYSTEM}/status`)).toContain('（可空）')
    for (const path of ['/systems/OP/status', '/systems/OP/status?to=draining'])
      expect(await labelOf(path)).toBe('')
    expect((await site.get('/systems/OP/status')).text).toMatch(/<textarea[^>]*name="reason"[^>]* required/)
  })

  test('what a hold waits for is its review day, wherever the hold is told', async () => {
    const context = contextOn('2026-03-31', await open())
    const hold = { status: 'on_hold', statusOn: '2026-01-01', statusReason: '等预算', reviewOn: '2026-06-01' }
    await count(context, await addResidual(context, await addSystem(context, hold)), '2026-03-01', '0')
    await addService(context, 'wallet', ['账户1.0'])
    const site = await serve(createApp(context))
    for (const path of [SYSTEM, '/services/wallet', '/shutdown', '/api/v1/services/wallet']) {
      const { text } = await site.get(path)
      expect(text, path).toMatch(/账户1.0 已暂缓，2026-06-01 复查|is on hold, with a review on 2026-06-01/)
    }
    expect((await site.get(SYSTEM)).text).not.toContain('何时了结，没有人知道')
    expect((await site.get(SYSTEM)).text).toMatch(/自 2026-01-01（[^<]* · 2026-06-01 复查 · 等预算/)
    const later = await serve(createApp({ ...context, now: () => new Date('2026-06-02') }))
    expect((await later.get(SYSTEM, { cookie: 'lang=en' })).text).toContain(
      '账户1.0 is on hold, and its review was due on 2026-06-01',
    )
  })
})
