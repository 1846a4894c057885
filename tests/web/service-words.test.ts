import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const HARD = { strength: 'hard', needs: 'from', declaredOn: TODAY }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  async function openSite() {
    const context = contextOn(TODAY, await open())
    const use = (consumer: string, provider: string, more = {}) =>
      createDependency(context, { ...HARD, consumer, provider, ...more })
    return { context, use, site: await serve(createApp(context)) }
  }

  test('a re-pointing that decides next is said with its day once', async () => {
    const { context, use, site } = await openSite()
    await addResidual(context, await addSystem(context))
    await addService(context, 'sf', ['账户1.0'])
    const held = await addService(context, 'se')
    await createGate(
      context,
      { serviceId: held },
      { key: 'audit', name: 'audit', kind: 'approval', state: 'open' },
    )
    await use('se', 'sf', { untilOn: '2027-01-31' })
    expect((await site.get('/services/sf', ENGLISH)).text).toContain(
      'After that it waits for: the re-pointing of se → sf (expected by 2027-01-31).',
    )
    expect((await site.get('/services/se', ENGLISH)).text).toContain(
      'Cannot be shut down: the gate “audit” is open',
    )
    expect((await site.get('/services/se')).text).toContain('不能停：关卡“audit”未关闭')
    expect((await site.get('/services/sf')).text).toContain('轮到：se → sf 的改接（预计 2027-01-31）。')
  })

  test('who stays and was only seen calling holds it until that use grows quiet, and page and API say when', async () => {
    const { use, context, site } = await openSite()
    await addService(context, 'portal', [], 'stay')
    for (const key of ['ledger', 'batch']) await addService(context, key)
    await use('portal', 'ledger', { declaredOn: undefined, lastSeenOn: '2026-03-20' })
    await use('ledger', 'batch')
    await use('batch', 'ledger')
    await createExternal(context, { name: 'Blue Bank', provider: 'ledger', ...HARD })
    const [english, chinese] = [
      (await site.get('/services/ledger', ENGLISH)).text,
      (await site.get('/services/ledger')).text,
    ]
    expect(english).toContain('portal stays and calls it, and Blue Bank calls it too.')
    expect(english).toContain('unless seen again, quiet from 2026-04-19')
    expect(english).toContain('unless seen again, it no longer counts from 2026-04-19.')
    expect(english).not.toContain('does not end by itself')
    expect(chinese).toContain('portal 要保留，还在调用它，Blue Bank 也在调用它。')
    expect(chinese).toContain('如不再看到，2026-04-19 起算静默')
    const { staying } = JSON.parse((await site.get('/api/v1/services/ledger')).text)
    expect(staying.fades).toEqual({ consumer: 'portal', provider: 'ledger', quietOn: '2026-04-19' })
  })

  test('of several unknown dates none sets that of the service alone, and the page says so', async () => {
    const { context, site } = await openSite()
    const id = await addService(context, 'till', [])
    const gate = { kind: 'approval', state: 'open' }
    await confirmNoConsumers(context, id, { evidence: '日志' })
    await createGate(context, { serviceId: id }, { ...gate, key: '会签', name: '会签' })
    const one = (await site.get('/services/till', ENGLISH)).text
    expect(one).toContain('Binding blocker: the gate “会签” of till is open.')
    await createGate(context, { serviceId: id }, { ...gate, key: '对账', name: '对账' })
    const [english, chinese] = [
      (await site.get('/services/till', ENGLISH)).text,
      (await site.get('/services/till')).text,
    ]
    expect(english).toContain('What sets the date')
    expect(english).toContain(
      'No single thing sets the date: of several nobody knows by when they end, among them: the gate “会签” of till is open; the gate “对账” of till is open.',
    )
    expect(chinese).toContain('日期不由哪一项单独决定')
  })

  test('a reason in the middle of an English sentence begins in lower case', async () => {
    const { context, site } = await openSite()
    await addService(context, 'till', [])
    await site.post('/services/till/externals/new', {
      name: '招商银行',
      strength: 'hard',
      needs: 'from',
      declaredOn: TODAY,
    })
    expect((await site.get('/services/till', ENGLISH)).text).toContain(
      'Cannot be shut down: the external consumer “招商银行” still uses till',
    )
  })

  test('of a ring that can go each row says with whom, and the form says what that rests on and asks in its own words', async () => {
    const { context, use, site } = await openSite()
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), TODAY, '0')
    for (const key of ['sa', 'sb']) await addService(context, key, ['账户1.0'])
    await use('sa', 'sb')
    await use('sb', 'sa')
    for (const path of ['/shutdown', '/services']) {
      const { text } = await site.get(path, ENGLISH)
      expect(text).toContain('<td class="held">together with sb')
      expect(text).toContain('<td class="held">together with sa')
    }
    expect((await site.get('/services')).text).toContain('要和 sb 一起停')
    const form = (await site.get('/services/sa/shutdown', ENGLISH)).text
    expect(form).toContain('Together with it goes sb, as they call each other.')
    expect(form).toMatch(/Rests on:<\/p>\s*<ul class="rests">\s*<li>[^<]+: 0, counted on 2026-03-31/)
    const asked = await site.post('/services/sa/shutdown', { on: TODAY, version: '1' }, ENGLISH)
    expect(asked.text).toContain('It goes together with sb, as they call each other. Shut both down?')
    expect(asked.text).toContain('<button class="primary">Yes, shut down</button>')
  })

  test('an English form offers the systems by their English names too', async () => {
    const { context, site } = await openSite()
    await addSystem(context, { key: 'wallet', name: '钱包', nameEn: 'Wallet' })
    await addService(context, 'pay')
    for (const path of ['/services/new', '/services/pay/edit'])
      expect((await site.get(path, ENGLISH)).text).toContain('钱包 · Wallet')
  })
})
