import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createCost, createExpectedSaving } from '../../src/actions/money.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createApp } from '../../src/app.ts'
import { serveApi } from '../support/api.ts'
import { addService, addSystem, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('savings of nothing in one currency are left out beside those in another', async () => {
    const context = contextOn('2026-03-31', await open())
    const retired = { status: 'retired', statusOn: '2026-03-01', statusReason: '文档' }
    const systemId = await addSystem(context, retired)
    const cost = (amountFen: string, currency: string, kind: string, fromOn: string) =>
      createCost(context, { systemId }, { kind, amountFen, currency, fromOn })
    await cost('90000', 'CNY', 'people', '2025-01-01')
    await cost('0', 'CNY', 'people', '2026-03-01')
    await cost('0', 'USD', 'machines', '2025-01-01')
    const { text } = await (await serve(createApp(context))).get('/', ENGLISH)
    expect(text).toMatch(
      /<dt>Realised savings<\/dt><dd>90,000 CNY\/month<br>.*what fell earlier is not in it/,
    )
  })

  test('the overview adds up what somebody expects to save, until the system is retired', async () => {
    const context = contextOn('2026-03-31', await open())
    const { get } = await serve(createApp(context))
    const [one, other] = [await addSystem(context), await addSystem(context, { key: 'B', name: 'B' })]
    const gone = { key: 'C', name: 'C', status: 'retired', statusReason: '文档' }
    for (const id of [one, other, await addSystem(context, gone)]) {
      await createExpectedSaving(context, id, { kind: 'machines', amountFen: '8106', currency: 'CNY' })
      expect((await get('/')).text).toContain('潜在节省（预期）')
    }
    expect((await get('/')).text).toContain('<dt>已下线系统原先的预期</dt><dd>')
    await createExpectedSaving(context, other, { kind: 'people', currency: 'CNY', personMonths: '8' })
    const { text } = await get('/', ENGLISH)
    const said = '16,212 CNY/month + 8 person-months/month'
    expect(text).toContain(`<dt>Projected savings, as expected</dt><dd>${said}</dd>`)
    expect(text).toContain('<dt>Was expected of retired systems</dt><dd>8,106 CNY/month<br>')
  })

  test('a system says in the API what its end has saved, as on its page', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context, {
      status: 'retired',
      statusOn: '2026-03-01',
      statusReason: '文档',
    })
    await addSystem(context, { key: 'B', name: 'B' })
    for (const [amountFen, fromOn] of [
      ['20000', '2025-01-01'],
      ['500', '2026-03-15'],
    ])
      await createCost(context, { systemId }, { kind: 'machines', amountFen, currency: 'CNY', fromOn })
    const { get } = await serveApi(context)
    const savings = {
      realised: [{ fen: 1_950_000, currency: 'CNY' }],
      leakage: [{ fen: 50_000, currency: 'CNY' }],
    }
    expect((await get('/systems/账户1.0')).json).toMatchObject({ savings })
    expect((await get('/systems/B')).json.savings).toBeNull()
  })

  test('what services that are off save stands beside the savings of systems, and is never added to them', async () => {
    const context = contextOn('2026-03-31', await open())
    const [gone, paid, other] = await Promise.all(['gone', 'paid', 'on'].map(key => addService(context, key)))
    const cost = (serviceId: number, amountFen: string, fromOn: string) =>
      createCost(context, { serviceId }, { kind: 'machines', amountFen, currency: 'CNY', fromOn })
    for (const id of [gone!, paid!, other!]) await cost(id, '8000', '2025-01-01')
    for (const id of [gone!, paid!]) await shutDown(context, id, { overrideReason: '演练' })
    await cost(gone!, '500', '2026-03-31')
    const { get } = await serveApi(context)
    const [realised, leakage] = [[{ fen: 750_000, currency: 'CNY' }], [{ fen: 850_000, currency: 'CNY' }]]
    expect((await get('/services')).json.savings).toEqual({ realised, leakage })
    expect((await get('/services/gone')).json.savings).toMatchObject({ realised })
    expect((await get('/services/on')).json.savings).toBeNull()
    const site = await serve(createApp(context))
    const { text } = await site.get('/', ENGLISH)
    expect(text).toContain('<dt>Saved by services switched off</dt><dd>7,500 CNY/month<br>')
    expect(text).toContain('so the two are never added')
    expect(text).toContain('8,500 CNY/month</a>')
    expect(text).not.toContain('<dt>Realised savings')
    expect((await site.get('/services/gone')).text).toMatch(/已实现的节省<\/dt>\s*<dd>7,500 CNY/)
  })

  test('what a blocker frees has its hundredths, so that “at least” is true', async () => {
    const context = contextOn('2026-03-31', await open())
    const serviceId = await addService(context, 'bank')
    await confirmNoConsumers(context, serviceId, { evidence: 'logs' })
    await createCost(context, { serviceId }, { kind: 'machines', amountFen: '2000.50', currency: 'CNY' })
    await createGate(context, { serviceId }, { key: '会签', name: '会签', kind: 'approval', state: 'open' })
    const { text } = await (await serve(createApp(context))).get('/shutdown', ENGLISH)
    expect(text).toContain('at least 2,000.50 CNY')
    expect(text).not.toContain('2,001')
  })

  test('what ending a blocker is worth is rounded, on the page as in the API, a lower bound too', async () => {
    const context = contextOn('2026-03-31', await open())
    const serviceId = await addService(context, 'bank')
    await confirmNoConsumers(context, serviceId, { evidence: 'logs' })
    await createCost(context, { serviceId }, { kind: 'machines', amountFen: '100.05', currency: 'CNY' })
    await createGate(context, { serviceId }, { key: '会签', name: '会签', kind: 'approval', state: 'open' })
    const [{ acceleration }] = (await (await serveApi(context)).get('/blockers')).json.items
    expect(acceleration).toMatchObject({ fen: 119_978, isWhole: false })
    const { text } = await (await serve(createApp(context))).get('/shutdown', ENGLISH)
    expect(text).toContain('at least 1,200 CNY')
  })

  test('a service that comes back with its costs recorded as ended says so before it does', async () => {
    const context = contextOn('2026-03-31', await open())
    const { get } = await serve(createApp(context))
    const serviceId = await addService(context, 'till')
    await confirmNoConsumers(context, serviceId, { evidence: '90 天无调用' })
    const cost = (amountFen: string, fromOn: string | null) =>
      createCost(context, { serviceId }, { kind: 'machines', amountFen, currency: 'CNY', fromOn })
    await cost('800', null)
    await shutDown(context, serviceId)
    const form = async () => (await get('/services/till/bring-back', ENGLISH)).text
    expect(await form()).not.toContain('recorded as ended')
    await cost('0', '2026-03-31')
    expect(await form()).toContain('recorded as ended (machines: 0 from 2026-03-31)')
    expect(await form()).toContain('href="/services/till/costs/new"')
  })
})
