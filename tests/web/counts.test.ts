import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findResiduals } from '../../src/store/residuals.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const OLD = { key: '履约1.0', name: '履约1.0' }

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐 at 968, 装贝 never counted; the owner 王芳 has 账户1.0. */
  async function openCounts() {
    const context = contextOn('2026-03-31', await open())
    const accounts = await addSystem(context, { owner: '王芳' })
    const deyou = await addResidual(context, accounts, { nameEn: 'Lujiazui' })
    const orders = await addResidual(context, await addSystem(context, OLD), { key: '装贝', name: '装贝' })
    await count(context, deyou, '2026-02-28', '968')
    const [reading] = await listReadings(context.db, deyou, 1)
    const latest = async (id: number) => (await findResiduals(context.db, [id]))[0]!.latest
    return {
      context,
      accounts,
      deyou,
      orders,
      seen: String(reading!.id),
      latest,
      site: await serve(createApp(context)),
    }
  }

  test('the round shows the last count beside the field, the oldest first, never counted ones last', async () => {
    const { site } = await openCounts()
    const { text } = await site.get('/counts')
    expect(text).toContain('2 项未关闭的存量，其中 1 项从未盘点')
    expect(text.indexOf('968 单')).toBeLessThan(text.indexOf('从未盘点</span>'))
    expect(text).toContain('31 天前 · 读数过期')
    expect((await site.get('/counts?owner=王芳')).text).not.toContain('装贝')
    expect((await site.get('/counts?system=履约1.0')).text).not.toContain('上海德祐')
    expect((await site.get('/counts?readings=uncounted&text=装')).text).toContain('装贝')
    expect((await site.get('/counts?text=%25')).text).toContain('"headline">没有符合条件的存量')
    expect((await site.get('/counts?text=LUJIA')).text).toContain('上海德祐')
  })

  test('several counts are kept at once, and the page says old and new; an empty field changes nothing', async () => {
    const { site, deyou, orders, seen, latest } = await openCounts()
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '９５０', [`seen-${deyou}`]: seen }
    const answer = await site.post('/counts?status=draining', { ...fields, [`count-${orders}`]: '3000+' })
    expect(answer.status).toBe(303)
    const address = answer.headers.get('location')!
    expect(address).toMatch(/^\/counts\?status=draining&done=\d+$/)
    const { text } = await site.get(address)
    expect(text).toContain('账户1.0 / 上海德祐：968 → 950')
    expect(text).toContain('履约1.0 / 装贝：从未盘点 → 至少 3,000')
    expect(await latest(orders)).toMatchObject({ count: 3000, qualifier: 'at_least' })
    const empty = await site.post('/counts', { day: '2026-03-31', [`count-${deyou}`]: ' ' })
    expect((await site.get(empty.headers.get('location')!)).text).toContain('一格也没有填')
    expect(await latest(deyou)).toMatchObject({ count: 950 })
  })

  test('what was never counted of retired systems is told beside the number, and leads there', async () => {
    const { context, site } = await openCounts()
    expect((await site.get('/counts')).text).not.toContain('已下线系统另有')
    const gone = { key: 'Azkaban', name: 'Azkaban', status: 'retired', statusReason: '文档' }
    await addResidual(context, await addSystem(context, gone), { key: '老账单', name: '老账单' })
    const { text } = await site.get('/counts')
    expect(text).toContain('已下线系统另有 1 项从未盘点')
    const [, href] = /href="([^"]+)">已下线系统另有/.exec(text)!
    expect((await site.get(href!.replaceAll('&amp;', '&'))).text).toContain('老账单')
    expect((await site.get('/counts?readings=counted')).text).not.toContain('已下线系统另有')
  })

  test('whoever withdraws a reading is told what counts then, before and after', async () => {
    const { context, site, deyou } = await openCounts()
    await count(context, deyou, '2026-03-31', '940')
    await count(context, deyou, '2026-03-31', '930')
    const [latest] = await listReadings(context.db, deyou, 1)
    const { text } = await site.get(`/readings/${latest!.id}/withdraw`)
    expect(text).toContain('撤回后，最近读数是 968（2026-02-28）')
    expect(text).toContain('它替换掉的同一天（2026-03-31）读数 940 不会恢复')
    const { headers } = await site.post(`/readings/${latest!.id}/withdraw`, { reason: '数错' })
    expect((await site.get(headers.get('location')!)).text).toContain('现在的最近读数是 968（2026-02-28）')
  })

  test('a round that is sent again says that nothing changed, also of some of it', async () => {
    const { site, deyou, orders } = await openCounts()
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '950' }
    await site.post('/counts', fields)
    const again = await site.post('/counts', fields)
    expect((await site.get(again.headers.get('location')!)).text).toContain('填的数都已经在册')
    const more = await site.post('/counts', { ...fields, [`count-${orders}`]: '12' })
    expect((await site.get(more.headers.get('location')!)).text).toContain('另有 1 个已经在册')
  })

  test('the answer says which services can go now', async () => {
    const { context, site, deyou } = await openCounts()
    const key = 'wallet'
    await addService(context, key, ['账户1.0'])
    const zero = { day: '2026-03-31', [`count-${deyou}`]: '0' }
    const asked = await site.post('/counts', zero)
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('968 → 0？')
    const answers = /name="answers" value="([^"]+)"/.exec(asked.text)![1]!
    const { headers } = await site.post('/counts', { ...zero, answers })
    expect((await site.get(headers.get('location')!)).text).toContain('解除的阻塞')
  })

  test.each([
    ['-5', '数量不能是负数：-5', 'A count cannot be negative: -5'],
    ['1e3', '“1e3”是科学计数法', '“1e3” is scientific notation'],
    ['3,000', '“3,000”有分隔符', '“3,000” has separators'],
    ['九百', '“九百”不是数量', '“九百” is no count'],
    ['😀', '“😀”不是数量', '“😀” is no count'],
    ['<script>alert(1)</script>', '“&lt;script&gt;', '“&lt;script&gt;'],
    ['9'.repeat(10_000), '太大，最多', 'is too large; at most'],
  ])('%.20s is refused at its field, and everything typed is kept', async (typed, zh, en) => {
    const { site, deyou, orders, latest } = await openCounts()
    const fields = {
      day: '2026-03-31',
      [`count-${deyou}`]: typed,
      [`count-${orders}`]: '12',
      [`note-${orders}`]: '<b>核心库</b>',
    }
    for (const [headers, message] of [
      [{}, zh],
      [ENGLISH, en],
    ] as const) {
      const { status, text } = await site.post('/counts', fields, headers)
      expect(status).toBe(422)
      expect(text).toMatch(
        new RegExp(`id="count-${deyou}"[^>]*aria-invalid="true" aria-describedby="error-${deyou}"`),
      )
      expect(text).toContain(
        `id="error-${deyou}">${message.startsWith('太') || message.startsWith('is') ? '' : message}`,
      )
      expect(text).toContain(message)
      expect(text).toContain('value="12"')
      expect(text).toContain('&lt;b&gt;核心库')
      expect(text).not.toContain('<script>alert')
    }
    expect(await latest(orders)).toBeNull()
  })

  test.each([
    ['2026-04-01', '2026-04-01 在今天（2026-03-31）之后'],
    ['31.3.', '“31.3.”不是日期'],
    ['', '这里要填'],
    ['2026-02-01', '2026-02-01 早于第一次读数（2026-02-28）'],
  ])('the day %s is refused', async (day, message) => {
    const { site, deyou, latest } = await openCounts()
    const { status, text } = await site.post('/counts', { day, [`count-${deyou}`]: '950' })
    expect([status, text]).toEqual([422, expect.stringContaining(message)])
    expect(text).toContain('value="950"')
    expect(await latest(deyou)).toMatchObject({ count: 968 })
  })

  test('a slip of a digit is asked back with both values, and kept once confirmed', async () => {
    const { site, deyou, seen, latest } = await openCounts()
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '9680', [`seen-${deyou}`]: seen }
    const { status, text } = await site.post('/counts', fields, ENGLISH)
    expect(status).toBe(422)
    expect(text).toContain('968 → 9,680?')
    expect(text).toContain('more than 5 times')
    expect(await latest(deyou)).toMatchObject({ count: 968 })
    const answers = [...text.matchAll(/name="answers" value="([^"]+)"/g)].map(found => found[1]!)
    const body = new URLSearchParams([...Object.entries(fields), ...answers.map(one => ['answers', one])])
    expect((await site.post('/counts', body as never)).status).toBe(303)
    expect(await latest(deyou)).toMatchObject({ count: 9680 })
  })

  test('a note without a count is not lost; a residual that is not there is not found', async () => {
    const { site, deyou } = await openCounts()
    const { status, text } = await site.post('/counts', {
      day: '2026-03-31',
      [`count-${deyou}`]: '',
      [`note-${deyou}`]: '月底再数',
    })
    expect([status, text]).toEqual([422, expect.stringContaining('写了备注或原因，却没有数量')])
    expect(text).toContain('月底再数')
    expect((await site.post('/counts', { day: '2026-03-31', 'count-999': '1' })).status).toBe(404)
  })
})
