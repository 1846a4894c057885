import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { editSystem } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function visit(more = {}) {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, more)
    const residual = await addResidual(context, system)
    const site = await serve(createApp(context))
    const pageOf = async (query = '') => (await site.get(`/residuals/${residual}${query}`, ENGLISH)).text
    return { context, system, residual, pageOf, get: site.get }
  }

  test('migrating one residual by force is not said to save what others still cost', async () => {
    const { context, system, residual, pageOf } = await visit()
    await count(context, residual, TODAY, '46')
    const alone = await pageOf('?cost=500&price=10')
    expect(alone).toContain('Migrate: forcing them costs less')
    expect(alone).not.toContain('saves nothing')
    const other = await addResidual(context, system, { key: '北京', name: '北京' })
    await count(context, other, TODAY, '860')
    const beside = await pageOf('?cost=500&price=10')
    expect(beside).toContain('1 more is not (北京), so migrating this one alone saves nothing')
    expect(beside).toContain('<strong>Migrate, if all the others are migrated too or already empty')
    expect(await pageOf('?cost=1&price=900')).toContain('Wait: even with all the others gone')
    expect(beside).toContain('Highest price at which it pays, once the others are gone')
    expect(alone).toContain('Highest price at which a forced migration pays')
    expect(beside).toContain('This residual’s share of the cost a month')
  })

  test('a wrong price leaves what depends on the cost alone', async () => {
    const { context, residual, pageOf } = await visit()
    await count(context, residual, TODAY, '46')
    const said = await pageOf('?cost=500&price=-5')
    expect(said).toContain('This cannot be negative: -5')
    expect(said).toContain('Each one that is left costs 10.87 CNY a month')
    expect(said).toContain('Highest price at which a forced migration pays')
    expect(said).not.toContain('<strong>Migrate')
  })

  test('a lower bound of money is not rounded up', async () => {
    const { context, system, residual, pageOf } = await visit()
    await count(context, residual, TODAY, '1')
    const cost = { kind: 'machines', amountFen: '2000.50', currency: 'CNY' }
    await createCost(context, { systemId: system }, cost)
    expect(await pageOf()).toContain('Each one that is left costs at least 2,000.50 CNY a month')
  })

  test('over a lower bound of the count the page advises nothing, and says its bounds', async () => {
    const { context, residual, pageOf, get } = await visit()
    await count(context, residual, TODAY, '3000+')
    const chinese = (await get(`/residuals/${residual}?cost=30000&price=100`)).text
    expect(chinese).toContain('每留一单，每月花至多 10 CNY。')
    expect(chinese).not.toMatch(/\p{Script=Han} (至少|至多|约) /u)
    expect(chinese).toMatch(/data-head="若清空，半数到何时">[^<]* 或更晚</)
    for (const price of [1, 100, 900_000]) {
      const said = await pageOf(`?cost=30000&price=${price}`)
      expect(said).toContain(
        '<strong>Nobody can say whether to wait or to migrate: that takes an exact count',
      )
      expect(said).toMatch(/empty within two years is (at most|below) \d+%/)
    }
    const said = await pageOf('?cost=30000')
    expect(said).toContain('Each one that is left costs at most 10 CNY a month')
    expect(said).toContain('The last count says at least 3,000')
    expect(said).toContain('<td class="num">unknown</td>')
  })

  test('a field of the cost that nobody touched keeps the lower bound, and only “migrate” is sure of it', async () => {
    const { context, system, residual, pageOf } = await visit()
    await count(context, residual, TODAY, '46')
    const cost = { kind: 'machines', amountFen: '500', currency: 'CNY' }
    await createCost(context, { systemId: system }, cost)
    expect(await pageOf()).toContain('name="cost" inputmode="decimal" size="10" value="" placeholder="500"')
    const dear = await pageOf('?cost=&price=9000')
    expect(dear).toContain('<strong>Nobody can say whether to wait or to migrate: at this price')
    expect(dear).toContain('Each one that is left costs at least')
    expect(await pageOf('?cost=&price=1')).toContain('<strong>Migrate: forcing them costs less')
    expect(await pageOf('?cost=500&price=9000')).toContain('<strong>Wait: forcing them costs more')
  })

  test('the page of one residual says what the shutdown analysis does with its system', async () => {
    const { context, system, residual, pageOf, get } = await visit()
    await count(context, residual, '2026-01-01', '3')
    await count(context, residual, TODAY, '1')
    expect(await pageOf()).toMatch(/The shutdown analysis reckons with 20/)
    const other = await addResidual(context, system, { key: '北京', name: '北京' })
    const beside = await pageOf()
    expect(beside).not.toContain('The shutdown analysis reckons with')
    expect(beside).toContain(
      'not about this residual alone. For it the day is unknown, because another residual has no forecast.',
    )
    const unknown = (await get(`/residuals/${other}`, ENGLISH)).text
    expect(unknown).toContain('Nobody can say when this one is empty')
    expect(unknown).not.toContain('the whole system has no date')
    await count(context, other, TODAY, '3000')
    expect(await pageOf()).toContain(
      'not about this residual alone. For the shutdown analysis the day is unknown',
    )
  })

  test('where no date was in sight on either day and no chance moved, there is no table of causes', async () => {
    const { context, system, residual: first, get } = await visit()
    await count(context, first, '2026-03-30', '900000000')
    for (const key of ['北京', '上海', '广州', '深圳', '杭州']) {
      const residual = await addResidual(context, system, { key, name: key })
      await count(context, residual, '2026-03-30', '900000000')
    }
    const { text } = await get('/systems/%E8%B4%A6%E6%88%B71.0?since=2026-03-31', ENGLISH)
    const section = text.split('Why did the date move?')[1]!
    expect(section).toContain('was in sight on neither day')
    expect(section).not.toContain('Together')
  })

  test('a move that is too small for the month is said in the sentence as in the table, and its chance is named', async () => {
    const { context, system, residual, get } = await visit()
    await count(context, residual, '2026-01-01', '3000+')
    const sectionOf = async (since: string) => {
      const { text } = await get(`/residuals/${residual}?since=${since}`, ENGLISH)
      return text.slice(text.indexOf('Why did the date move?'))
    }
    const section = await sectionOf('2026-03-31')
    const [, days] = /is later by (\d+) days?; to the month it is still 20\d\d-\d\d or later/.exec(section)!
    expect(section).toMatch(new RegExp(`Together</th><td class="num">\\+${days}<`))
    expect(section).toContain('<th scope="col" class="num">Chance within two years</th>')
    const edited = { key: '账户1.0', name: '账户1.0', role: 'legacy', targetOn: '2026-12-31' }
    await editSystem(context, system, { ...edited, version: 1 })
    expect(await sectionOf('2026-03-31')).toContain('Chance to be in time')
  })

  test('a pace that does not go with the chance beside it is explained', async () => {
    const slow = await visit()
    await count(slow.context, slow.residual, '2026-01-01', '999998125')
    await count(slow.context, slow.residual, TODAY, '999997000')
    expect(await slow.pageOf()).toMatch(/at this pace it would take more than 2\d\d,\d\d\d years/)
    const fast = await visit({ targetOn: '2026-07-01' })
    await count(fast.context, fast.residual, '2026-01-01', '800')
    await count(fast.context, fast.residual, TODAY, '300')
    expect(await fast.pageOf()).toContain('run-offs slow down towards the end')
  })

  test('lower bounds are said to be left aside only where there are some', async () => {
    const said = async (...counts: string[]) => {
      const { context, residual, pageOf } = await visit()
      for (const [at, one] of counts.entries()) await count(context, residual, `2026-03-0${at + 1}`, one)
      return pageOf()
    }
    expect(await said('300')).toMatch(/one reading in force: typical(?![\s\S]*left aside)/)
    expect(await said('400+', '300')).toContain('lower bounds say nothing of the speed and are left aside')
  })

  test('what a target needs is as exact as the count, and enough to get there', async () => {
    const paceOf = async (counted: string, targetOn: string) => {
      const { context, residual, pageOf } = await visit({ targetOn })
      await count(context, residual, TODAY, counted)
      return />([^<]*(?:target needs|left with)[^<]*)/.exec(await pageOf())?.[1]
    }
    const year = '2026-11-07'
    expect(await paceOf('1500+', year)).toBe('the target needs at least 205 a month')
    expect(await paceOf('~300', year)).toContain('the target needs about 41 a month')
    expect(await paceOf('300', year)).toContain('the target needs 41 a month')
    expect(await paceOf('220', year)).toContain('the target needs 30 a month')
    expect(await paceOf('1500+', '2026-04-11')).toContain('at least 1,500 left with 10 days to the target')
  })

  test('the table of forecasts can be computed with: counts and chances are numbers, ranges have two columns', async () => {
    const { context, system, residual, get } = await visit({ targetOn: '2026-12-31' })
    await count(context, residual, TODAY, '3260')
    const bound = await addResidual(context, system, { key: '北京', name: '北京' })
    await count(context, bound, TODAY, '1200+')
    const { text } = await get('/forecast/export.csv', ENGLISH)
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true })
    expect(rows.map(row => [row.Count, row.Exactness])).toEqual([
      ['', ''],
      ['3260', 'exact'],
      ['1200', 'at least'],
    ])
    for (const row of rows) {
      const chances = ['by target', 'within two years'].flatMap(what =>
        ['from', 'to'].map(end => row[`Chance ${what}, ${end}`]),
      )
      for (const chance of chances) expect(chance).toMatch(/^(0\.\d{1,2})?$/)
    }
    expect(rows[2]!['Chance within two years, from']).toBe('')
    expect(rows[2]!['Chance within two years, to']).toMatch(/^0\./)
    expect(rows[1]!['If so, half by, from']).toMatch(/^20\d\d-\d\d$/)
    expect(rows[2]!['If so, half by, to']).toBe('')
  })
})
