import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { countReadings, listReadings } from '../../src/store/readings.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  async function openCounts() {
    const context = contextOn('2026-03-31', await open())
    await addResidual(context, await addSystem(context))
    return { context, site: await serve(createApp(context)) }
  }

  test('an English answer has the English names beside those of the register', async () => {
    const { site, context } = await openCounts()
    const system = await addSystem(context, { key: 'OP', name: '运营平台', nameEn: 'Operations' })
    const id = await addResidual(context, system, { key: '老单', name: '老单', nameEn: 'old orders' })
    const { headers } = await site.post('/counts', { day: '2026-03-31', [`count-${id}`]: '5' })
    const { text } = await site.get(headers.get('location')!, { cookie: 'lang=en' })
    expect(text).toContain('运营平台 · Operations / 老单 · old orders')
  })

  test('a count of an earlier day names its day, and what stays the latest', async () => {
    const { site, context } = await openCounts()
    const [first] = await count(context, 1, '2026-03-01', '500')
    await count(context, 1, '2026-03-31', '450')
    const said = async (revision: number, headers = {}) =>
      (await site.get(`/counts?done=${revision}`, headers)).text
    const still = '最新读数仍是 450（2026-03-31）'
    expect(await said(first!.revision)).toContain(`2026-03-01 记为 500（之前没有读数）；${still}`)
    const [earlier] = await count(context, 1, '2026-03-15', '470')
    expect(await said(earlier!.revision)).toContain(
      `上海德祐：2026-03-15 记为 470（之前的读数是 2026-03-01 的 500）；${still}`,
    )
    expect(await said(earlier!.revision, { cookie: 'lang=en' })).toContain(
      'recorded for 2026-03-15: 470 (the reading before it, of 2026-03-01: 500); the latest count stays 450',
    )
    const [corrected] = await count(context, 1, '2026-03-15', '480')
    expect(await said(corrected!.revision)).toContain(`2026-03-15 的读数 470 → 480；${still}`)
  })

  test('what is still open when a residual is closed is told in its unit', async () => {
    const { site, context } = await openCounts()
    const close = { on: '2026-03-31', reason: '移交', version: '1' }
    for (const [text, zh, en] of [
      ['10', '还有 10 单未完结', '10 orders still open'],
      ['1', '还有 1 单未完结', '1 order still open'],
      ['3000+', '还有至少 3,000 单未完结', 'at least 3,000 orders still open'],
    ] as const) {
      await count(context, 1, '2026-03-31', text)
      expect((await site.post('/residuals/1/close', close)).text).toContain(zh)
      expect((await site.post('/residuals/1/close', close, { cookie: 'lang=en' })).text).toContain(en)
    }
  })

  test('a first count that is corrected is measured against none', async () => {
    const { site, context } = await openCounts()
    await count(context, 1, '2026-03-31', '40')
    const round = { day: '2026-03-31', 'count-1': '55' }
    const { text } = await site.post('/counts', round, { cookie: 'lang=en' })
    expect(text).toContain('no earlier count to measure it against: a correction, and no leak')
    expect(text).not.toContain('no more than before')
  })

  test('where only the chance moves, dates are told once', async () => {
    const { site, context } = await openCounts()
    await count(context, 1, '2026-01-28', '968')
    await count(context, 1, '2026-03-25', '950')
    const [one] = await count(context, 1, '2026-03-31', '930')
    const { text } = await site.get(`/counts?done=${one!.revision}`, { cookie: 'lang=en' })
    expect(text).toMatch(/Forecast of 账户1.0: within two years \d+% → \d+%; the dates stay \(/)
  })

  test('the same count typed again writes nothing, and takes back neither its note nor its reason', async () => {
    const { site, context } = await openCounts()
    const typed = { 'count-1': '950', 'note-1': '数自订单库', 'reason-1': 'recount' }
    await site.post('/counts', { day: '2026-03-31', ...typed })
    for (const again of [typed, { 'count-1': '950' }]) {
      const { headers } = await site.post('/counts', { day: '2026-03-31', ...again })
      expect(headers.get('location')).toBe('/counts?done=same')
    }
    expect(await countReadings(context.db, 1)).toBe(1)
    const { headers } = await site.post('/counts', { day: '2026-03-31', ...typed, 'note-1': '再数一遍' })
    expect(headers.get('location')).not.toContain('same')
  })

  test('a correction is asked back beside the count of its day, and says what else it is compared with', async () => {
    const { site, context } = await openCounts()
    await count(context, 1, '2026-03-20', '418')
    await count(context, 1, '2026-03-31', '900', { reason: 'recount' })
    const round = { day: '2026-03-31', 'count-1': '850' }
    const { text } = await site.post('/counts', round)
    expect(text).toContain('上海德祐：900 → 850？')
    expect(text).toContain('2026-03-31 的 900 记的是“盘点修正”，这次没有选原因')
    expect(text).toContain('这里比的是 2026-03-20 的 418。数量上升了')
    const english = await site.post('/counts', round, { cookie: 'lang=en' })
    expect(english.text).toContain('It is compared with 418 on 2026-03-20. The count rises.')
  })

  test('a note beside the count of the day leaves it a recount', async () => {
    const { site, context } = await openCounts()
    await count(context, 1, '2026-03-20', '58')
    await count(context, 1, '2026-03-31', '60', { reason: 'recount' })
    const noted = { day: '2026-03-31', 'count-1': '60', 'note-1': '数自订单库' }
    const { headers } = await site.post('/counts', noted)
    expect((await site.get(headers.get('location')!)).text).toContain('仍是 60，只改了备注或原因')
    const [reading] = await listReadings(context.db, 1, 1)
    expect(reading).toMatchObject({ count: 60, reason: 'recount', note: '数自订单库' })
  })

  test('a rise with the reason of a fall is refused by name', async () => {
    const { site, context } = await openCounts()
    await count(context, 1, '2026-03-20', '118')
    const risen = { day: '2026-03-31', 'count-1': '130', 'reason-1': 'completed' }
    const { status, text } = await site.post('/counts', risen, { cookie: 'lang=en' })
    expect(status).toBe(422)
    expect(text).toContain('118 (2026-03-20) → 130 is a rise; the reason cannot be “completed”')
  })
})
