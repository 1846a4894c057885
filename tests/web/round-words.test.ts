import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  async function openCounts() {
    const context = contextOn('2026-03-31', await open())
    await addResidual(context, await addSystem(context))
    return { context, site: await serve(createApp(context)) }
  }

  test('an English answer has the English names beside those of the register', async () => {
    const { site, context } = await openCounts()
    const system = await addSystem(context, { key: 'OP', name: '运营平台', nameEn: 'Operations' })
    const id = await addResidual(context, system, { key: '老单', name: '老单', nameEn: 'old orders' })
    const { headers } = await site.post('/counts', { day: '2026-03-31', [`count-${id}`]: '5' })
    const { text } = await site.get(headers.get('location')!, { cookie: 'lang=en' })
    expect(text).toContain('运营平台 · Operations / 老单 · old orders')
  })
})
