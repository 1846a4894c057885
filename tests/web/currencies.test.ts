import { spawnSync } from 'node:child_process'
import { parse } from 'csv-parse/sync'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createApp } from '../../src/app.ts'
import { openDatabase } from '../../src/store/database.ts'
import { serveApi } from '../support/api.ts'
import { addResidual, addService, addSystem, count, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }
const IN_DOLLARS = [{ fen: 7000, currency: 'USD' }]

describe.each(databases)('on $name', ({ newUrl }) => {
  /** till, desk can go; ledger, vault wait for the audit of OP; gone is off, and paid for in dollars. */
  async function openEstate() {
    const url = await newUrl()
    const db = openDatabase(url)
    onTestFinished(() => db.destroy())
    const context = contextOn(TODAY, db)
    const system = await addSystem(context, { key: 'OP', name: 'OP' })
    await count(context, await addResidual(context, system), TODAY, '0')
    const audit = { key: 'audit', name: 'Audit', kind: 'approval', state: 'open' }
    await createGate(context, { systemId: system }, audit)
    const add = async (key: string, systems: string[], amountFen: string, currency: string) => {
      const serviceId = await addService(context, key, systems)
      await confirmNoConsumers(context, serviceId, { evidence: 'logs' })
      await createCost(context, { serviceId }, { kind: 'machines', amountFen, currency })
      return serviceId
    }
    const till = await add('till', [], '3000', 'CNY')
    await add('desk', [], '70', 'USD')
    await add('ledger', ['OP'], '5000', 'CNY')
    await add('vault', ['OP'], '70', 'USD')
    await add('bank', ['OP'], '1', 'CNY')
    const gone = await add('gone', [], '40', 'USD')
    await shutDown(context, gone)
    const site = await serve(createApp(context))
    const page = async (path: string, headers = ENGLISH) => (await site.get(path, headers)).text
    return { url, context, till, gone, page, api: (await serveApi(context)).get }
  }

  test('pages tell money of each currency apart, and say in which they compare it', async () => {
    const { page } = await openEstate()
    const shutdown = await page('/shutdown')
    expect(shutdown).toContain('together at least 3,000 CNY/month + 70 USD/month')
    expect(shutdown).toContain('>at least 5,001 CNY + 70 USD<')
    expect(shutdown).toContain('at least 5,001 CNY/month + 70 USD/month · proven best by money in CNY')
    expect(shutdown).not.toMatch(/5,071|\d \/month/)
    const compared =
      'Rankings by money compare CNY alone, in which the most services have a cost; amounts in USD'
    expect(shutdown).toContain(compared)
    expect(shutdown).toContain('Costs in the file are in hundredths of CNY; those in USD are left out.')
    const whatIf = await page('/shutdown/what-if?system=OP')
    expect(whatIf).toContain('they cost at least 5,001 CNY/month + 70 USD/month.')
    expect(whatIf).toContain(compared)
    expect(whatIf).toContain('Ready · at least 70 USD/month')
    expect(await page('/attention')).toContain('its cost on record is still at least 40 USD/month')
    const chinese = await page('/shutdown', { cookie: 'lang=zh' })
    expect(chinese).toContain('成本合计至少 3,000 CNY/月 + 70 USD/月')
    expect(chinese).toContain('按金额排序只比 CNY')
    expect(chinese).toContain('USD 的成本没有计入')
  })

  test('a sum of the API names its currency and has the others beside it', async () => {
    const { api } = await openEstate()
    const cost = { fen: 500_100, currency: 'CNY', isWhole: false, others: IN_DOLLARS }
    expect((await api('/shutdown/what-if?system=OP')).json).toMatchObject({ cost })
    const [first] = (await api('/blockers')).json.items
    expect(first).toMatchObject({ id: 'gate:OP/audit', unlock: { cost } })
    const ofAYear = Math.round((7000 * 365 * 12) / 365.25)
    expect(first.acceleration).toMatchObject({ currency: 'CNY', others: [{ fen: ofAYear, currency: 'USD' }] })
    const { json, headers } = await api('/shutdown')
    expect(headers.get('last-orders-currency')).toBe('CNY')
    expect(json.unlock['gate:OP/audit']).toMatchObject({ cost: 500_100 })
    const { services } = (await api('/landscape')).json
    expect(services.find(({ id }: { id: string }) => id === 'vault')).not.toHaveProperty('cost')
  })

  test('a row of the plan has the currency of its own cost, on the page and on the command line', async () => {
    const { url, page, context, till } = await openEstate()
    await createCost(context, { serviceId: till }, { kind: 'people', amountFen: '5', currency: 'EUR' })
    const env = { ...process.env, DATABASE_URL: url, ACTOR: '林晓' }
    const cli = (...more: string[]) =>
      spawnSync(process.execPath, ['src/cli.ts', 'landscape', ...more], { env, encoding: 'utf8' })
    const [csv, listed] = [await page('/shutdown/export.csv'), cli('--format', 'csv').stdout]
    const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })
    const cellsOf = (text: string, ...columns: string[]) =>
      new Map(rowsOf(text).map(row => [Object.values(row)[3], columns.map(column => row[column])]))
    const onPage = cellsOf(csv, 'Monthly cost', 'Currency')
    expect(cellsOf(listed, 'cost', 'currency')).toEqual(onPage)
    expect(Object.fromEntries(onPage)).toEqual({
      ...{ till: ['3000 | 5', 'CNY | EUR'], desk: ['70', 'USD'], ledger: ['5000', 'CNY'] },
      ...{ vault: ['70', 'USD'], bank: ['1', 'CNY'], gone: ['40', 'USD'] },
    })
    expect(cli().stderr).toBe('Costs are in CNY; what services cost in USD, EUR is left out.\n')
  })

  test('a cost of 0 in another currency changes nothing', async () => {
    const { context, page, api, till, gone } = await openEstate()
    const read = async () => [
      ...(await Promise.all(['/shutdown/export.csv', '/services.csv', '/attention'].map(path => page(path)))),
      ...[(await api('/blockers')).json.items, (await api('/landscape')).json.services],
      (await page('/shutdown')).replace(/revision \S+/, ''),
    ]
    const before = await read()
    for (const serviceId of [till, gone])
      await createCost(context, { serviceId }, { kind: 'people', amountFen: '0', currency: 'HKD' })
    expect(await read()).toEqual(before)
  })
})
