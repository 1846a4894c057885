import { describe, expect, test } from 'vitest'
import { closeGate, createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { waive } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  /** 账户1.0, with 54 open orders and an open gate, is retired all the same. */
  async function retiredUnready() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const residual = await addResidual(context, systemId)
    await count(context, residual, '2026-03-01', '54')
    const gate = await createGate(
      context,
      { systemId },
      { key: 'cut', name: '切量', kind: 'cutover', state: 'open' },
    )
    const { version } = (await findSystem(context.db, '账户1.0'))!
    const move = { to: 'retired', on: '2026-03-02', overrideReason: '机房搬迁', version }
    await changeStatus(context, systemId, move)
    return { context, residual, gate, site: await serve(createApp(context)) }
  }

  test.each(['2026-03-31', '2026-03-15'])(
    'a gate of a service that was to close on %s is brought up',
    async day => {
      const context = contextOn('2026-03-31', await open())
      const [till, system] = [await addService(context, 'till'), await addSystem(context)]
      const gate = {
        key: 'audit',
        name: '审计',
        nameEn: 'Audit',
        kind: 'approval',
        state: 'open',
        closesOn: day,
      }
      const answers = [`gate.closes_past:${day}`]
      await createGate(context, { serviceId: till }, { ...gate, answers })
      await createGate(context, { systemId: system }, { ...gate, answers })
      const { get } = await serve(createApp(context))
      for (const path of ['/', '/attention']) {
        const { status, text } = await get(path, ENGLISH)
        expect(status).toBe(200)
        for (const href of ['/services/till', SYSTEM]) expect(text).toContain(`href="${href}#gates"`)
      }
      expect((await get('/attention')).text).toMatch(new RegExp(`till[^<]*审计[^<]*${day}`))
      const page = (await get('/services/till', ENGLISH)).text.split('id="gates"')[1]!
      expect(page).toContain(`was due on ${day}, overdue`)
      expect(page).not.toContain('expected by')
    },
  )

  test('a system that an override retired asks for what is left, until nothing is', async () => {
    const { context, residual, gate, site } = await retiredUnready()
    const { text } = await site.get('/')
    expect(text).toContain('账户1.0 还有 2 项没有了结，强行下线的理由：机房搬迁')
    expect(text).toContain(`<a class="next" href="${SYSTEM}#residuals">逐项了结</a>`)
    expect(text).not.toContain('账户1.0 已下线，上海德祐 却还有')
    const left = async () =>
      /<section aria-labelledby="holds">.*?<\/section>/s.exec((await site.get(SYSTEM)).text)?.[0]
    expect(await left()).toMatch(
      /已经强行下线，以下各项还没有了结：.*上海德祐.*href="#residuals".*关卡.*href="#gates"/s,
    )
    await count(context, residual, '2026-03-30', '0')
    const english = (await site.get('/', ENGLISH)).text
    expect(english).toContain('账户1.0 was retired by override (机房搬迁); 1 thing still holds it')
    expect(english).toContain(`href="${SYSTEM}#gates">Settle what is left`)
    const waiver = { waivedBy: '王芳', waiverReason: '已同意', waivedUntil: '2026-06-01', version: 1 }
    await waive(context, 'gate', gate, waiver)
    expect((await site.get('/')).text).not.toContain('强行下线的理由')
    expect(await left()).toContain('<p>已经下线。</p>')
  })

  test('what was counted after the override is news', async () => {
    const { context, residual, site } = await retiredUnready()
    await count(context, residual, '2026-03-30', '60')
    const { text } = await site.get('/')
    expect(text).toContain('账户1.0 已下线，上海德祐却还有 60（2026-03-30）')
    expect(text).toContain(`href="/residuals/${residual}">查清原因`)
  })

  test('a call seen after its provider was shut down is on the overview with its one next step', async () => {
    const context = contextOn('2026-03-31', await open())
    const bank = await addService(context, 'bank')
    await addService(context, 'till')
    const off = { on: '2026-03-01', overrideReason: '机房搬迁', version: 1 }
    await shutDownService(context, bank, off)
    const use = { consumer: 'till', provider: 'bank', strength: 'hard', needs: 'from' }
    await createDependency(context, { ...use, lastSeenOn: '2026-03-20' })
    const { text } = await (await serve(createApp(context))).get('/')
    expect(text).toContain('bank 已于 2026-03-01 停掉，2026-03-20 却还看到 till → bank 的调用')
    expect(text).toContain('href="/services/bank">查清谁在调用')
  })

  test('a cost that goes on after its service was shut down is asked about until somebody records its end', async () => {
    const context = contextOn('2026-03-31', await open())
    const serviceId = await addService(context, 'bank')
    const cost = (amountFen: string, fromOn: string) =>
      createCost(context, { serviceId }, { kind: 'machines', amountFen, currency: 'CNY', fromOn })
    await cost('3300', '2025-01-01')
    await shutDownService(context, serviceId, { on: '2026-03-01', overrideReason: '机房搬迁', version: 1 })
    const site = await serve(createApp(context))
    const said = 'bank 已停（停掉日期：2026-03-01），登记的成本还在：至少 3,300 CNY/月'
    expect((await site.get('/attention')).text).toContain(said)
    expect((await site.get('/')).text).toContain('href="/services/bank#costs">还付吗？登记现在的成本')
    await cost('0', '2026-03-01')
    expect((await site.get('/attention')).text).not.toContain(said)
  })

  test('what is still paid for a retired system is asked about, and the sum on the overview leads there', async () => {
    const context = contextOn('2026-03-31', await open())
    const retired = { status: 'retired', statusOn: '2026-03-01', statusReason: '文档' }
    const systemId = await addSystem(context, retired)
    const cost = (amountFen: string, fromOn: string) =>
      createCost(context, { systemId }, { kind: 'machines', amountFen, currency: 'CNY', fromOn })
    await cost('1500', '2025-01-01')
    const site = await serve(createApp(context))
    const said = '账户1.0 已下线（下线日期：2026-03-01），登记的成本还在：1,500 CNY/月'
    const { text } = await site.get('/attention')
    expect(text).toContain('<li id="paid_after_retirement"')
    expect(text).toContain(said)
    expect(text).toContain(`href="${SYSTEM}#money">还付吗？登记现在的成本`)
    expect((await site.get('/')).text).toContain(
      '<a href="/attention#paid_after_retirement">1,500 CNY/月</a>',
    )
    await cost('0', '2026-03-01')
    expect((await site.get('/attention')).text).not.toContain(said)
  })

  test('evidence that ends within the month is brought up before it holds again', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    for (const [key, evidenceExpiresOn] of [
      ['审计', '2026-04-20'],
      ['会签', '2026-06-30'],
    ] as const) {
      const id = await createGate(context, { systemId }, { key, name: key, kind: 'approval', state: 'open' })
      await closeGate(context, id, { on: '2026-03-31', evidence: '纪要', evidenceExpiresOn, version: 1 })
    }
    const { text } = await (await serve(createApp(context))).get('/attention')
    expect(text).toContain('<strong>即将到期</strong> 账户1.0 的关卡“审计”的佐证 2026-04-20 起失效')
    expect(text).not.toContain('会签')
  })

  test('of a retired system of which nothing runs nobody has to prove a gate again', async () => {
    const context = contextOn('2026-03-31', await open())
    const reason = { status: 'retired', statusReason: '文档' }
    const site = await serve(createApp(context))
    for (const key of ['A', 'B']) {
      const systemId = await addSystem(context, { key, name: key, nameEn: `Trading ${key}`, ...reason })
      const gate = { key: '审计', name: `审计${key}`, kind: 'approval', state: 'open' }
      const id = await createGate(context, { systemId }, gate)
      const proof = { evidence: '纪要', evidenceExpiresOn: '2026-04-20' }
      await closeGate(context, id, { on: '2026-03-31', ...proof, version: 1 })
    }
    await addService(context, 'till', ['B'])
    const { text } = await site.get('/attention')
    expect(text).not.toContain('审计A')
    expect(text).toContain('审计B')
    expect((await site.get('/attention', ENGLISH)).text).toContain(
      'B · Trading B is retired, yet its service till still runs',
    )
    for (const key of ['safe', 'scale']) await addService(context, key, ['B', 'A'])
    const english = (await site.get('/attention', ENGLISH)).text
    expect(english).toMatch(/B · Trading B is retired, yet its service till.*href="\/services\/till"/)
    expect(english).toMatch(/A · Trading A is retired, yet 2 of its services.*href="\/systems\/A#services"/)
    expect(english).not.toContain('its service safe')
  })
})
