import { describe, expect, test } from 'vitest'
import { closeResidual } from '../../src/actions/residuals.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const system = async () => (await findSystem(context.db, '账户1.0'))!
    return { context, system, site: await serve(createApp(context)) }
  }

  test('a residual is closed at its count as it was counted, or as never counted', async () => {
    const { context, site, system } = await openSystem()
    const id = await addResidual(context, (await system()).id)
    const never = await addResidual(context, (await system()).id, { key: '装贝', name: '装贝' })
    await count(context, id, '2026-03-01', '~1200')
    const close = { on: '2026-03-31', reason: '并入', version: '1' }
    const asked = await site.post(`/residuals/${id}/close`, close)
    expect([asked.status, asked.text]).toEqual([422, expect.stringContaining('还有约 1,200 单未完结')])
    await site.post(`/residuals/${never}/close`, { ...close, answers: 'close:unknown' })
    expect((await site.get(SYSTEM)).text).toContain('2026-03-31 关闭，从未盘点过。')
  })

  test('who closes the last open residual is told before that what is left becomes unknown', async () => {
    const { context, site, system } = await openSystem()
    const id = await addResidual(context, (await system()).id)
    const other = await addResidual(context, (await system()).id, { key: '装贝', name: '装贝' })
    await count(context, id, '2026-03-01', '0')
    const [path, close] = [`/residuals/${id}/close`, { on: '2026-03-31', reason: '并入', version: '1' }]
    const said = ['关闭后它不再计入，也不再挡住下线', '仍然挡住下线。确实没有剩余，请盘为 0']
    expect((await site.get(path)).text).toContain(said[0])
    await site.post(`/residuals/${other}/close`, { ...close, answers: 'close:unknown' })
    expect((await site.get(path)).text).toContain(said[1])
    const asked = await site.post(path, close, { cookie: 'lang=en' })
    expect([asked.status, asked.text]).toEqual([
      422,
      expect.stringContaining('what is left is unknown and holds the shutdown again'),
    ])
    expect((await site.post(path, { ...close, answers: 'close:0:exact' })).status).toBe(422)
    expect((await site.post(path, { ...close, answers: 'close:0:exact:last' })).status).toBe(303)
    expect((await system()).residualCount).toBe(0)
  })

  test('who is second to close one is not told that it is the only one, though another is still open', async () => {
    const { context, site, system } = await openSystem()
    const id = await addResidual(context, (await system()).id)
    await addResidual(context, (await system()).id, { key: '装贝', name: '装贝' })
    const close = { on: '2026-03-31', reason: '并入', version: '1', answers: 'close:unknown' }
    expect((await site.post(`/residuals/${id}/close`, close)).status).toBe(303)
    const late = await site.post(`/residuals/${id}/close`, { ...close, reason: '重复' })
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('已于 2026-03-31 关闭')])
    expect(late.text).not.toMatch(/唯一|请盘为 0/)
  })

  test('once every residual is closed nobody says that none was recorded', async () => {
    const { context, site, system } = await openSystem()
    await addService(context, 'wallet', ['账户1.0'])
    expect((await site.get('/')).text).toContain('没有存量记录')
    const id = await addResidual(context, (await system()).id)
    await closeResidual(context, id, {
      on: '2026-03-31',
      reason: '并入',
      version: 1,
      answers: ['close:unknown:last'],
    })
    for (const path of ['/', SYSTEM, `${SYSTEM}/status?to=retired`, '/services/wallet']) {
      const { text } = await site.get(path)
      expect(text, path).toContain('都已关闭')
      expect(text, path).not.toMatch(/没有存量记录|还没有登记存量|还没有人登记/)
    }
    expect((await site.get('/api/v1/systems')).text).toContain('"unknown":"all_residuals_closed"')
  })
})
