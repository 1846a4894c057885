import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** Three residuals counted in 2023; only one of them again, three years later. */
  async function threeYearsOn() {
    const context = contextOn('2026-11-23', await open())
    const id = await addSystem(context)
    const counts = { 上海德祐: '968', 还款保: '54', 收款保: '95' }
    for (const [key, number] of Object.entries(counts)) {
      const residual = await addResidual(context, id, { key, name: key })
      await count(context, residual, '2023-11-30', number)
      if (key === '上海德祐') await count(context, residual, '2026-11-23', '950')
    }
    return serve(createApp(context))
  }

  test('a residual counted before the window is too old to draw, not "never counted"', async () => {
    const site = await threeYearsOn()
    const { text } = await site.get(`/systems/${encodeURIComponent('账户1.0')}`, ENGLISH)
    expect(text).toContain('last counted 2023-11-30: 54, too old to draw')
    expect(text).not.toContain('Never counted (')
  })

  test('the overview says how much of a fresh total is old, and draws no line across the silence', async () => {
    const site = await threeYearsOn()
    for (const range of ['year', 'all']) {
      const { text } = await site.get(`/?range=${range}`, ENGLISH)
      expect(text).toContain('about 1,099 (2026-11-23)')
      expect(text).toContain('of it 149 counted on 2023-11-30 or earlier')
      expect(text).not.toMatch(/class="line known[^"]*" d="M[^"]*L/)
    }
  })

  test('the overview says the chance before the dates, and who was retired although not ready', async () => {
    const context = contextOn('2026-11-23', await open())
    const bound = await addSystem(context)
    await count(context, await addResidual(context, bound), '2023-11-30', '3000+')
    const gone = await addSystem(context, { key: '履约0.5', name: '履约0.5' })
    await addResidual(context, gone, { key: '北京', name: '北京' })
    await changeStatus(context, gone, {
      to: 'retired',
      on: '2026-11-20',
      overrideReason: '合同到期',
      version: 1,
    })
    const { text } = await (await serve(createApp(context))).get('/', ENGLISH)
    expect(text).toMatch(/at most 19%.*if so, not before 2028-/s)
    expect(text).toContain('title="合同到期">Retired although not ready')
  })
})
