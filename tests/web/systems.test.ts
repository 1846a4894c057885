import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { createApp } from '../../src/app.ts'
import { listGates } from '../../src/store/gates.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findSystem } from '../../src/store/systems.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`
const GATE = { key: '调用方', name: '调用方切换', kind: 'callers', state: 'open' }

describe.each(databases)('on $name', ({ open }) => {
  /** 账户1.0 is draining: 上海德祐 at 968, 装贝 never counted, one open gate, one service. */
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context, { nameEn: 'Accounts 1.0' })
    const deyou = await addResidual(context, id, { declaredRate: '10' })
    await addResidual(context, id, { key: '装贝', name: '装贝' })
    await count(context, deyou, '2026-01-31', '1000')
    await count(context, deyou, '2026-02-28', '968')
    await createGate(context, { systemId: id }, GATE)
    await addService(context, 'wallet', ['账户1.0'])
    const site = await serve(createApp(context))
    return {
      context,
      db: context.db,
      id,
      deyou,
      site,
      system: async () => (await findSystem(context.db, '账户1.0'))!,
    }
  }

  test('the page says what holds the system, what is unknown, and where it may go', async () => {
    const { site, context, id } = await openSystem()
    await createCost(context, { systemId: id }, { kind: 'machines', amountFen: '8106', currency: 'CNY' })
    const { status, text } = await site.get(SYSTEM)
    expect(status).toBe(200)
    for (const said of [
      '待存量单完结',
      '968 单',
      '2026-03-31 申报：每月约 10',
      '调用方切换',
      'wallet',
      '受阻',
      '8,106 CNY/月',
    ])
      expect(text).toContain(said)
    expect(text).toContain('<dt>人力</dt><dd><span class="unknown">不清楚</span>')
    expect(text).toContain('要强行下线须写明理由')
    expect((await site.get(SYSTEM, ENGLISH)).text).toContain(
      '<span class="sub" lang="en">Accounts 1.0</span>',
    )
  })

  test('the burn-down shows the window that the address asks for', async () => {
    const { site, context, id } = await openSystem()
    await createEvent(context, id, { day: '2026-02-10', kind: 'cutover', title: '二手切量' })
    const { text } = await site.get(SYSTEM)
    expect(text).toContain('id="burndown-order"')
    expect(text).toContain('2026-02-10 二手切量')
    expect((await site.get(`${SYSTEM}?from=2026-02-15&to=2026-03-01`)).text).not.toContain(
      '2026-02-10 二手切量</title>',
    )
    expect((await site.get(`${SYSTEM}?from=nonsense&range=x`)).status).toBe(200)
  })

  test('a count typed on the system page is kept there, and refused there', async () => {
    const { site, deyou } = await openSystem()
    const refused = await site.post(SYSTEM, { day: '2026-03-31', [`count-${deyou}`]: '1e3' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('科学计数法')
    expect(refused.text).toContain('还有什么挡着它')
    const kept = await site.post(SYSTEM, { day: '2026-03-31', [`count-${deyou}`]: '900' })
    expect((await site.get(kept.headers.get('location')!)).text).toContain('968 → 900')
  })

  test('a status that may not follow is refused; retiring before ready needs a reason that stays visible', async () => {
    const { site, system } = await openSystem()
    const move = { on: '2026-03-31', version: '1', reason: '', to: 'migrating' }
    const wrong = await site.post(`${SYSTEM}/status`, move)
    expect([wrong.status, wrong.text]).toEqual([
      422,
      expect.stringContaining('不能从“待存量单完结”改为“迁移中”'),
    ])
    const early = await site.post(`${SYSTEM}/status`, { ...move, to: 'retired' }, ENGLISH)
    expect([early.status, early.text]).toEqual([422, expect.stringContaining('conditions still hold it')])
    expect((await system()).status).toBe('draining')
    const anyway = { ...move, to: 'retired', overrideReason: '监管要求' }
    const asked = await site.post(`${SYSTEM}/status`, anyway)
    const [, answers = ''] = /name="answers" value="([^"]+)"/.exec(asked.text) ?? []
    expect((await site.post(`${SYSTEM}/status`, { ...anyway, answers })).status).toBe(303)
    expect((await site.get(SYSTEM)).text).toContain('未就绪而强行下线，理由：监管要求')
    const again = await site.post(`${SYSTEM}/status`, { ...move, to: 'draining', reason: '重开' })
    expect(again.status).toBe(409)
  })

  test.each([
    [{ name: '' }, '这里要填'],
    [{ name: '长'.repeat(10_000) }, '太长：10000 个字，最多 200 个'],
    [{ key: 'a/b' }, '“a/b”不能作标识'],
    [{ key: '装贝' }, '标识“装贝”已经有了'],
    [{ unit: 'boxes' }, '“boxes”不在可选项里'],
    [{ baseline: '-3' }, '不能是负数：-3'],
    [{ declaredRate: '10+' }, '“10+”不是数'],
    [{ cadenceDays: '0' }, '0 不在 1 到 3650 之间'],
    [{ baselineOn: '2026-02-30' }, '“2026-02-30”不是日期'],
  ])('a residual with %j is refused at its field, and nothing is written', async (wrong, message) => {
    const { site, db } = await openSystem()
    const before = await readRevision(db)
    const fields = { key: 'new', name: '<script>alert(1)</script>', unit: 'order', ...wrong }
    const { status, text } = await site.post(`${SYSTEM}/residuals/new`, fields)
    expect(status).toBe(422)
    expect(text).toMatch(
      new RegExp(`id="f-${Object.keys(wrong)[0]}-error">[^<]*${message.replaceAll('+', '\\+')}`),
    )
    expect(text).not.toContain('<script>alert')
    expect(await readRevision(db)).toBe(before)
  })

  test('two people edit one residual: the second sees both values', async () => {
    const { site, deyou } = await openSystem()
    const fields = { key: '上海德祐', name: '上海德祐', unit: 'order', declaredRate: '10', version: '1' }
    expect((await site.post(`/residuals/${deyou}/edit`, { ...fields, declaredRate: '12.5' })).status).toBe(
      303,
    )
    const { status, text } = await site.post(`/residuals/${deyou}/edit`, { ...fields, declaredRate: '20' })
    expect(status).toBe(409)
    expect(text).toContain('<td>12.5</td><td>20</td>')
  })

  test('a gate is closed with evidence, and opens again with a reason', async () => {
    const { site, db, id } = await openSystem()
    const [gate] = await listGates(db, { systemId: id })
    const form = `/gates/${gate!.id}`
    expect(
      (await site.post(`${form}/close`, { on: '2026-04-01', evidence: 'x', version: '1' })).text,
    ).toContain('在今天')
    const closed = await site.post(`${form}/close`, { on: '2026-03-30', evidence: '工单 17', version: '1' })
    expect(closed.headers.get('location')).toMatch(/\?done=\d+$/)
    expect((await site.get(SYSTEM)).text).toContain('佐证：工单 17')
    const reopened = await site.post(`${form}/reopen`, { state: 'unknown', reason: '回滚', version: '2' })
    expect(reopened.status).toBe(303)
    expect((await site.post(`${SYSTEM}/gates/new`, GATE)).text).toContain('标识“调用方”已经有了')
    expect((await site.post('/services/wallet/gates/new', GATE)).headers.get('location')).toMatch(
      /^\/services\/wallet/,
    )
  })

  test('money is typed and shown in yuan, and a missing cost stays unknown', async () => {
    const { site } = await openSystem()
    const cost = { kind: 'people', amountFen: '20,000', currency: 'CNY' }
    expect((await site.post(`${SYSTEM}/costs/new`, cost)).text).toContain('“20,000”有分隔符')
    expect((await site.post(`${SYSTEM}/costs/new`, { ...cost, amountFen: '8106.5' })).status).toBe(303)
    expect((await site.get('/costs/1/edit')).text).toContain('value="8106.50"')
    const saving = { kind: 'people', amountFen: '1', personMonths: '8', currency: 'CNY' }
    expect((await site.post(`${SYSTEM}/savings/new`, saving)).text).toContain('金额和人月填一个')
    expect((await site.post(`${SYSTEM}/savings/new`, { ...saving, amountFen: '' })).status).toBe(303)
    expect((await site.get(SYSTEM)).text).toContain('8 人月/月')
  })

  test('a reading is withdrawn with a reason and stays visible, struck out', async () => {
    const { site, db, deyou } = await openSystem()
    await count({ ...contextOn('2026-03-31', db) }, deyou, '2026-02-28', '969')
    const [wrong] = await listReadings(db, deyou, 1)
    expect((await site.post(`/readings/${wrong!.id}/withdraw`, { reason: '' })).text).toContain('这里要填')
    const done = await site.post(`/readings/${wrong!.id}/withdraw`, { reason: '数错了库' })
    const { text } = await site.get(done.headers.get('location')!)
    expect(text).toMatch(/<del>969<\/del>/)
    expect(text).toContain('撤回：数错了库')
    expect(text).toContain('被同日的新读数取代')
    expect(text).toContain('1,000 单')
  })

  test.each([
    '/systems/none',
    '/systems/a%2Fb',
    '/residuals/99',
    '/residuals/x/edit',
    '/gates/99/close',
    '/costs/0/edit',
    '/readings/99/withdraw',
    '/events/1e3/edit',
  ])('%s is not found, in words', async path => {
    const { site } = await openSystem()
    const { status, text } = await site.get(path)
    expect([status, text]).toEqual([404, expect.stringContaining('没有这个页面')])
  })
})
