import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { withdrawReading } from '../../src/actions/readings.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('the history is filtered in the address by person, action and days', async () => {
    const db = await open()
    await addSystem(contextOn('2026-03-30', db))
    const context = contextOn('2026-03-31', db, { ACTOR: '王芳' })
    await addService(context, 'cash')
    const site = await serve(createApp(context))
    const told = async (query: string) => {
      const [, page = ''] = (await site.get(`/history?${query}`)).text.split('action="/history"')
      const lines = page.split('</form>')[1]!
      return ['账户1.0', 'cash'].filter(name => lines.includes(name))
    }
    expect(await told('')).toEqual(['账户1.0', 'cash'])
    expect(await told(`actor=${encodeURIComponent('王芳')}`)).toEqual(['cash'])
    expect(await told('action=create-system')).toEqual(['账户1.0'])
    expect(await told('to=2026-03-30')).toEqual(['账户1.0'])
    expect(await told('from=2026-03-31&to=2026-03-31')).toEqual(['cash'])
    expect(await told('service=cash&from=2026-04-01')).toEqual([])
    expect((await site.get('/history?from=2026-04-01')).text).toContain('没有符合条件的改动')
    expect(await told('actor=nobody&action=nonsense&from=2026-02-30')).toEqual(['账户1.0', 'cash'])
  })

  test('an event that lay ahead when it was entered stays told as a plan, and one of that day does not', async () => {
    const db = await open()
    const then = contextOn('2026-03-31', db)
    const id = await addSystem(then)
    const cutover = { kind: 'cutover', title: '切量' }
    await createEvent(then, id, { ...cutover, day: '2026-03-31' })
    await createEvent(then, id, { ...cutover, day: '2026-04-30' })
    const site = await serve(createApp(contextOn('2026-05-31', db)))
    const { text } = await site.get('/history')
    expect(text).toContain('<ins>2026-03-31</ins>')
    expect(text).toContain('<ins>2026-04-30（计划）</ins>')
    expect((await site.get('/history', ENGLISH)).text).toContain('<ins>2026-04-30 (planned)</ins>')
  })

  test('a reason that reads like the new status leaves the move to be told', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context, { status: 'migrating' })
    await changeStatus(context, id, { to: 'draining', on: '2026-03-31', reason: 'draining', version: 1 })
    const { get } = await serve(createApp(context))
    const { text } = await get('/history', ENGLISH)
    expect(text).toMatch(/<del>Migrating<\/del>[^<]*<ins>Draining<\/ins>/)
    expect(text.match(/>[^<]*\bdraining\b[^<]*</g)).toEqual(['>Why: draining<'])
  })

  test('systems that a service serves are told by their names, as a file too', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context, { key: 'jupiter', name: '木星账务', nameEn: 'Jupiter Ledger' })
    await addService(context, 'till', ['jupiter'])
    const { get } = await serve(createApp(context))
    expect((await get('/history')).text).toContain('所属系统：<ins>木星账务</ins>')
    expect((await get('/history.csv', ENGLISH)).text).toContain('Jupiter Ledger')
    expect((await get('/services/till', ENGLISH)).text).not.toContain('<ins>jupiter</ins>')
  })

  test('an override is told as one, of a system and of a service, and its reason once', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context)
    const till = await addService(context, 'till', ['账户1.0'])
    await shutDown(context, till, { overrideReason: '机房断电' })
    await changeStatus(context, id, {
      to: 'retired',
      on: '2026-03-31',
      overrideReason: '业务认亏',
      version: 1,
    })
    const site = await serve(createApp(context))
    const { text } = await site.get('/history')
    for (const reason of ['机房断电', '业务认亏'])
      expect(text.split(reason)).toEqual([expect.stringMatching(/强行下线的理由：<ins>$/), expect.anything()])
    expect((await site.get('/history', ENGLISH)).text).toContain(
      'Why, although it is not ready: <ins>业务认亏</ins>',
    )
    expect((await site.get('/history.csv')).text).toContain('强行下线的理由：业务认亏')
  })

  test('a residual tells who counted it and who took a count back, and the reason once', async () => {
    const context = contextOn('2026-03-31', await open(), { ACTOR: '王芳' })
    const id = await addResidual(context, await addSystem(context))
    await count(context, id, '2026-02-28', '54')
    const [wrong] = await count(context, id, '2026-03-31', '50')
    await withdrawReading(context, wrong!.readingId, { reason: '数错了' })
    const { text } = await (await serve(createApp(context))).get(`/residuals/${id}`)
    expect(text).toMatch(/王芳 于 [\d :-]+ 撤回：数错了/)
    expect(text).toContain('<del>50 (2026-03-31)</del> → <ins>已撤回，不再算数</ins>')
    expect(text).toContain('<ins>54 (2026-02-28)</ins>')
  })

  test('a count tells the reason of its change, and what it was where only that was corrected', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addResidual(context, await addSystem(context))
    await count(context, id, '2026-02-28', '90')
    await count(context, id, '2026-03-31', '200', { reason: 'recount' })
    await count(context, id, '2026-03-31', '200', { reason: 'inflow' })
    await count(context, id, '2026-03-31', '201')
    const site = await serve(createApp(context))
    for (const path of [`/residuals/${id}`, '/history']) {
      const { text } = await site.get(path)
      expect(text).toContain('变化原因：<ins>盘点修正</ins>')
      expect(text).toContain('变化原因：<del>盘点修正</del> → <ins>新增流入</ins>')
      expect(text).toContain('变化原因：<del>新增流入</del> → <span class="unknown">（空）</span>')
    }
  })

  test('what was noted of a count is told as a note, not as the reason of its change', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addResidual(context, await addSystem(context))
    await count(context, id, '2026-03-31', '90', { note: '含跨境', reason: 'completed' })
    const { text } = await (await serve(createApp(context))).get('/history')
    expect(text).toContain('备注：含跨境')
    expect(text).not.toContain('>原因：含跨境')
  })

  test('the reason for taking a thing back is told once', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context)
    const gate = await createGate(
      context,
      { systemId: id },
      { key: 'g', name: 'g', kind: 'other', state: 'open' },
    )
    await withdraw(context, 'gate', gate, { reason: '重复登记', version: 1 })
    const { text } = await (await serve(createApp(context))).get('/history')
    expect(text.split('重复登记')).toHaveLength(2)
  })
})
