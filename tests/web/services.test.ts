import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { createApp } from '../../src/app.ts'
import { listCosts } from '../../src/store/money.ts'
import { findService } from '../../src/store/services.ts'
import { listDependencies, listExternals } from '../../src/store/uses.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }
const USE = { strength: 'hard', needs: 'from', declaredOn: TODAY, declaredBy: '王芳' }
const SCRIPT = '<script>alert(1)</script>'

describe.each(databases)('on $name', ({ open }) => {
  /** 履约1.0 has at least 3,000 orders and the service escrow; till serves no system. */
  async function openServices() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { key: '履约1.0', name: '履约1.0' })
    await count(context, await addResidual(context, system), '2026-03-30', '3000+')
    const escrow = await addService(context, 'escrow', ['履约1.0'])
    const till = await addService(context, 'till')
    const site = await serve(createApp(context))
    const addConsumer = (more = {}) =>
      site.post('/services/escrow/consumers/new', { consumer: 'till', ...USE, ...more })
    return { context, db: context.db, escrow, till, site, addConsumer }
  }

  test('the page of a service starts with why it cannot go, in both languages', async () => {
    const { site, addConsumer } = await openServices()
    await addConsumer()
    expect((await site.get('/services/escrow')).text).toContain(
      '不能停：履约1.0 还有至少 3,000 单，till 还在调用它。',
    )
    expect((await site.get('/services/escrow', ENGLISH)).text).toContain(
      'Cannot be shut down: 履约1.0 still has at least 3,000 open orders, and till calls it.',
    )
  })

  test('the list says verdict, reason and cost; an unknown cost is no 0', async () => {
    const { site, context, escrow } = await openServices()
    await createCost(context, { serviceId: escrow }, { kind: 'machines', amountFen: '8106', currency: 'CNY' })
    const { text } = await site.get('/services', ENGLISH)
    for (const said of ['at least 8,106 CNY/month', 'at least 3,000 open orders', 'and 1 more', '2 services'])
      expect(text).toContain(said)
    expect(text).toContain('<span class="unknown">unknown</span>')
  })

  test('the list is filtered in the address by text, verdict, system and blocker', async () => {
    const { site } = await openServices()
    const keys = async (query: string) =>
      [
        ...(await site.get(`/services?${query}`)).text.matchAll(/scope="row"><a href="\/services\/(\w+)/g),
      ].map(([, key]) => key)
    expect(await keys('')).toEqual(['escrow', 'till'])
    expect(await keys('verdict=READY')).toEqual([])
    expect(await keys('verdict=BLOCKED&text=ESC')).toEqual(['escrow'])
    expect(await keys('system=履约1.0')).toEqual(['escrow'])
    expect(await keys('blocker=residual:履约1.0')).toEqual(['escrow'])
    expect(await keys('verdict=nonsense&page=99')).toEqual(['escrow', 'till'])
  })

  test('a consumer shows its evidence; withdrawn it counts no more and stays visible', async () => {
    const { site, db, addConsumer } = await openServices()
    expect((await addConsumer()).headers.get('location')).toMatch(/^\/services\/escrow\?done=\d+$/)
    const [use] = await listDependencies(db)
    const path = `/dependencies/${use!.id}/withdraw`
    expect((await site.get(path)).text).toContain('撤回：till → escrow')
    await site.post(path, { version: '1', reason: '已改接' })
    const { text } = await site.get('/services/escrow')
    expect(text).toContain(`${TODAY}：已改接`)
    expect(text).not.toContain('还在调用它')
  })

  test('a waived outside consumer holds nothing until its day', async () => {
    const { site, db } = await openServices()
    await site.post('/services/till/externals/new', { name: '招商银行', ...USE })
    expect((await site.get('/services/till')).text).toContain('外部调用方“招商银行”还在用 till')
    const [use] = await listExternals(db)
    const waiver = { version: '1', waivedBy: '林晓', waiverReason: '备份', waivedUntil: '2026-04-30' }
    await site.post(`/externals/${use!.id}/waive`, waiver)
    const { text } = await site.get('/services/till')
    expect(text).not.toContain('外部调用方“招商银行”还在用')
    expect(text).toContain('林晓 批准，至 2026-04-30：备份')
  })

  test('confirming that nobody calls frees it; shutting down and bringing back are told', async () => {
    const { site, db } = await openServices()
    await site.post('/services/new', { key: 'cash', name: 'cash', role: 'legacy' })
    await site.post('/services/cash/no-consumers', { evidence: '90 天无调用' })
    expect((await site.get('/services/cash', ENGLISH)).text).toContain(
      'Can be shut down now: nothing holds it.',
    )
    const off = await site.post('/services/cash/shutdown', { on: TODAY, version: '1' })
    expect((await site.get(off.headers.get('location')!)).text).toContain(`已于 ${TODAY} 停掉。`)
    await site.post('/services/cash/bring-back', { reason: '还要用', version: '2' })
    expect(await findService(db, 'cash')).toMatchObject({ state: 'on' })
  })

  test('one that is not ready goes only with a reason, which stays on its page', async () => {
    const { site, addConsumer } = await openServices()
    const refused = await site.post('/services/escrow/shutdown', { on: TODAY, version: '1' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('还有 2 项挡着，不能停')
    expect(refused.text).toContain('<li><span>履约1.0 还有至少 3,000 单')
    expect(refused.text).not.toContain('name="reason"')
    await addConsumer()
    expect((await site.get('/services/escrow/shutdown')).text).toContain('还在运行并调用它：till')
    await site.post('/services/escrow/shutdown', { on: TODAY, version: '1', overrideReason: '机房断电' })
    expect((await site.get('/services/escrow')).text).toContain('理由：机房断电')
    expect((await site.get('/services/till')).text).toContain('<strong>被调用方已停</strong>')
  })

  test.each([
    ['itself', { consumer: 'escrow' }, 'escrow 不能调用自己'],
    ['nobody known', { consumer: 'nope' }, '没有“nope”这个服务'],
    ['no evidence', { declaredOn: '' }, '没有证据的依赖不作数'],
    ['a day ahead', { declaredOn: '2026-04-01' }, '2026-04-01 在今天'],
    ['no day', { lastSeenOn: '2026-02-30' }, '不是日期'],
    ['quiet days', { quietDays: '1e3' }, '“1e3”是科学计数法'],
    ['a strength', { strength: 'steel' }, '不在可选项里'],
  ])('a consumer with %s is refused at its field', async (_what, more, message) => {
    const { db, addConsumer } = await openServices()
    const { status, text } = await addConsumer(more)
    expect(status).toBe(422)
    expect(text).toContain(message)
    expect(await listDependencies(db)).toEqual([])
  })

  test('the same use twice, an old version, a key with a slash: each is refused', async () => {
    const { site, db, addConsumer } = await openServices()
    await addConsumer()
    expect((await addConsumer()).text).toContain('同一来源已经记过这条依赖')
    const [use] = await listDependencies(db)
    const edited = { ...USE, strength: 'soft' }
    expect((await site.post(`/dependencies/${use!.id}/edit`, { ...edited, version: '1' })).status).toBe(303)
    expect((await site.post(`/dependencies/${use!.id}/edit`, { ...USE, version: '1' })).status).toBe(409)
    expect((await site.post('/services/new', { key: 'a/b', name: 'a' })).status).toBe(422)
    expect((await site.post('/services/new', { key: 'till', name: 'a' })).text).toContain('已经有了')
  })

  test('a script as a name is shown as text, and what is not there is not found', async () => {
    const { site, context, till } = await openServices()
    await site.post('/services/new', { key: 'evil', name: SCRIPT })
    await site.post('/services/evil/externals/new', { name: SCRIPT, ...USE })
    await createCost(context, { serviceId: till }, { kind: 'other', amountFen: '1', currency: 'CNY' })
    for (const path of ['/services', '/services/evil', '/shutdown'])
      expect((await site.get(path)).text).not.toContain(SCRIPT)
    const [cost] = await listCosts(context.db, { serviceId: till })
    expect((await site.get(`/costs/${cost!.id}/withdraw`)).status).toBe(200)
    for (const path of [
      '/services/nope',
      '/services/nope/edit',
      '/gates/9/waive',
      '/gates/1e3/withdraw',
      '/costs/0/withdraw',
    ])
      expect((await site.get(path)).status, path).toBe(404)
  })

  test('the reason for a change of role stands beside the role, given or not', async () => {
    const { site } = await openServices()
    const edit = (more: object, version: string) =>
      site.post('/services/till/edit', { key: 'till', name: 'till', version, ...more })
    expect((await site.get('/services/till')).text).not.toContain('改定')
    await edit({ role: 'follows', roleReason: '这是缓存，跟着调用方走' }, '1')
    const { text } = await site.get('/services/till')
    expect(text).toContain('2026-03-31 由 林晓 改定：这是缓存，跟着调用方走')
    await edit({ role: '' }, '2')
    const later = (await site.get('/services/till', ENGLISH)).text
    expect(later).toContain('changed on 2026-03-31 by 林晓, no reason given')
  })

  test('a confirmation that a later use contradicts says so among the gates, and by which use', async () => {
    const { site, context, db, addConsumer } = await openServices()
    const evidence = { evidence: '一年的日志' }
    expect((await site.post('/services/escrow/no-consumers', evidence)).status).toBe(303)
    expect((await site.get('/services/escrow')).text).toContain('已关闭')
    await addConsumer({ declaredOn: '', declaredBy: '', lastSeenOn: '2026-03-01', quietDays: '400' })
    const [use] = await listDependencies(db)
    const standing = async (at: string) => {
      const later = await serve(createApp({ ...context, now: () => new Date(`${at}T12:00:00+08:00`) }))
      return (await later.get('/services/escrow')).text
    }
    expect(await standing(TODAY)).toContain('未关闭')
    await site.post('/services/escrow/no-consumers', evidence)
    await db.updateTable('gate').set({ state: 'closed', closed_on: TODAY }).execute()
    await db.updateTable('dependency').set({ last_seen_on: '2026-04-02' }).execute()
    expect(await standing('2026-04-03')).toMatch(
      /<strong class="alarm">已被调用推翻<\/strong>.*till 在 2026-04-02 又调用它：/s,
    )
    const typed = { reason: '误报', version: String(use!.version) }
    await site.post(`/dependencies/${use!.id}/withdraw`, typed)
    expect(await standing('2026-04-03')).toContain('（这条依赖已于 2026-03-31 撤回）')
  })
})
