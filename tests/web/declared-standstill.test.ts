import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { loadEstateOutlook } from '../../src/store/estate-forecasts.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const PAGES = ['/', '/attention', '/counts', '/systems/账户1.0', '/residuals/1']

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐 at 54 since the end of February, of which somebody said on a day that nothing moves; what the pages say of it. */
  async function openStill(declaredRateOn: string) {
    const context = contextOn('2026-03-31', await open())
    const said = { declaredRate: '0', declaredRateOn }
    const residual = await addResidual(context, await addSystem(context), said)
    await count(context, residual, '2026-01-31', '60')
    await count(context, residual, '2026-02-28', '54')
    const { get } = await serve(createApp(context))
    const told = async () => {
      await loadEstateOutlook(context.db, '2026-03-31')
      return Promise.all(PAGES.map(async path => (await get(path)).text))
    }
    return { context, residual, told }
  }

  test('the day of a declaration is proposed only where one stands', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    await addResidual(context, systemId)
    await addResidual(context, systemId, { key: 'b', declaredRate: '10', declaredRateOn: '2026-02-01' })
    const { get } = await serve(createApp(context))
    const dayIn = async (path: string) => {
      const [field = ''] = /<input[^>]*name="declaredRateOn"[^>]*>/.exec((await get(path)).text) ?? []
      return /value="([^"]*)"/.exec(field)?.[1]
    }
    expect(await dayIn('/systems/账户1.0/residuals/new')).toBe('')
    expect(await dayIn('/residuals/1/edit')).toBe('')
    expect(await dayIn('/residuals/2/edit')).toBe('2026-02-01')
  })

  test('a declared standstill is told alike on every page, and so is its end by a count that falls', async () => {
    const { context, residual, told } = await openStill('2026-03-01')
    for (const [index, text] of (await told()).entries()) {
      expect(text, PAGES[index]).toMatch(/停滞|申报“无变化”|申报：无变化/)
      expect(text, PAGES[index]).not.toContain('读数已变动')
    }
    await count(context, residual, '2026-03-31', '50')
    const after = await told()
    for (const [index, text] of after.entries())
      expect(text.replaceAll('不再按停滞看', ''), PAGES[index]).not.toMatch(
        /按停滞看|class="alarm">停滞|停在/,
      )
    for (const text of after.slice(2)) expect(text).toContain('2026-03-01 申报“无变化”，此后读数已变动')
  })

  test('one declared before the count fell has ended with that fall', async () => {
    const { told } = await openStill('2026-02-01')
    for (const text of (await told()).slice(2))
      expect(text).toContain('2026-02-01 申报“无变化”，此后读数已变动')
  })
})
