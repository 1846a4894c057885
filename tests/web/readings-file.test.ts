import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { withdrawReading } from '../../src/actions/readings.ts'
import { createApp } from '../../src/app.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐 of 账户1.0, counted four times: one count was superseded, and one withdrawn. */
  async function openReadings() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    const id = await addResidual(context, system, { segment: '浦东' })
    await count(context, id, '2026-03-01', '约41')
    await count(context, id, '2026-03-01', '40', { note: '=1+1' })
    const [wrong] = await count(context, id, '2026-03-30', '300+')
    await withdrawReading(context, wrong!.readingId, { reason: '=数错' })
    await count(context, id, TODAY, '12')
    const site = await serve(createApp(context))
    const read = async (path: string, headers = {}): Promise<Record<string, string>[]> =>
      parse((await site.get(path, headers)).text, { columns: true, bom: true })
    return { context, site, read, system, id }
  }

  test('all readings of a residual are a file, with who entered them and what counts no more', async () => {
    const { site, read, id } = await openReadings()
    const { text } = await site.get(`/residuals/${id}`, ENGLISH)
    const [, href = ''] = /href="(\/residuals\/\d+\/readings\.csv)">Export as CSV</.exec(text)!
    const { headers } = await site.get(href)
    expect(decodeURIComponent(headers.get('content-disposition')!)).toContain(
      `readings-账户1.0-上海德祐-${TODAY}.csv`,
    )
    const base = { 'Key of the system': '账户1.0', Residual: '上海德祐', Segment: '浦东', Unit: 'orders' }
    expect(await read(href, ENGLISH)).toEqual([
      expect.objectContaining({
        ...base,
        'As of': TODAY,
        Count: '12',
        Exactness: 'exact',
        Standing: 'in force',
      }),
      expect.objectContaining({
        ...{ 'As of': '2026-03-30', Count: '300', Exactness: 'at least', Standing: 'withdrawn' },
        ...{ 'Withdrawn by': '林晓', 'Reason of the withdrawal': "'=数错" },
      }),
      expect.objectContaining({
        'As of': '2026-03-01',
        Count: '40',
        Note: "'=1+1",
        Source: '',
        Standing: 'in force',
      }),
      expect.objectContaining({
        ...{ 'As of': '2026-03-01', Count: '41', 'Entered by': '林晓', 'Withdrawn by': '' },
        ...{ Standing: 'superseded by another reading of the same day', Exactness: 'about' },
      }),
    ])
    expect((await site.get('/residuals/999/readings.csv')).status).toBe(404)
    expect((await read(href))[1]).toMatchObject({ 效力: '已撤回', 读数: '300' })
  })

  test('the readings of a system are a file of all its residuals, the newest day first', async () => {
    const { context, site, read, system } = await openReadings()
    const other = await addResidual(context, system, { key: '北京', name: '北京', nameEn: 'Beijing' })
    await count(context, other, '2026-03-30', '5')
    const { text } = await site.get('/systems/账户1.0', ENGLISH)
    const [, href = ''] = /href="(\/systems\/[^"]*\/readings\.csv)">Export all readings as CSV</.exec(text)!
    const rows = await read(href, ENGLISH)
    expect(rows.map(row => `${row['As of']} ${row.Residual} ${row.Count}`)).toEqual([
      `${TODAY} 上海德祐 12`,
      '2026-03-30 上海德祐 300',
      '2026-03-30 北京 · Beijing 5',
      '2026-03-01 上海德祐 40',
      '2026-03-01 上海德祐 41',
    ])
    await addSystem(context, { key: 'OP', name: 'OP' })
    expect((await site.get('/systems/OP')).text).not.toContain('readings.csv')
    expect(await read('/systems/OP/readings.csv')).toEqual([])
  })

  test('a system of many days of counts has all of them in its file', async () => {
    const { context, read, system } = await openReadings()
    const daily = await addResidual(context, system, { key: '每日', name: '每日' })
    const row = { residual_id: daily, count: 7, qualifier: 'exact', recorded_by: '林晓' } as const
    const days = Array.from({ length: 366 }, (_, at) => addDays('2025-03-01', at))
    await context.db
      .insertInto('reading')
      .values(days.map(day => ({ ...row, day, recorded_at: `${day}T08:00:00.000Z` })))
      .execute()
    const rows = await read('/systems/账户1.0/readings.csv')
    expect(rows).toHaveLength(366 + 4)
    expect(rows.at(-1)!.截至).toBe('2025-03-01')
  })

  test('what needs attention is a file, line by line as on its page', async () => {
    const { context, site, read, system } = await openReadings()
    await addResidual(context, system, { key: '北京', name: '=北京', nameEn: 'Beijing' })
    const { text } = await site.get('/attention', ENGLISH)
    const [, href = ''] = /href="(\/attention\.csv)">Export as CSV</.exec(text)!
    const rows = await read(href, ENGLISH)
    expect(rows).toHaveLength(text.match(/class="next"/g)!.length)
    expect(rows).toContainEqual({
      Kind: 'Never counted',
      'What is the matter': expect.stringContaining('Beijing'),
      'Next step': 'Count it',
      Address: `/counts?system=${encodeURIComponent('账户1.0')}`,
    })
  })
})
