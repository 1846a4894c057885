import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function visit(day = TODAY) {
    const context = contextOn(day, await open())
    const { get } = await serve(createApp(context))
    const forecastOf = async (key: string) => {
      const { status, text } = await get(`/systems/${encodeURIComponent(key)}`, ENGLISH)
      expect(status).toBe(200)
      return textOf(text, '<h2 id="forecast"', '</section>')
    }
    return { context, get, forecastOf }
  }

  test('a system says how likely it is empty by its target, and never 0 % or 100 %', async () => {
    const { context, forecastOf } = await visit()
    const system = await addSystem(context, { targetOn: '2026-05-31' })
    const residual = await addResidual(context, system)
    for (const [day, text] of [
      ['2026-01-01', '1000'],
      ['2026-02-01', '800'],
      ['2026-04-01', '640'],
    ] as const)
      await count(context, residual, day, text)
    const said = await forecastOf('账户1.0')
    expect(said).toContain('by the target day 2026-05-31: ')
    expect(said).toMatch(/the target needs [\d,]+ a month; 120 a month closed from 2026-01-01 to 2026-04-01/)
    expect(said.replace(/What these numbers mean.*/, '')).not.toMatch(/\b(0|100)%/)
  })

  test('one residual that nobody counted leaves the system without a date, and is named', async () => {
    const { context, forecastOf } = await visit()
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), TODAY, '54')
    await addResidual(context, system, { key: '北京', name: '北京', declaredRate: '10' })
    const said = await forecastOf('账户1.0')
    expect(said).toContain('without a forecast for 北京 the whole system has no date')
    expect(said).toContain('says how fast, not how many are left')
  })

  test('what is only a lower bound, declared still, or counted years ago is said to be', async () => {
    const { context, forecastOf } = await visit()
    const bound = await addSystem(context, { key: '履约1.0', name: '履约1.0' })
    await count(context, await addResidual(context, bound), '2023-11-30', '3000+')
    const still = await addSystem(context)
    await count(context, await addResidual(context, still, { declaredRate: '0' }), TODAY, '54')
    const atLeast = await forecastOf('履约1.0')
    expect(atLeast).toMatch(/at most \d+%/)
    expect(atLeast).toMatch(/ 20\d\d-\d\d or later/)
    expect(atLeast).toContain('For the shutdown analysis the day is unknown: only a lower bound is known')
    expect(atLeast).toContain('count first')
    const declared = await forecastOf('账户1.0')
    expect(declared).toContain('declared “no change”')
    expect(declared).toContain('lowers the chance within two years from 43% to 3')
  })

  test('a residual alone is drawn with its own fan, and without one while a leak is open', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context, { targetOn: '2026-08-31' })
    const falling = await addResidual(context, system)
    await addResidual(context, system, { key: '北京', name: '北京' })
    for (const [day, text] of [
      ['2026-02-01', '900'],
      ['2026-03-30', '640'],
    ] as const)
      await count(context, falling, day, text)
    const fanned = await get(`/residuals/${falling}`, ENGLISH)
    expect(textOf(fanned.text, 'id="course"', '</section>')).toMatch(/Target day.*half below.*85% below/)
    expect(fanned.text.match(/class="fan median"/g)).toHaveLength(3)
    await count(context, falling, TODAY, '700', { reason: 'inflow' })
    const leaking = await get(`/residuals/${falling}`, ENGLISH)
    expect(leaking.text).not.toContain('fan median')
    expect(leaking.text).toContain('the forecast is suspended')
  })

  test('a recount is said to be neither progress nor a rise', async () => {
    const { context, forecastOf } = await visit()
    const residual = await addResidual(context, await addSystem(context))
    await count(context, residual, '2026-02-01', '610')
    await count(context, residual, '2026-03-01', '1180', { reason: 'recount' })
    await count(context, residual, '2026-03-30', '1100')
    const said = await forecastOf('账户1.0')
    expect(said).toContain('recount on 2026-03-01: 610 → 1,180')
    expect(said).toContain('burning down')
  })

  test('before it drains, the blocker is the migration or the cutover', async () => {
    const { context, forecastOf } = await visit()
    const system = await addSystem(context, { status: 'cutover_pending' })
    await count(context, await addResidual(context, system), TODAY, '54')
    expect(await forecastOf('账户1.0')).toContain('the blocker is the cutover')
  })

  test('the round of counts says of every residual when it will be empty, or why nobody knows', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context, { targetOn: '2026-12-31' })
    await count(context, await addResidual(context, system), TODAY, '54')
    await addResidual(context, system, { key: '北京', name: '北京' })
    const bound = await addResidual(context, system, { key: '上海', name: '上海' })
    await count(context, bound, TODAY, '3000+')
    const { text } = await get('/counts', ENGLISH)
    const cells = [...text.matchAll(/<td class="ahead">.*?<\/td>/gs)].map(([cell]) =>
      textOf(cell, '<td', '</td>'),
    )
    expect(cells[0]).toMatch(
      /one reading \d+% to be empty in two years if so, half by 20.*, 85% by 20.* \d+% to be empty by the target 2026-12-31/,
    )
    expect(cells[1]).toMatch(
      /lower bound only at most \d+% to be empty in two years if so, half not before 20/,
    )
    expect(cells[2]).toContain('unknown: never counted')
  })

  test('a range of chances has the range of dates that goes with it, and says which one is reckoned with', async () => {
    const { context, get, forecastOf } = await visit()
    const system = await addSystem(context)
    for (const key of ['北京', '上海']) {
      const residual = await addResidual(context, system, { key, name: key })
      await count(context, residual, '2026-03-01', '300')
      await count(context, residual, TODAY, '290')
    }
    const { text } = await get('/', ENGLISH)
    expect(textOf(text, '<table class="grid systems', '</table>')).toMatch(
      /\d+% to \d+% if so, half by (\S+) to (?!\1)\S+ , 85% by \S+/,
    )
    expect(await forecastOf('账户1.0')).toMatch(/the day is unknown: even by the “85% by” date .* only \d+%/)
  })

  test('a chance that is below all that is said is not called only so much', async () => {
    const { context, get, forecastOf } = await visit()
    const system = await addSystem(context)
    for (const key of ['北京', '上海', '广州']) {
      const residual = await addResidual(context, system, { key, name: key })
      await count(context, residual, '2026-03-01', '300')
      await count(context, residual, TODAY, '278')
    }
    expect(await forecastOf('账户1.0')).toMatch(/the chance that the system is empty is below 5%\./)
    const chinese = (await get(`/systems/${encodeURIComponent('账户1.0')}`)).text
    expect(chinese).toContain('系统已清空的可能也低于 5%。')
  })

  test('why a date moved adds up, and the price of a forced migration stands in the address', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context)
    const residual = await addResidual(context, system)
    for (const [day, text] of [
      ['2026-01-01', '100'],
      ['2026-02-01', '90'],
      ['2026-03-15', '89'],
    ] as const)
      await count(context, residual, day, text)
    const { text } = await get(`/residuals/${residual}?since=2026-02-15`, ENGLISH)
    const moved = textOf(text, '<th scope="col">Cause', '</table>')
    const days = [...moved.matchAll(/ ([+−]?)(\d+) [+−]?\d+ points/g)].map(([, sign, number]) =>
      sign === '−' ? -Number(number) : Number(number),
    )
    expect(days.slice(0, -1).reduce((sum, part) => sum + part, 0)).toBe(days.at(-1))
    const costs = await get(`/residuals/${residual}?cost=8900&price=10`, ENGLISH)
    expect(costs.text).toContain('Each one that is left costs 100 CNY a month')
    expect(costs.text).toContain('Migrate: forcing them costs less than the wait of half the cases')
    await createCost(context, { systemId: system }, { kind: 'people', amountFen: '8900', currency: 'CNY' })
    const partly = await get(`/residuals/${residual}?price=10`, ENGLISH)
    expect(partly.text).toContain('The system costs at least 8,900 CNY a month')
    expect(partly.text).toContain('Each one that is left costs at least 100 CNY a month')
    const wrong = await get(`/residuals/${residual}?cost=-5&price=abc`, ENGLISH)
    expect(wrong.text).toMatch(/id="wait-cost">This cannot be negative: -5</)
    expect(wrong.text).toMatch(/value="abc" aria-invalid="true" aria-describedby="wait-price"/)
  })
})
