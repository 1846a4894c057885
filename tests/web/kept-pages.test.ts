import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { createSystem } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { keepPages } from '../../src/web/kept-pages.ts'
import { addResidual, addService, addSystem, count, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('a page is written once for all readers of a language, and anew after each change', async () => {
    const context = contextOn('2026-03-31', await open())
    const { get } = await serve(createApp(context))
    const first = await get('/', { 'accept-language': 'en' })
    expect((await get('/', { 'accept-language': 'en' })).text).toBe(first.text)
    expect((await get('/', { 'accept-language': 'zh' })).text).toContain('<html lang="zh-CN">')
    await createSystem(context, { key: 'till', name: 'Till', role: 'legacy', status: 'draining' })
    expect((await get('/', { 'accept-language': 'en' })).text).toContain('href="/systems/till"')
  })

  test('the first page of a day does not begin the forecasts of a large register, and is made anew once they are there', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    await count(context, await addResidual(context, systemId), '2026-03-31', '54')
    await context.db.updateTable('reading').set({ id: 100_001 }).execute()
    const { get } = await serve(createApp(context))
    const versions = new Set<string>()
    for (let asked = 0; asked < 2 || (versions.size < 2 && asked < 200); asked++)
      versions.add((await get('/')).headers.get('etag')!)
    expect([...versions].map(version => version.endsWith('-so-far"'))).toEqual([true, false])
  })

  test('the record of the dates is anew as soon as they are kept, without a change', async () => {
    const context = contextOn('2026-03-31', await open())
    const residual = await addResidual(context, await addSystem(context))
    for (const [day, text] of Object.entries({ '2026-01-31': '100', '2026-02-28': '70' }))
      await count(context, residual, day, text)
    const { get } = await serve(createApp(context))
    const paths = ['/forecast', '/systems/账户1.0', `/residuals/${residual}`, '/counts']
    const early = await Promise.all(paths.map(path => get(path)))
    expect(early[0]!.text).not.toContain('账户1.0')
    await publishForecasts(context)
    const asked = paths.map((path, at) => get(path, { 'if-none-match': early[at]!.headers.get('etag')! }))
    const late = await Promise.all(asked)
    expect(late.map(({ status }) => status)).toEqual([200, 200, 200, 304])
    expect(late[0]!.text).toContain('账户1.0')
    await count(context, residual, '2026-03-31', '10')
    const before = await get('/forecast')
    await publishForecasts(context)
    expect((await get('/forecast')).text).not.toBe(before.text)
  })

  test("only a page that is there has a version, and it is no other page's", async () => {
    const context = contextOn('2026-03-31', await open())
    const service = await addService(context, '账户')
    await shutDown(context, service, { overrideReason: '不再需要' })
    const { get } = await serve(createApp(context))
    const tag = (await get('/')).headers.get('etag')!
    const answers = await Promise.all(
      ['/', '/services', '/nowhere', '/services/账户/shutdown'].map(path =>
        get(path, { 'if-none-match': tag }),
      ),
    )
    expect(answers.map(({ status, headers }) => [status, headers.has('etag')])).toEqual([
      [304, true],
      [200, true],
      [404, false],
      [409, false],
    ])
  })

  test('a page that is not there is not kept', async () => {
    const context = contextOn('2026-03-31', await open())
    const { get } = await serve(createApp(context))
    expect((await get('/systems/till')).status).toBe(404)
    expect((await get('/systems/till')).status).toBe(404)
  })
})

test('the oldest pages make room, a newer revision drops all, and an older one comes too late', () => {
  const pages = keepPages()
  for (const name of ['one', 'two', 'three']) pages.keep(1, name, 'x'.repeat(2_500_000))
  expect([pages.find('one'), pages.find('three')?.length]).toEqual([undefined, 2_500_000])
  pages.keep(2, 'four', 'text')
  pages.keep(1, 'late', 'text')
  expect(['two', 'three', 'four', 'late'].map(pages.find)).toEqual([undefined, undefined, 'text', undefined])
})
