import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('what may not be switched off today is said first, with what it would take', async () => {
    const context = contextOn('2026-03-31', await open())
    const split = await addService(context, 'split')
    const gate = { key: 'audit', name: 'audit', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: split }, gate)
    await addService(context, 'ledger')
    await addService(context, 'core', [], 'stay')
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
    await createDependency(context, { consumer: 'split', provider: 'ledger', ...use })
    const site = await serve(createApp(context))
    const ask = async (query: string) => (await site.get(`/shutdown/what-if?${query}`, ENGLISH)).text

    const held = 'split is held today: switching it off takes an override with a reason.'
    expect(await ask('off=split')).toContain(held)
    expect(await ask('off=ledger&off=split')).toContain('ledger, split are held today: switching them off')
    expect(await ask('off=split&resolve=sgate:split/audit')).not.toContain('held today')
    expect(await ask('off=core')).toContain('core is to stay and cannot be switched off')
    const { hindered } = JSON.parse((await site.get('/api/v1/shutdown/what-if?off=core&off=split')).text)
    expect(hindered).toEqual([
      { service: 'core', verdict: 'KEEP', soaking: null },
      { service: 'split', verdict: 'BLOCKED', soaking: null },
    ])
  })
})
