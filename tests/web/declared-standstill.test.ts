import { describe, expect, test } from 'vitest'
import { recordProfile } from '../../src/actions/maturity.ts'
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
    return { context, residual, told, get }
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

  test('a round says once of a row that nothing moves, and once how to see all systems', async () => {
    const { told, get } = await openStill('2026-03-01')
    await told()
    const { text } = await get('/counts?system=账户1.0')
    expect(text.match(/停滞/g)).toHaveLength(1)
    expect(text).toContain('<a href="/counts">看所有系统</a>')
    expect(text).not.toContain('显示全部')
    expect((await get('/counts?system=账户1.0&status=draining')).text).toContain('显示全部')
  })

  test('a declared rate says how long it would take by itself, and what it does to the chance', async () => {
    const context = contextOn('2026-03-31', await open())
    const residual = await addResidual(context, await addSystem(context), { declaredRate: '10' })
    const { get } = await serve(createApp(context))
    const counted = async (text: string, day: string) => {
      await count(context, residual, day, text)
      const said = async (language: string) =>
        (await get('/residuals/1', { cookie: `lang=${language}` })).text
      return { en: await said('en'), zh: await said('zh') }
    }
    const many = await counted('10000', '2026-03-01')
    expect(many.en).toMatch(
      /the declared 10 a month, at which it would take about 83 years, is weighed in as 60 days of evidence: within two years \d+%, without it \d+%/,
    )
    expect(many.zh).toMatch(
      /申报的每月 10（单照它约需 83 年）按 60 天的依据计入：两年内清空的可能是 \d+%，不计是 \d+%/,
    )
    expect((await counted('100', '2026-03-01')).en).toContain(
      'at which it would take about 10 months, is weighed in',
    )
    await counted('90', '2026-03-15')
    expect((await counted('85', '2026-03-31')).en).not.toContain('is weighed in')
  })

  test('a standstill that moves no chance is not said to lower it', async () => {
    const { context, residual, told } = await openStill('2026-03-01')
    expect((await told()).at(-1)).toMatch(/按 60 天没有进展计：两年内清空的可能从 \d+% 降到 \d+%；剩得少的/)
    const runOff = (ends: string) => recordProfile(context, residual, { day: '2026-03-31', ends })
    await runOff('2026-09-30,14\n2026-12-31,40')
    expect((await told()).at(-1)).toMatch(/两年内清空的可能从 \d+% 降到 \d+%</)
    await runOff('2026-04-30,54')
    expect((await told()).at(-1)).toMatch(/按 60 天没有进展计，两年内清空的可能几乎不变：计不计都是 \d+%/)
  })

  test('one declared before the count fell has ended with that fall', async () => {
    const { told } = await openStill('2026-02-01')
    for (const text of (await told()).slice(2))
      expect(text).toContain('2026-02-01 申报“无变化”，此后读数已变动')
  })
})
