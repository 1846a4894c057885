import { describe, expect, test } from 'vitest'
import { recordReadings } from '../../src/actions/readings.ts'
import { createApp } from '../../src/app.ts'
import { loadForecastSystems, outlookOf } from '../../src/store/forecasts.ts'
import { addResidual, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function counted(statusOn: string, ...counts: [day: string, text: string, more?: object][]) {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn })
    const residual = await addResidual(context, system)
    for (const [day, text, more] of counts) await count(context, residual, day, text, more)
    const { get } = await serve(createApp(context))
    const [loaded] = await loadForecastSystems(context.db, [system], TODAY, 1)
    const { forecast } = outlookOf(loaded!, TODAY).residuals[0]!
    const page = (await get(`/residuals/${residual}`, ENGLISH)).text
    const attention = (await get('/attention', ENGLISH)).text
    return { forecast, page, isNoticed: attention.includes('takes no new work, yet its count rose') }
  }

  test('a rise while draining is a leak on every page, whether or not somebody gave that reason', async () => {
    const leak = await counted('2026-01-01', ['2026-03-01', '100'], ['2026-03-30', '400'])
    expect(leak.forecast).toMatchObject({ kind: 'unknown', reason: { code: 'leak', by: 300 } })
    expect(leak.page).toContain(
      'leak: new ones came in on 2026-03-30, 300 of them still there; the forecast is suspended',
    )
    expect(leak.page).not.toContain('rebound')
    expect(leak.isNoticed).toBe(true)
  })

  test('a rise before the intake was closed is none, and neither is a recount or one worked off since', async () => {
    const before = await counted('2026-03-30', ['2026-03-01', '100'], ['2026-03-30', '400'])
    expect(before.forecast.kind).toBe('running')
    expect(before.isNoticed).toBe(false)
    const recount = await counted(
      '2026-01-01',
      ['2026-03-01', '100'],
      ['2026-03-30', '400', { reason: 'recount' }],
    )
    expect(recount.forecast.kind).toBe('running')
    const gone = await counted('2026-01-01', ['2026-03-01', '9'], ['2026-03-08', '10'], [TODAY, '8'])
    expect(gone.forecast.kind).toBe('running')
  })

  test('of a rise over a count of long ago it is known how many came in, and when they are gone', async () => {
    const rise = [
      ['2023-11-30', '968'],
      ['2024-06-01', '500'],
      ['2025-01-01', '490+'],
      ['2026-03-20', '955'],
    ] as [string, string][]
    const leak = await counted('2023-01-01', ...rise)
    expect(leak.forecast).toMatchObject({ kind: 'unknown', reason: { code: 'leak', by: 455 } })
    expect(leak.page).toContain('leak: new ones came in on 2026-03-20, 455 of them still there')
    const open = await counted('2023-01-01', ...rise, [TODAY, '954'])
    expect([open.forecast.kind, open.isNoticed]).toEqual(['unknown', true])
    const gone = await counted('2023-01-01', ...rise, [TODAY, '500'])
    expect([gone.forecast.kind, gone.isNoticed]).toEqual(['running', false])
  })

  test('a leak that a smaller one follows is named as long as anything of it is there', async () => {
    const rise: [string, string][] = [
      ['2026-03-01', '60'],
      ['2026-03-08', '130'],
      ['2026-03-15', '150'],
      ['2026-03-20', '129'],
    ]
    const undone = await counted('2026-01-01', ...rise)
    expect(undone.page).toContain(
      'leak: new ones came in on 2026-03-08, 69 of them still there; the forecast is suspended',
    )
    expect(undone.isNoticed).toBe(true)
    const again = await counted('2026-01-01', ...rise, ['2026-03-25', '140'], [TODAY, '145'])
    expect(again.page).toContain('leak: new ones came in on 2026-03-08 and later, 85 of them still there;')
    const gone = await counted('2026-01-01', ...rise, [TODAY, '60'])
    expect([gone.forecast.kind, gone.isNoticed]).toEqual(['running', false])
  })

  test('what was a recount and is then said to be none is asked back, and the leak is named', async () => {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    await count(context, residual, '2026-03-01', '90')
    await count(context, residual, TODAY, '200', { reason: 'recount' })
    const corrected = { day: TODAY, counts: { [residual]: { count: '199' } } }
    expect(await refusalOf(recordReadings(context, corrected))).toEqual([
      `counts.${residual}.count: reading.recount_dropped`,
      `counts.${residual}.count: reading.rise`,
    ])
    const [one] = await count(context, residual, TODAY, '199')
    const { get } = await serve(createApp(context))
    const { text } = await get(`/counts?done=${one!.revision}`, ENGLISH)
    expect(text).toContain('A new inflow leak: 账户1.0 / 上海德祐, 109 more than before 2026-04-01')
  })

  test('"at least 200" after 90 is a leak on every page, of at least as many as are known', async () => {
    const leak = await counted('2026-01-01', ['2026-03-01', '90'], ['2026-03-30', '200+'])
    expect(leak.page).toContain('leak: new ones came in on 2026-03-30, at least 110 of them still there')
    expect(leak.isNoticed).toBe(true)
    const corrected = await counted(
      '2026-01-01',
      ['2026-03-01', '90'],
      ['2026-03-30', '200'],
      ['2026-03-30', '200+'],
    )
    expect(corrected.isNoticed).toBe(true)
  })

  test('a lower bound in between is asked over: the rise names the count before it, and the leak is on every page', async () => {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    await count(context, residual, '2026-03-01', '90')
    await count(context, residual, '2026-03-15', '80+')
    const rise = { day: TODAY, counts: { [residual]: { count: '200+' } } }
    const refused = await recordReadings(context, rise).catch(error => error)
    const values = { from: 90, day: '2026-03-01', to: 200, toQualifier: 'at_least' }
    expect(refused.questions).toMatchObject([{ code: 'reading.rise', values }])
    const [one] = await count(context, residual, TODAY, '200+')
    expect(one).toMatchObject({ meaning: 'leak' })
    const { get } = await serve(createApp(context))
    const done = await get(`/counts?done=${one!.revision}`, ENGLISH)
    expect(done.text).toContain(
      'A new inflow leak: 账户1.0 / 上海德祐, at least 110 more than before 2026-04-01',
    )
    const { text } = await get(`/residuals/${residual}`, ENGLISH)
    expect(text).toContain('new ones came in on 2026-04-01, at least 110 of them still there')
    expect(text).toContain('>at least +110<')
  })

  test('a lower bound that is entered late moves no leak', async () => {
    const late = await counted(
      '2026-01-01',
      ['2026-03-01', '90'],
      ['2026-03-30', '200'],
      ['2026-03-15', '80+'],
    )
    expect(late.forecast).toMatchObject({ kind: 'unknown', reason: { code: 'leak', by: 110 } })
    expect(late.page).toContain('>+110<')
    expect(late.isNoticed).toBe(true)
  })

  test('the page of a system names its leak first, and marks the row of the residual', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await addResidual(context, system, { key: '北京', name: '北京' })
    await count(context, residual, '2026-03-01', '100')
    const { get } = await serve(createApp(context))
    const page = async (language: string) => {
      const { text } = await get(`/systems/${encodeURIComponent('账户1.0')}`, { cookie: `lang=${language}` })
      return { text, head: text.slice(text.indexOf('<h1'), text.indexOf('id="holds"')) }
    }
    expect((await page('zh')).text).not.toContain('漏单')
    await count(context, residual, '2026-03-20', '150')
    const leaking = await page('en')
    expect(leaking.head).toContain(
      `<a href="/residuals/${residual}">上海德祐, 50 more than before 2026-03-20</a>`,
    )
    expect(leaking.text.match(/<small class="alarm">Inflow leak<\/small>/g)).toHaveLength(1)
    expect((await page('zh')).head).toMatch(/漏单：<\/span><a href="[^"]*">上海德祐比 2026-03-20 之前多 50/)
  })
})
