import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** 60 services, the first of which calls the second; 账户1.0, called as a formula is, has 12 open orders. */
  async function openTables() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { name: '=账户()', owner: '王芳' })
    await count(context, await addResidual(context, system), TODAY, '12')
    await addService(context, 'till', ['账户1.0'])
    await addService(context, 'ledger')
    for (let n = 0; n < 58; n++) await addService(context, `job-${n}`)
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...use })
    const site = await serve(createApp(context))
    const read = async (path: string, headers = {}): Promise<Record<string, string>[]> =>
      parse((await site.get(path, headers)).text, { columns: true, bom: true })
    return { site, read }
  }

  test('the services that the page finds are a file, however many pages it has', async () => {
    const { site, read } = await openTables()
    const { text } = await site.get('/services?system=账户1.0', ENGLISH)
    const [, href = ''] = /href="(\/services\.csv[^"]*)">Export as CSV</.exec(text)!
    expect(await read(href, ENGLISH)).toEqual([
      expect.objectContaining({
        ...{ Service: 'till', Verdict: 'Blocked', Systems: "'=账户()" },
        'Held by': "'=账户() still has 12 open orders",
      }),
    ])
    const { headers } = await site.get('/services.csv')
    expect(headers.get('content-disposition')).toBe(`attachment; filename=services-${TODAY}.csv`)
    const all = await read('/services.csv')
    expect(all).toHaveLength(60)
    expect(all.find(row => row.服务 === 'ledger')).toMatchObject({
      判断: '受阻',
      每月成本: '',
      成本是否清楚: '不清楚',
    })
  })

  test('what a service costs is a number with its currency, and the day it went off has a column of its own', async () => {
    const context = contextOn(TODAY, await open())
    const till = await addService(context, 'till')
    await addService(context, 'ledger')
    const cost = { kind: 'machines', amountFen: '1200.5', currency: 'CNY' }
    await createCost(context, { serviceId: till }, cost)
    const system = await addSystem(context)
    for (const currency of ['CNY', 'USD']) {
      const kind = currency === 'CNY' ? 'machines' : 'people'
      await createCost(context, { systemId: system }, { ...cost, kind, currency })
    }
    await shutDown(context, till, { on: '2026-03-30', overrideReason: 'burnt' })
    const site = await serve(createApp(context))
    const read = async (path: string) =>
      parse((await site.get(path, ENGLISH)).text, { columns: true, bom: true }) as Record<string, string>[]
    expect((await read('/services.csv')).find(row => row.Service === 'till')).toMatchObject({
      ...{ Verdict: 'Off', 'Earliest shutdown': '', 'Off since': '2026-03-30' },
      ...{ 'Monthly cost': '1200.5', Currency: 'CNY', 'Cost known': 'in part (at least)' },
    })
    expect((await read('/systems.csv'))[0]).toMatchObject({
      ...{ 'Monthly cost': '1200.5 | 1200.5', Currency: 'CNY | USD', 'Cost known': 'in part (at least)' },
    })
    expect((await site.get('/services', ENGLISH)).text).toContain('<td class="held">Off since 2026-03-30')
  })

  test('the systems that the overview finds are a file, each with what its row says', async () => {
    const { site, read } = await openTables()
    const { text } = await site.get('/?status=draining&sort=name', ENGLISH)
    const [, href = ''] = /href="(\/systems\.csv[^"]*)">Export as CSV</.exec(text)!
    expect(await read(href.replaceAll('&amp;', '&'), ENGLISH)).toEqual([
      expect.objectContaining({
        ...{ Key: '账户1.0', Name: "'=账户()", Owner: '王芳', Status: 'Draining', Open: '12 orders' },
        ...{ 'Oldest count': TODAY, 'Open gates': '0', 'Services running': '1', 'Services ready': '0' },
      }),
    ])
    expect(await read('/systems.csv?status=retired')).toEqual([])
  })

  test('the round that the page finds is a file, in which what was never counted is no 0', async () => {
    const { site, read } = await openTables()
    const form = { key: '北京', name: '北京', nameEn: 'Beijing', unit: 'account', segment: '北京' }
    await site.post(`/systems/${encodeURIComponent('账户1.0')}/residuals/new`, form)
    const { text } = await site.get('/counts?owner=王芳', ENGLISH)
    const [, href = ''] = /href="(\/counts\.csv[^"]*)">Export as CSV</.exec(text)!
    expect(await read(href.replaceAll('&amp;', '&'), ENGLISH)).toEqual([
      expect.objectContaining({
        ...{ 'Key of the system': '账户1.0', System: "'=账户()", Residual: '上海德祐', Count: '12' },
        ...{ Unit: 'orders', Exactness: 'exact', 'As of': TODAY, 'Unchanged since': TODAY },
      }),
      expect.objectContaining({
        ...{ Residual: '北京 · Beijing', Segment: '北京', Count: '', Unit: 'accounts' },
        ...{ Exactness: 'never counted', 'As of': '' },
      }),
    ])
    expect(await read('/counts.csv?readings=uncounted')).toHaveLength(1)
  })

  test('the history that the page shows is a file, by the same filter', async () => {
    const { site, read } = await openTables()
    const { text } = await site.get('/history?action=create-system', ENGLISH)
    const [, href = ''] = /href="(\/history\.csv[^"]*)">Export as CSV</.exec(text)!
    const [row, ...others] = await read(href.replaceAll('&amp;', '&'), ENGLISH)
    expect(others).toEqual([])
    expect(row).toMatchObject({ Who: '林晓', What: "'=账户()" })
    expect(row!.Change).toContain('Owner: 王芳')
    await site.post('/dependencies/1/withdraw', { reason: '误录', version: '1' })
    expect((await read('/history.csv', ENGLISH))[0]).toMatchObject({ Why: '误录' })
    expect((await read('/history.csv')).length).toBeGreaterThan(60)
    expect((await site.get('/history.csv?system=nobody')).status).toBe(404)
  })
})
