import { describe, expect, test } from 'vitest'
import { plantRegister } from '../../seeds/plant.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createService } from '../../src/actions/services.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('of the real register nothing can go, and each of the 15 services is under all that holds it', async () => {
    const context = contextOn(TODAY, await open())
    await plantRegister(context)
    const site = await serve(createApp(context))
    const { text } = await site.get('/shutdown')
    expect(text).toContain('今天没有服务可以下线；15 个不能。')
    for (const said of [
      '履约1.0 还有至少 3,000 单',
      '账户1.0 还有 1,117 单',
      '存量（1 项）从未盘点',
      '关卡“商户余额查询”未关闭',
    ])
      expect(text).toContain(said)
    const [blocked, unconfirmed] = text.split('id="blocked"')[1]!.split('id="unconfirmed"')
    expect(blocked).toContain('15 个服务等着确认无调用方')
    expect(blocked).toContain('href="#unconfirmed"')
    for (const link of [
      /href="\/services\/[^"]+\/no-consumers"/g,
      /resolve=sgate%3A[^"]+no-consumers-confirmed"/g,
    ]) {
      expect(blocked).not.toMatch(link)
      expect(unconfirmed!.match(link)).toHaveLength(15)
    }
    expect((await site.get('/shutdown', ENGLISH)).text).toContain(
      '账户1.0 · Accounts 1.0 still has 1,117 open orders',
    )
  })

  test('what can go, the waves after it and the groups are told apart', async () => {
    const { site, context } = await openEstate()
    for (const [serviceId, amountFen] of [
      [1, '300'],
      [2, '20'],
    ] as const)
      await createCost(context, { serviceId }, { kind: 'machines', amountFen, currency: 'CNY' })
    const { text } = await site.get('/shutdown', ENGLISH)
    expect(text).toContain(
      '1 service can be shut down today; 2 more once those before them have gone; 1 cannot.',
    )
    const [, ready, waves, groups] = text.split(/<h2 id="(?:ready|waves|groups)">/)
    expect(ready).toContain('/services/till"')
    expect(waves).toContain('Wave 2 · 2 services')
    expect(ready).toContain('together at least 300 CNY/month')
    expect(waves).toContain('together at least 20 CNY/month')
    expect(groups).toContain('without booking → ledger, for example, it is no ring any more')
  })

  test('who stays and still calls is a work list, and the blockers are ranked by what they are worth', async () => {
    const { site, context } = await openEstate()
    for (const [key, amountFen] of [
      ['small', '10'],
      ['large', '9000'],
    ] as const) {
      const serviceId = await add(context, key, 'legacy')
      await confirmNoConsumers(context, serviceId, { evidence: 'logs' })
      await createCost(context, { serviceId }, { kind: 'machines', amountFen, currency: 'CNY' })
      const gate = { key, name: key, kind: 'approval', state: 'open', closesOn: '2026-06-01' }
      await createGate(context, { serviceId }, gate)
    }
    const { text } = await site.get('/shutdown', ENGLISH)
    expect(text.split('id="repoint"')[1]).toContain('/services/core">core</a>')
    const blocked = text.split('id="blocked"')[1]!
    expect(blocked.indexOf('“large”')).toBeLessThan(blocked.indexOf('“small”'))
    expect(blocked).toContain('9,000 CNY')
    const [best] = text.split('id="best"')[1]!.split('id="blocked"')
    expect(best).toMatch(/1 step:.*frees 1 service · at least 9,000 CNY\/month/)
  })

  test('on paper a list says that it goes on, and no sign is left behind by what is not printed', async () => {
    const { site, context } = await openEstate()
    const serviceId = await add(context, 'large', 'legacy')
    for (let n = 1; n <= 21; n++) {
      const gate = { key: `g${n}`, name: `g${n}`, kind: 'approval', state: 'open' }
      await createGate(context, { serviceId }, gate)
    }
    const { text } = await site.get('/shutdown', ENGLISH)
    expect(text).toContain('<p class="print-only">Only page 1 of 2 is printed here')
    expect(text).not.toMatch(/<\/a> · <a class="[^"]*no-print/)
    const { items } = JSON.parse((await site.get('/api/v1/blockers')).text)
    expect(items[0]).toMatchObject({ holdsDirectly: ['large'], holdsInAll: 1 })
  })

  test('an empty register says the next step; the page says as of when and by which rules', async () => {
    const site = await serve(createApp(contextOn(TODAY, await open())))
    const { text } = await site.get('/shutdown', ENGLISH)
    expect(text).toContain('judged as of 2026-03-31 · rules version 1 · revision 0 of the register')
    expect(text).toContain('href="/services/new"')
  })

  /** till calls the ring of ledger and booking; core stays and calls cheap. */
  async function openEstate() {
    const context = contextOn(TODAY, await open())
    for (const key of ['till', 'ledger', 'booking', 'cheap']) await add(context, key, 'legacy')
    await add(context, 'core', 'stay')
    for (const [consumer, provider] of [
      ['till', 'ledger'],
      ['ledger', 'booking'],
      ['booking', 'ledger'],
      ['core', 'cheap'],
    ]) {
      await createDependency(context, {
        consumer,
        provider,
        strength: 'hard',
        needs: 'from',
        declaredOn: TODAY,
      })
    }
    return { context, site: await serve(createApp(context)) }
  }

  async function add(context: Context, key: string, role: string) {
    return (await createService(context, { key, name: key, role })).id
  }
})
