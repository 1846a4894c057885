import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }
const GATE = `resolve=${encodeURIComponent('sgate:job/会签')}`

describe.each(databases)('on $name', ({ open }) => {
  /** job waits for a gate without a day; it calls diff, and vault, which waits for a gate of its own until June. */
  async function openEstate() {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '14' })
    const [job, , vault] = [
      await addService(context, 'job'),
      await addService(context, 'diff'),
      await addService(context, 'vault'),
    ]
    const gate = { key: '会签', name: '会签', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: job }, gate)
    await createGate(context, { serviceId: vault }, { ...gate, closesOn: '2026-06-30' })
    await confirmNoConsumers(context, job, { evidence: '日志' })
    for (const provider of ['diff', 'vault'])
      await createDependency(context, {
        ...{ consumer: 'job', provider, strength: 'hard', needs: 'from', declaredOn: TODAY },
      })
    const site = await serve(createApp(context))
    return {
      site,
      ask: async (query: string) => (await site.get(`/shutdown/what-if?${query}`, ENGLISH)).text,
    }
  }

  test('who had to wait and can go at once is named, where no more become free', async () => {
    const { ask, site } = await openEstate()
    await site.post('/gates/1/close', { on: TODAY, evidence: '已签', version: '1' })
    expect(await ask('off=job')).toContain(
      '<p class="headline">This frees no service that was held. 1 that had to wait for others can go at once: diff. </p>',
    )
    const { readied } = JSON.parse((await site.get('/api/v1/shutdown/what-if?off=job')).text)
    expect(readied).toEqual(['diff'])
  })

  test('dates that move are counted without those of services that become free, and the caption says so', async () => {
    const { ask, site } = await openEstate()
    expect(await ask(GATE)).toContain('Besides those that become free, the dates of 1 service move')
    const { text } = await site.get(`/api/v1/shutdown/what-if?${GATE}`)
    const { services, moved } = JSON.parse(text)
    expect(services).toEqual(['diff', 'job'])
    expect(moved.map(({ service }: { service: string }) => service).sort()).toEqual(['diff', 'job', 'vault'])
    expect((await site.get(`/shutdown/what-if?${GATE}`)).text).toContain(
      '除了放行的，另有 1 个服务的日期变了',
    )
  })

  test('a service that becomes free of what goes off today is still watched', async () => {
    const { ask } = await openEstate()
    expect(await ask('off=job')).toContain('⚠ soak period until 2026-04-14')
  })

  test('what to do first comes after the form, so that nobody has to go past it', async () => {
    const { ask } = await openEstate()
    for (const text of [await ask(''), await ask(GATE)])
      expect(text.indexOf('id="best"')).toBeGreaterThan(text.indexOf('id="ask"'))
  })
})
