import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addService, addSystem, count, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('what a cancelled retirement leaves open is not counted among what is to go', async () => {
    const context = contextOn('2026-03-31', await open())
    const stays = await addSystem(context)
    const site = await serve(createApp(context))
    await count(context, await addResidual(context, stays), '2026-03-01', '196')
    const other = await addSystem(context, { key: '交易1.0', name: '交易1.0' })
    await count(context, await addResidual(context, other), '2026-03-01', '64')
    const { version } = (await findSystem(context.db, '账户1.0'))!
    await changeStatus(context, stays, { to: 'cancelled', on: '2026-03-31', reason: '业务保留', version })
    const said =
      '1 of 2 legacy systems still run. 1 more stays (retirement cancelled). 64 open orders counted.'
    expect((await site.get('/', { cookie: 'lang=en' })).text).toContain(said)
    expect((await site.get('/')).text).toContain('1 个仍在运行。另有 1 个保留（已取消下线）。')
  })

  test('what is at least left is said with its unit in Chinese', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), '2026-03-01', '64')
    await count(context, await addResidual(context, system, { key: 'b', name: 'b' }), '2026-03-01', '3000+')
    const site = await serve(createApp(context))
    expect((await site.get('/')).text).toContain('已盘点存量 64 单，另有至少 3,000 单。')
    expect((await site.get('/', { cookie: 'lang=en' })).text).toContain('counted, at least 3,000 more.')
  })

  test('at least 0 is an unknown number, and about 0 is not nothing', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context)
    const site = await serve(createApp(context))
    const said = async () => [(await site.get('/', { cookie: 'lang=en' })).text, (await site.get('/')).text]
    const add = async (key: string, text: string, unit = 'order') =>
      count(context, await addResidual(context, system, { key, name: key, unit }), '2026-03-01', text)
    await add('a', '0+')
    for (const text of await said())
      expect(text).toMatch(/An unknown number of orders\.|存量（单）数目不明。/)
    const page = async () => (await site.get(`/systems/账户1.0`, { cookie: 'lang=en' })).text
    expect(await page()).toContain('an unknown number of orders')
    await add('b', 'about 0')
    const [about] = await said()
    expect(about).toContain('About 0 open orders counted, an unknown number more.')
    await add('c', '64')
    await add('d', '0+', 'job')
    const [english, chinese] = await said()
    expect(english).toContain('orders counted, an unknown number more, an unknown number of jobs more.')
    expect(chinese).toContain('单，另有存量数目不明，另有存量（任务）数目不明。')
    expect(await page()).toContain('at least about 64 orders')
  })

  test('whoever stays, and what they use on the way, is named once in the headline of a service', async () => {
    const context = contextOn('2026-03-31', await open())
    for (const key of ['ledger', 'split']) await addService(context, key)
    await addService(context, 'risk', [], 'stay')
    const use = { strength: 'hard', needs: 'from', declaredBy: '王芳', declaredOn: '2026-03-30' }
    await createDependency(context, { consumer: 'split', provider: 'ledger', ...use })
    await createDependency(context, { consumer: 'risk', provider: 'split', ...use })
    const { text } = await (await serve(createApp(context))).get('/services/ledger')
    expect(text).toContain('risk 要保留，经由 split 还在使用它')
    expect(text).not.toContain('split 还在调用它')
  })

  test('every one who stays is named with its day, callers are counted in words, and reasons as the list counts them', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context, { key: '交易1.0', name: '交易1.0' })
    for (const n of Array.from({ length: 15 }, (_, at) => at)) {
      const gate = { key: `g${n}`, name: `g${n}`, kind: 'callers', state: 'open' }
      await createGate(context, { systemId: system }, gate)
    }
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-03-30', provider: 'ledger' }
    await addService(context, 'ledger')
    for (const key of ['a', 'b', 'c', 'd']) await addService(context, key, ['交易1.0'])
    for (const key of ['risk', 'gateway']) await addService(context, key, [], 'stay')
    for (const consumer of ['a', 'b', 'c', 'd', 'risk']) await createDependency(context, { consumer, ...use })
    await createDependency(context, { consumer: 'gateway', ...use, untilOn: '2026-12-28' })
    const site = await serve(createApp(context))
    expect((await site.get('/services/ledger', { cookie: 'lang=en' })).text).toContain(
      'Cannot be shut down: risk and 1 other that stays use it, and a, b, c and 1 more call it too; 16 more reasons.',
    )
    expect((await site.get('/services/ledger', { cookie: 'lang=en' })).text).toContain(
      'risk stays and calls it (does not end by itself); gateway stays too and calls it (expected by 2026-12-28)<br>',
    )
    const { text } = await site.get('/services/ledger')
    expect(text).toContain(
      'risk 及另外 1 个要保留的服务还在使用它，a、b、c 及另外 1 个也在调用它；另有 16 项阻塞。',
    )
    expect(text).toContain('另有 5 项</p>')
  })

  test('the status of a system is not counted as one of its gates', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context, { key: 'OP', name: 'OP', status: 'migrating' })
    const gate = { key: '操作', name: 'OP 操作', kind: 'callers', state: 'open' }
    await createGate(context, { systemId: id }, gate)
    const { text } = await (await serve(createApp(context))).get('/')
    expect(text).toMatch(/data-head="未关关卡"><span>1<\/span>/)
  })
  test('of the services of a system that is retired or stays nobody says how many can go', async () => {
    const context = contextOn('2026-03-31', await open())
    const reason = { statusReason: '文档' }
    await addSystem(context, { key: 'A', name: 'A', status: 'retired', ...reason })
    await addSystem(context, { key: 'B', name: 'B', status: 'cancelled', ...reason })
    await addService(context, 'left', ['A'])
    await addService(context, 'kept', ['B'])
    const { text } = await (await serve(createApp(context))).get('/')
    const cells = [...text.matchAll(/data-head="可下线服务"><span>([^<]*)</g)].map(found => found[1])
    expect(cells).toEqual(['1 个仍在运行', '不下线'])
  })

  test('how many services can go is said of those that still run', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const [gone] = [
      await addService(context, 'core', ['账户1.0']),
      await addService(context, 'web', ['账户1.0']),
    ]
    const { get } = await serve(createApp(context))
    const cell = async () =>
      /data-head="Services ready"><span>([^<]*)</.exec((await get('/', { cookie: 'lang=en' })).text)![1]
    expect(await cell()).toBe('0 of 2')
    await shutDown(context, gone, { overrideReason: '机房断电' })
    expect(await cell()).toBe('0 of 1, 1 off')
  })

  test('whoever is off and only has to become quiet is not said to call', async () => {
    const context = contextOn('2026-03-31', await open())
    await count(context, await addResidual(context, await addSystem(context)), '2026-03-01', '64')
    await addService(context, 'ledger', ['账户1.0'])
    for (const consumer of ['till', 'cash']) {
      const id = await addService(context, consumer)
      const use = { consumer, provider: 'ledger', strength: 'hard', needs: 'from' }
      await createDependency(context, { ...use, lastSeenOn: '2026-03-20' })
      if (consumer === 'till') await shutDown(context, id, { answers: ['unconfirmed:till'] })
    }
    const { get } = await serve(createApp(context))
    const [headline] = /<p class="headline">[^<]*/.exec((await get('/services/ledger')).text)!
    expect(headline).toContain('，cash 还在调用它；另有')
    expect(headline).not.toContain('till')
    expect((await get('/services/ledger/shutdown')).text).toMatch(/还在运行并调用它：cash\s*</)
    const { text } = await get('/shutdown/what-if?off=ledger')
    expect(text).toContain('cash')
    expect(text).not.toContain('till、')
  })

  test('a caller that is named is not counted again among the other reasons', async () => {
    const context = contextOn('2026-03-31', await open())
    await count(context, await addResidual(context, await addSystem(context)), '2026-03-01', '64')
    await addService(context, 'ledger', ['账户1.0'])
    await addResidual(context, await addSystem(context, { key: '支付1.0', name: '支付1.0' }))
    await addService(context, 'cash', ['支付1.0'])
    const use = { provider: 'ledger', strength: 'hard', needs: 'from', declaredOn: '2026-03-30' }
    for (const name of ['银行', '极光']) await createExternal(context, { name, ...use })
    const site = await serve(createApp(context))
    const headline = async () =>
      /<p class="headline">[^<]*/.exec((await site.get('/services/ledger')).text)![0]
    expect(await headline()).toContain('极光')
    expect(await headline()).not.toContain('另有')
    await createDependency(context, { consumer: 'cash', ...use })
    expect(await headline()).toContain('另有 1 项阻塞')
  })
})
