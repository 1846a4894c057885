import { describe, expect, test } from 'vitest'
import { editResidual } from '../../src/actions/residuals.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { addDays, dayNumber } from '../../src/domain/calendar.ts'
import { findThing } from '../../src/store/places.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** Three residuals counted in 2023; only one of them again, three years later. */
  async function threeYearsOn(input = {}) {
    const context = contextOn('2026-11-23', await open())
    const id = await addSystem(context, input)
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
      expect(text).toContain('<b>at least 950 (2 more unknown) (2026-11-23)</b>')
      expect(text).toContain('last counts of the rest: 149, of 2023-11-30<')
      expect(text).not.toMatch(/class="line known[^"]*" d="M[^"]*l/)
    }
  })

  test('a total says the same of what nobody has counted for long on the overview and on the page of its system', async () => {
    const context = contextOn('2026-11-23', await open())
    const id = await addSystem(context)
    for (const [key, day, text] of [
      ['上海德祐', '2026-11-22', '950'],
      ['还款保', '2023-11-30', '54'],
      ['装贝', '2026-11-23', '~120'],
      ['收款保', '2023-11-30', '3000+'],
      ['结清', '2023-11-30', '0'],
    ] as const)
      await count(context, await addResidual(context, id, { key, name: key }), day, text)
    const { get } = await serve(createApp(context))
    const totals = async (path: string) => {
      const [, body] = /readings by day<\/caption>.*?<tbody>(.*?)<\/tbody>/s.exec(
        (await get(path, ENGLISH)).text,
      )!
      return [...body!.matchAll(/<td class="num[^>]*>([^<]*)<\/td>\s*<\/tr>/g)].map(([, total]) => total)
    }
    const [latest] = await totals(`/systems/${encodeURIComponent('账户1.0')}`)
    expect(latest).toBe('at least about 1,070 (2 more unknown)')
    expect((await totals('/'))[0]).toBe(latest)
  })

  test('a total of which all is old is said with the day of its counts, and no less surely', async () => {
    const context = contextOn('2026-11-23', await open())
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), '2023-11-30', '54')
    await count(context, await addResidual(context, system, { key: '装贝', name: '装贝' }), '2026-11-23', '0')
    const { text } = await (await serve(createApp(context))).get('/?range=all', ENGLISH)
    expect(text).toContain('<b>54, counted on 2023-11-30</b>')
    expect(text).not.toContain('of it counted on')
  })

  test('the overview says what its sentence counts and the end of its line does not', async () => {
    const context = contextOn('2026-11-23', await open())
    for (const [key, days] of [
      ['旧', ['2026-05-01']],
      ['新', ['2026-10-23', '2026-11-23']],
    ] as const) {
      const residual = await addResidual(context, await addSystem(context, { key, name: key }))
      for (const day of days) await count(context, residual, day, '100')
    }
    const { text } = await (await serve(createApp(context))).get('/', ENGLISH)
    expect(text).toContain('last counts that are too old: 旧 100 (2026-05-01)')
  })

  test('what is old of a system that was counted in part is named as well, unless it stays', async () => {
    const said = (await (await threeYearsOn()).get('/', ENGLISH)).text
    expect(said).toContain('1,099 open orders counted')
    expect(said).toContain('last counts, which are too old: 账户1.0 149 (2023-11-30).')
    expect(said).not.toContain('in no total')
    const stays = (
      await (await threeYearsOn({ status: 'cancelled', statusReason: '监管要求' })).get('/', ENGLISH)
    ).text
    expect(stays).toContain('last counts of the rest: 149, of 2023-11-30<')
    expect(stays).toContain('first sentence leaves out systems whose retirement is cancelled: 账户1.0 1,099.')
    expect(stays).not.toContain('which are too old')
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
    expect(text).toMatch(/at most 19%.*if so, half not before <[^>]*>2028-01</s)
    expect(text).toContain('title="合同到期">Retired although not ready')
  })

  /** 账户1.0: 上海德祐 counted every ten days, 装贝 only in January, June and today. */
  async function halfCounted() {
    const context = contextOn('2026-07-01', await open())
    const id = await addSystem(context)
    const deyou = await addResidual(context, id)
    const rare = await addResidual(context, id, { key: '装贝', name: '装贝' })
    for (let at = 0; at <= 180; at += 10) {
      const day = addDays('2026-01-02', at)
      await count(context, deyou, day, String(900 - at))
      if (at === 0 || at >= 150) await count(context, rare, day, String(400 - at))
    }
    return { context, rare, site: await serve(createApp(context)) }
  }

  test('the overview draws no line while a part of a system was silent, and says from when to when', async () => {
    const { site } = await halfCounted()
    const { text } = await site.get('/?range=all', ENGLISH)
    expect(text).toContain('not all of it counted from 2026-01-02 to 2026-06-01')
    const lines = [...text.matchAll(/class="line known[^"]*" d="([^"]*)"/g)].map(([, path = '']) => path)
    const connected = lines.filter(path => path.includes('l'))
    const [, left, right, from, to] = /data-left="(.*?)" data-right="(.*?)" data-from="(.*?)" data-to="(.*?)"/
      .exec(text)!
      .map(part => (part.includes('-') ? dayNumber(part) : Number(part))) as [
      0,
      number,
      number,
      number,
      number,
    ]
    const begin = left + ((dayNumber('2026-06-01') - from) / (to - from)) * (right - left)
    expect(connected).toHaveLength(2)
    expect(Number.parseFloat(connected[0]!.slice(1))).toBeCloseTo(begin, 0)
    expect(text).toContain('about')
  })

  test('a part at zero, closed, or counted within two of its cadences was not silent', async () => {
    const { context, rare, site } = await halfCounted()
    const { version } = (await findThing(context.db, 'residual', rare))!
    const described = { key: '装贝', name: '装贝', unit: 'order', cadenceDays: '80', version }
    await editResidual(context, rare, described)
    expect((await site.get('/?range=all', ENGLISH)).text).not.toContain('not all of it counted')
  })

  /** Nine systems of which two share the layer of the others, counted two months apart. */
  async function othersCountedTwice(again: readonly string[]) {
    const context = contextOn('2026-07-01', await open())
    for (const [at, last] of ['9', '9', '9', '9', '9', '9', '9', ...again].entries()) {
      const residual = await addResidual(context, await addSystem(context, { key: `s${at}`, name: `s${at}` }))
      await count(context, residual, '2026-05-01', '9')
      await count(context, residual, '2026-07-01', last)
    }
    return (await (await serve(createApp(context))).get('/', ENGLISH)).text
  }

  test('what shares a layer adds up to as exact a number as its counts are', async () => {
    const zeros = await othersCountedTwice(['0', '0'])
    expect(zeros).toContain('Other systems <b>0 (2026-07-01)</b>')
    expect(zeros).not.toContain('Hollow point')
    expect(await othersCountedTwice(['5', '~3'])).toContain('Other systems <b>about 8 (2026-07-01)</b>')
  })

  test('nobody is asked to count what stays, and the round says where it is', async () => {
    const context = contextOn('2026-11-23', await open())
    const stays = { status: 'cancelled', statusReason: '监管要求' }
    await count(context, await addResidual(context, await addSystem(context, stays)), '2026-05-01', '196')
    const site = await serve(createApp(context))
    const { text } = await site.get('/counts', ENGLISH)
    expect(text).toContain('1 more belongs to a system that stays.')
    expect(text).not.toContain('上海德祐')
    expect((await site.get('/counts?status=cancelled')).text).toContain('上海德祐')
  })
})
