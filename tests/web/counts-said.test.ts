import { describe, expect, test } from 'vitest'
import { recordProfile } from '../../src/actions/maturity.ts'
import { createApp } from '../../src/app.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const RETIRED = { status: 'retired', statusOn: '2026-01-01', statusReason: '业务停了' }

describe.each(databases)('on $name', ({ open }) => {
  async function openCounts(system: Record<string, unknown> = {}, residual: Record<string, unknown> = {}) {
    const context = contextOn('2026-03-31', await open())
    const id = await addResidual(context, await addSystem(context, system), residual)
    return { context, id, site: await serve(createApp(context)) }
  }

  test('a note that is too long is named, and not taken for the count', async () => {
    const { site, id } = await openCounts()
    const typed = { day: '2026-03-31', [`count-${id}`]: '5', [`note-${id}`]: '长'.repeat(4001) }
    expect((await site.post('/counts', typed)).text).toMatch(/id="error-1">备注：太长/)
  })

  test('a standstill that is over is taken back where the link beside it leads', async () => {
    const { context, site, id } = await openCounts({}, { declaredRate: '0', declaredRateOn: '2026-01-01' })
    await count(context, id, '2026-01-15', '54')
    expect((await site.get('/counts')).text).not.toContain(`/residuals/${id}/edit`)
    await count(context, id, '2026-03-01', '50')
    expect((await site.get('/counts')).text).toContain(`<a href="/residuals/${id}/edit">修改</a>`)
  })

  test('the last reading of a page says how far it moved from the first of the next', async () => {
    const { context, site, id } = await openCounts()
    for (let at = 0; at <= 50; at++) await count(context, id, addDays('2026-01-01', at), String(200 - 3 * at))
    const moved = async (page: number) => {
      const { text } = await site.get(`/residuals/${id}?page=${page}`, ENGLISH)
      return [...text.matchAll(/<td class="num" data-head="Change">([^<]*)</g)].map(([, number]) => number)
    }
    expect(await moved(1)).toEqual(Array(50).fill('−3'))
    expect(await moved(2)).toEqual([])
  })

  test('a retired system at zero is not to be counted again', async () => {
    const { context, site, id } = await openCounts(RETIRED)
    const stale = async () => JSON.parse((await site.get(`/api/v1/residuals/${id}`)).text).staleDays
    await count(context, id, '2025-11-01', '3')
    expect([await stale(), (await site.get(`/residuals/${id}`)).text.includes('过期')]).toEqual([120, true])
    await count(context, id, '2025-12-01', '0')
    expect([await stale(), (await site.get(`/residuals/${id}`)).text.includes('过期')]).toEqual([0, false])
  })

  test('an English name that begins with the name stands in its place, and history groups its numbers', async () => {
    const { context, site, id } = await openCounts({
      key: 'Azkaban',
      name: 'Azkaban',
      nameEn: 'Azkaban (jobs)',
    })
    await count(context, id, '2026-03-01', '3100')
    await recordProfile(context, id, { day: '2026-03-01', ends: '2026-09-01,3100' })
    const { text } = await site.get('/systems/Azkaban', ENGLISH)
    expect(text).toContain('<h1>Azkaban (jobs)</h1>')
    expect(text).toContain('Contracts: <ins>3,100</ins>')
  })

  test('"at least 0" beside a residual never counted is said to be unknown as well', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context)
    const [id, site] = [await addResidual(context, system), await serve(createApp(context))]
    await addResidual(context, system, { key: '装贝', name: '装贝' })
    await count(context, id, '2026-03-01', '0')
    expect((await site.get('/systems/账户1.0', ENGLISH)).text).toContain(
      '账户1.0: 1 of 2 residuals never counted',
    )
    await count(context, id, '2026-03-31', '0+')
    const said = [
      'an unknown number of open orders, and 1 of 2 residuals never counted',
      '账户1.0 还有不知多少单，另有 1 项（共 2 项）从未盘点',
    ]
    expect((await site.get('/systems/账户1.0', ENGLISH)).text).toContain(said[0])
    expect((await site.get('/systems/账户1.0')).text).toContain(said[1])
  })

  test('a missing digit is suspected only where it would explain the count', async () => {
    const { context, site, id } = await openCounts()
    for (const [day, text] of [
      ['2026-01-01', '968'],
      ['2026-03-01', '950'],
    ] as const)
      await count(context, id, day, text)
    const asked = async (text: string) =>
      (await site.post('/counts', { day: '2026-02-01', [`count-${id}`]: text })).text
    const [slip, plausible] = [await asked('95'), await asked('940')]
    expect(slip).toContain(
      '2026-03-01 的 950 就成了上升；已停止接新单的系统里会报漏单。95 是不是少打了一位？',
    )
    expect(plausible).toContain('2026-03-01 的 950 就成了上升')
    expect(plausible).not.toContain('少打了一位')
  })

  test('of a retired system it is not asked what a count would lift or leak', async () => {
    const { context, site, id } = await openCounts(RETIRED)
    await count(context, id, '2025-12-01', '54')
    const asked = async (text: string, headers = {}) =>
      (await site.post('/counts?status=retired', { day: '2026-03-31', [`count-${id}`]: text }, headers)).text
    expect(await asked('0')).toContain('清零表示已下线的系统里，这一项什么都不剩了。')
    const rise = await asked('60', ENGLISH)
    expect(rise).toContain('The count rises; if it was counted anew')
    expect(rise).not.toContain('intake is closed')
  })
})
