import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  test('the answer to a round names the leak that it makes, also of a later count, and none that was there', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    const { get } = await serve(createApp(context))
    const counted = async (day: string, text: string) => {
      const [one] = await count(context, residual, day, text)
      const { text: page } = await get(`/counts?done=${one!.revision}`, ENGLISH)
      return /<li>(Forecast of .*)<\/li>/.exec(page)?.[1] ?? ''
    }
    for (const [day, text] of [
      ['2026-03-01', '130'],
      ['2026-03-10', '127'],
      ['2026-03-20', '120'],
    ] as const)
      expect(await counted(day, text)).not.toContain('leak')
    expect(await counted('2026-03-15', '40')).toMatch(/half by .* → leak/)
    expect(await counted('2026-03-15', '125')).toMatch(/leak: suspended → half by/)
    expect(await counted(TODAY, '128')).toMatch(/half by .* → leak/)
    expect(await counted(TODAY, '129')).toBe('')
  })

  test('a second leak of a system is named, though its forecast was suspended before', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const one = await addResidual(context, system)
    const other = await addResidual(context, system, { key: '北京', name: '北京', nameEn: 'Beijing' })
    for (const id of [one, other]) await count(context, id, '2026-03-01', '100')
    await count(context, one, '2026-03-20', '150')
    const [rise] = await count(context, other, '2026-03-25', '130')
    const { get } = await serve(createApp(context))
    const { text } = await get(`/counts?done=${rise!.revision}`, ENGLISH)
    expect(text).toContain('A new inflow leak: 账户1.0 / 北京 · Beijing, 30 more than before 2026-03-25')
    expect(text).not.toContain('Forecast of')
  })

  test('the answer to a round says how a leak grows, shrinks and ends, whatever else its system waits for', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    await addResidual(context, system, { key: '北京', name: '北京' })
    const residual = await addResidual(context, system)
    const { get } = await serve(createApp(context))
    const answered = async (day: string, text: string, more = {}, language = 'en') => {
      const [one] = await count(context, residual, day, text, more)
      return (await get(`/counts?done=${one!.revision}`, { cookie: `lang=${language}` })).text
    }
    await answered('2026-03-01', '100')
    const is = (more: string) => `账户1.0 / 上海德祐 rose on 2026-03-10 and later, ${more} more than before`
    expect(await answered('2026-03-10', '150')).toContain(
      'new inflow leak: 账户1.0 / 上海德祐, 50 more than before 2026',
    )
    expect(await answered('2026-03-12', '160')).toContain(`leak has grown: ${is('60')} (until now 50)`)
    expect(await answered('2026-03-14', '155')).toContain(`leak has shrunk: ${is('55')} (until now 60)`)
    const zh = await answered('2026-03-16', '149', {}, 'zh')
    expect(zh).toContain('漏单变少：账户1.0 / 上海德祐比 2026-03-10 之前多 49（此前 55）')
    expect(await answered('2026-03-18', '149')).not.toContain('inflow leak')
    const bound = await answered('2026-03-19', '120+', {}, 'zh')
    expect(bound).toMatch(
      /漏单现在只知道：账户1.0 \/ 上海德祐(比 2026-03-10 之前|在 2026-03-10 及以后多次上升，比之前)至少多 20/,
    )
    expect(await answered('2026-03-20', '90+')).toContain(
      'no longer known: 账户1.0 / 上海德祐 rose on 2026-03-10',
    )
    const over = await answered('2026-03-20', '100')
    expect(over).toContain('No inflow leak any more: 账户1.0 / 上海德祐')
    expect(await answered('2026-03-22', '130')).toContain('A new inflow leak')
    const recount = await answered('2026-03-22', '130', { reason: 'recount' }, 'zh')
    expect(recount).toContain('不再有漏单：账户1.0 / 上海德祐')
  })

  test('a leak that only time ends is not said to be gone: the answer tells what is still there of it', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    const { get } = await serve(createApp(context))
    const answered = async (day: string, text: string, language = 'en') => {
      const [one] = await count(context, residual, day, text)
      return (await get(`/counts?done=${one!.revision}`, { cookie: `lang=${language}` })).text
    }
    await answered('2026-01-10', '100')
    await answered('2026-01-20', '150')
    const quiet = await answered('2026-03-01', '140')
    expect(quiet).toContain(
      'though not all of it is gone: 账户1.0 / 上海德祐, 40 more than before 2026-01-20',
    )
    expect(quiet).not.toContain('No inflow leak any more')
    expect(quiet).toContain('leak: suspended → half by')
    const zh = await answered('2026-03-01', '130', 'zh')
    expect(zh).not.toContain('漏单')
    expect(await answered('2026-03-01', '150')).toContain('A new inflow leak')
    expect(await answered('2026-03-01', '130', 'zh')).toContain(
      '但还没消化完：账户1.0 / 上海德祐比 2026-01-20 之前多 30',
    )
  })

  test('a leak is known no surer than the counts that it is between, and said to be better known only where it is', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    const { get } = await serve(createApp(context))
    const answered = async (day: string, text: string, language = 'en') => {
      const [one] = await count(context, residual, day, text)
      return (await get(`/counts?done=${one!.revision}`, { cookie: `lang=${language}` })).text
    }
    await answered('2026-03-01', '54')
    const is = (more: string) => `账户1.0 / 上海德祐, ${more} more than before 2026-03-10`
    expect(await answered('2026-03-10', '60+')).toContain(`new inflow leak: ${is('at least 6')}`)
    expect(await answered('2026-03-11', '75+')).toContain('Of an inflow leak more is known now')
    expect(await answered('2026-03-11', 'about 75')).toContain(`more is known now: ${is('about 21')}`)
    expect(await answered('2026-03-11', '75', 'zh')).toContain(
      '漏单现在有了准数：账户1.0 / 上海德祐比 2026-03-10',
    )
    expect(await answered('2026-03-11', 'about 75')).toContain(`only this is known now: ${is('about 21')}`)
    expect(await answered('2026-03-12', '约70', 'zh')).toContain('漏单变少')
    expect(await answered('2026-03-12', '70')).toContain(`exactly: ${is('16')}`)
    expect(await answered('2026-03-13', '约74', 'zh')).toContain('比之前约多 20（此前 16）')
    const page = (await get(`/residuals/${residual}`, ENGLISH)).text
    expect(page).toContain('about 20 of them still there')
    const attention = (await get('/attention', ENGLISH)).text
    expect(attention).toContain('rose on 2026-03-10 and later; now about 74, about 20 more than before')
  })

  test('the answer to a withdrawn reading says what that did to leak and forecast', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    const { get, post } = await serve(createApp(context))
    const counted = async (day: string, text: string, more = {}) =>
      (await count(context, residual, day, text, more))[0]!.readingId
    const withdrawn = async (id: number) => {
      const { headers } = await post(`/readings/${id}/withdraw`, { reason: '数错了' })
      return (await get(headers.get('location')!, ENGLISH)).text
    }
    await counted('2026-03-01', '100')
    const low = await counted('2026-03-05', '54')
    const rise = await counted('2026-03-10', '75')
    const smaller = await withdrawn(await counted('2026-03-12', '80'))
    expect(smaller).toMatch(/An inflow leak has shrunk: 账户1.0 \/ 上海德祐, 21 more .* \(until now 26\)/)
    const gone = await withdrawn(rise)
    expect(gone).toContain('No inflow leak any more: 账户1.0 / 上海德祐')
    expect(gone).toMatch(/Forecast of 账户1.0: leak: suspended → half by/)
    await counted('2026-03-11', '90')
    expect(await withdrawn(low)).toContain('No inflow leak any more: 账户1.0 / 上海德祐')
    await counted('2026-03-12', '80')
    const recount = await counted('2026-03-13', '97', { reason: 'recount' })
    await counted('2026-03-14', '95')
    const began = await withdrawn(recount)
    expect(began).toContain('A new inflow leak: 账户1.0 / 上海德祐, 15 more than before 2026-03-14')
    expect(began).toMatch(/Forecast of 账户1.0: .* → leak: suspended/)
  })
})
