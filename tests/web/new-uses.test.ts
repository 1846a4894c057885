import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-03-01' }

describe.each(databases)('on $name', ({ open }) => {
  /** escrow and till, of which no source has told. */
  async function openUses() {
    const context = contextOn('2026-03-31', await open())
    await addService(context, 'escrow')
    await addService(context, 'till')
    const site = await serve(createApp(context))
    const addConsumer = (more = {}) =>
      site.post('/services/escrow/consumers/new', { consumer: 'till', ...USE, ...more })
    return { site, addConsumer }
  }

  test('all that is wrong with a new use is told at once, each at its field', async () => {
    const { site, addConsumer } = await openUses()
    const field = (name: string, { text }: { text: string }) =>
      new RegExp(`id="f-${name}-error"[^>]*>([^<]*)`).exec(text)?.[1]
    const undated = await addConsumer({ consumer: 'escrow', declaredOn: '' })
    expect([undated.status, field('consumer', undated)]).toEqual([422, 'escrow 不能调用自己'])
    expect(field('declaredOn', undated)).toContain('至少填一个')
    const unknown = await addConsumer({
      consumer: 'nobody',
      declaredOn: '2027-01-01',
      lastSeenOn: '2027-02-01',
    })
    expect(field('consumer', unknown)).toContain('没有“nobody”这个服务')
    for (const day of ['declaredOn', 'lastSeenOn']) expect(field(day, unknown)).toContain('在今天（')
    const itself = await site.post('/services/escrow/providers/new', { provider: 'escrow', ...USE })
    expect(field('provider', itself)).toBe('escrow 不能调用自己')
  })

  test('a service of which no source has told has its gate from day one, and can close it', async () => {
    const { site } = await openUses()
    const { text } = await site.get('/services/till')
    expect(text).not.toContain('没有关卡')
    expect(text).toMatch(/id="gate-no-consumers-confirmed"><strong>确认无调用方<\/strong>.*未关闭/s)
    await site.post('/services/till/no-consumers', { evidence: '90 天无调用' })
    expect((await site.get('/services/till')).text).not.toContain('登记册自带')
  })
})
