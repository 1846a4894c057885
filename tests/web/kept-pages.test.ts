import { describe, expect, test } from 'vitest'
import { createSystem } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { keepPages } from '../../src/web/kept-pages.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
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
