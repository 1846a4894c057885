import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }

describe.each(databases)('on $name', ({ open }) => {
  test('what may not be switched off today is said first, with what it would take', async () => {
    const context = contextOn('2026-03-31', await open())
    const split = await addService(context, 'split')
    const gate = { key: 'audit', name: 'audit', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: split }, gate)
    await addService(context, 'ledger')
    await addService(context, 'core', [], 'stay')
    await createDependency(context, { consumer: 'split', provider: 'ledger', ...USE })
    const site = await serve(createApp(context))
    const ask = async (query: string) => (await site.get(`/shutdown/what-if?${query}`, ENGLISH)).text

    const held = 'split is held today: switching it off takes an override with a reason.'
    expect(await ask('off=split')).toContain(held)
    expect(await ask('off=ledger&off=split')).toContain('ledger, split are held today: switching them off')
    expect(await ask('off=split&resolve=sgate:split/audit')).not.toContain('held today')
    expect(await ask('off=core')).toMatch(
      /core is to stay and cannot be switched off: [^.]*\. The figures reckon with it off all the same\./,
    )
    const chinese = (await site.get('/shutdown/what-if?off=core')).text
    expect(chinese).toContain('core 要保留，不能停：要停，先改服务或所属系统的角色。这里的数字仍按已停计算。')
    const { hindered } = JSON.parse((await site.get('/api/v1/shutdown/what-if?off=core&off=split')).text)
    expect(hindered).toEqual([
      { service: 'core', verdict: 'KEEP', soaking: null },
      { service: 'split', verdict: 'BLOCKED', soaking: null },
    ])
  })

  test('what is off already is told apart from what nobody knows', async () => {
    const context = contextOn('2026-03-31', await open())
    const till = await addService(context, 'till')
    await shutDown(context, till, { overrideReason: '机房搬迁' })
    const site = await serve(createApp(context))
    const query = '/shutdown/what-if?off=till&off=nobody'
    const { text } = await site.get(query, ENGLISH)
    expect(text).toContain('<li>till is off already. Left out.</li>')
    expect(text).toContain('<li>No service is called “nobody”. Left out.</li>')
    expect(text).toContain('Nothing is left of what was asked')
    const { errors } = JSON.parse((await site.get(`/api/v1${query}`, ENGLISH)).text)
    expect(errors.map(({ code, message }: Record<string, string>) => [code, message])).toEqual([
      ['what_if.is_off', '“till” is off already'],
      ['what_if.off', 'No service is called “nobody”'],
    ])
  })

  test('a service free of its last blocker still goes after who calls it, and the soak', async () => {
    const context = contextOn('2026-03-31', await open(), { SOAK_DAYS: '14' })
    await addService(context, 'ledger')
    await createExternal(context, { provider: 'ledger', name: 'Blue Bank', ...USE })
    const split = await addService(context, 'split')
    await createDependency(context, { consumer: 'split', provider: 'ledger', ...USE })
    await confirmNoConsumers(context, split, { evidence: 'log' })
    const site = await serve(createApp(context))
    expect((await site.get('/services/ledger', ENGLISH)).text).toContain(
      'After that nothing else holds it, but split still calls it and goes first: then this one is planned for 2026-04-14.',
    )
    const { binding } = JSON.parse((await site.get('/api/v1/services/ledger')).text)
    expect(binding).toMatchObject({
      earliestThen: '2026-03-31',
      plannedThen: '2026-04-14',
      goesAfter: 'split',
    })
  })

  test('who stays is said first of what still holds, and all the rest can be opened', async () => {
    const context = contextOn('2026-03-31', await open())
    const ledger = await addService(context, 'ledger')
    for (let n = 0; n < 14; n++) {
      const gate = { key: `gate-${n}`, name: `gate-${n}`, kind: 'approval', state: 'open' }
      await createGate(context, { serviceId: ledger }, gate)
    }
    for (const [key, role] of [
      ['core', 'stay'],
      ['split', 'legacy'],
    ]) {
      await addService(context, key!, [], role)
      await createDependency(context, { consumer: key, provider: 'ledger', ...USE })
    }
    const site = await serve(createApp(context))
    const { text } = await site.get('/shutdown/what-if?drop=split%3Eledger', ENGLISH)
    const [first, rest] = text.slice(text.indexOf('id="why"')).split('<summary>3 more blockers</summary>')
    expect(first).toMatch(/<ul class="blockers">\s*<li[^>]*>Somebody who stays still uses it: core → ledger/)
    expect(rest!.split('</details>')[0]!.match(/<li class=/g)).toHaveLength(3)
    expect([...text.matchAll(/gate “(gate-\d+)” of ledger is open/g)].length).toBeGreaterThanOrEqual(14)
  })
})
