import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function visit() {
    const context = contextOn(TODAY, await open())
    return { context, ...(await serve(createApp(context))) }
  }

  test('the timeline and the record of the dates show every system', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context, { targetOn: '2026-12-31' })
    await count(context, await addResidual(context, system), TODAY, '54')
    await publishForecasts(context)
    const timeline = await get('/timeline?zoom=quarter&from=2026-01', ENGLISH)
    expect(textOf(timeline.text, '<tbody>', '</tbody>')).toContain('2026-12-31')
    const record = await get('/forecast', ENGLISH)
    expect(record.text).toContain('None of the dates given has come yet')
    expect(textOf(record.text, 'id="dates"', '</section>')).toContain(TODAY)
  })

  test('a missed target says so in a word wherever it stands', async () => {
    const { context, get } = await visit()
    const targetOn = '2026-03-01'
    await addSystem(context, { targetOn, answers: [`system.target_past:${targetOn}`] })
    const system = `/systems/${encodeURIComponent('账户1.0')}`
    for (const path of ['/', '/timeline', system])
      expect(textOf((await get(path, ENGLISH)).text, '<main', '</main>'), path).toMatch(/2026-03-01 missed\b/)
  })

  test('over a lower bound every date is the earliest: in what was said, in why it moved, and on the timeline', async () => {
    const db = await open()
    const system = await addSystem(contextOn('2026-03-01', db))
    const residual = await addResidual(contextOn('2026-03-01', db), system)
    for (const [day, text] of [
      ['2026-03-01', '30+'],
      ['2026-03-29', '29+'],
    ] as const) {
      await count(contextOn(day, db), residual, day, text)
      await publishForecasts(contextOn(day, db))
    }
    const { get } = await serve(createApp(contextOn(TODAY, db)))
    const given = textOf((await get('/forecast', ENGLISH)).text, 'class="scroll tall"', '</table>')
    expect(given).toMatch(/2026-03-29 20\d\d-\d\d or later 20\d\d-\d\d or later/)
    expect(given).toContain('cautious end')
    const why = textOf(
      (await get(`/residuals/${residual}?since=2026-03-01`, ENGLISH)).text,
      '<summary>Why did',
      '</p>',
    )
    expect(why).toMatch(/20\d\d-\d\d or later\./)
    expect(why).not.toMatch(/days? later/)
    const run = textOf((await get('/timeline', ENGLISH)).text, '<tbody>', '</tbody>')
    expect(run).toContain('not before')
    expect((await get('/timeline', ENGLISH)).text).toMatch(
      /<rect class="early" x="[\d.]+" .*\n<path class="open"/,
    )
  })

  test('a lower bound of one day makes no bound of the date of the other day', async () => {
    const db = await open()
    const system = await addSystem(contextOn('2026-01-01', db))
    const residual = await addResidual(contextOn('2026-01-01', db), system)
    for (const [day, text] of [
      ['2026-01-01', '100'],
      ['2026-01-20', '80'],
      ['2026-02-10', '70'],
      ['2026-03-29', '60+'],
    ] as const) {
      await count(contextOn(day, db), residual, day, text)
      await publishForecasts(contextOn(day, db))
    }
    const { get } = await serve(createApp(contextOn(TODAY, db)))
    const why = async (headers: Record<string, string>) =>
      (await get(`/residuals/${residual}?since=2026-02-10`, headers)).text
    expect(await why(ENGLISH)).toMatch(/moved from 20\d\d-\d\d-\d\d to 20\d\d-\d\d or later\./)
    expect(await why({})).toMatch(/从 20\d\d-\d\d-\d\d 移到 20\d\d-\d\d 或更晚。/)
    const [, whole] = (await get('/forecast/export.csv', ENGLISH)).text.split('\n')
    expect(whole).toContain('known in part only as a lower bound')
  })

  test('each date given is compared with the one before it, and agrees with what was said then', async () => {
    const db = await open()
    const residual = await addResidual(
      contextOn('2026-03-01', db),
      await addSystem(contextOn('2026-03-01', db)),
    )
    for (const [day, text] of [
      ['2026-03-01', '100'],
      ['2026-03-15', '80'],
      ['2026-03-29', '75'],
    ] as const) {
      await count(contextOn(day, db), residual, day, text)
      await publishForecasts(contextOn(day, db))
    }
    const { get } = await serve(createApp(contextOn(TODAY, db)))
    const { text } = await get('/forecast', ENGLISH)
    const links = [...text.matchAll(/href="([^"#]*since=[^"#]*)#forecast/g)].map(([, href]) =>
      href!.replaceAll('&amp;', '&'),
    )
    expect(links.map(href => href.replace(/.*\?/, ''))).toEqual([
      'since=2026-03-15&until=2026-03-29',
      'since=2026-03-01&until=2026-03-15',
    ])
    const [, to, from] = /2026-03-29 (\S+) .*2026-03-15 (\S+)/.exec(
      textOf(text, 'class="scroll tall"', '</table>'),
    )!
    const why = textOf((await get(links[0]!, ENGLISH)).text, '<summary>Why did', '</details>')
    expect(why).toContain(`moved from ${from} to ${to}`)
    expect(why).not.toContain('something else was said')
  })

  test('a day that cannot be compared is named, and so is the one taken instead', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), '2026-01-01', '100')
    const said = async (query: string) =>
      textOf(
        (await get(`/systems/%E8%B4%A6%E6%88%B71.0?${query}`, ENGLISH)).text,
        '<summary>Why',
        '</details>',
      )
    expect(await said('since=abc')).toContain('“abc” is not a day: 2026-03-02 is taken instead')
    expect(await said('since=2027-01-01')).toContain('2027-01-01 is not before 2026-04-01: 2026-03-02')
    expect(await said('until=2027-01-01')).toContain('2027-01-01 has not come yet: 2026-04-01')
    expect(await said('since=2020-01-01')).toContain('no forecast on the first day and one on the second')
  })

  test.each(['migrating', 'cutover_pending'])(
    'a day on which a system was %s had no forecast, so no date moved from it',
    async status => {
      const db = await open()
      const context = contextOn(TODAY, db)
      const system = await addSystem(contextOn('2026-03-01', db), { status, statusOn: '2026-03-01' })
      const residual = await addResidual(context, system)
      await count(context, residual, '2026-03-01', '100')
      await count(context, residual, '2026-03-20', '80')
      await changeStatus(context, system, { to: 'draining', on: TODAY, version: 1 })
      await publishForecasts(context)
      const { get } = await serve(createApp(context))
      for (const path of [`/systems/${encodeURIComponent('账户1.0')}`, `/residuals/${residual}`]) {
        const said = textOf(
          (await get(`${path}?since=2026-03-31`, ENGLISH)).text,
          '<summary>Why',
          '</details>',
        )
        expect(said).toContain('no forecast on the first day and one on the second')
        expect(said).toContain('status changed')
      }
    },
  )

  test('the bar of a run-off stops where a hold began', async () => {
    const db = await open()
    const context = contextOn(TODAY, db)
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const hold = { to: 'on_hold', on: '2026-02-01', reason: '等合同', reviewOn: '2026-05-01', version: 1 }
    const bars = async () => {
      const { text } = await (await serve(createApp(contextOn(TODAY, db)))).get('/timeline', ENGLISH)
      return [...text.matchAll(/class="past" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
        ([, x, width]) => [Number(x), Number(width)],
      )
    }
    const [whole] = await bars()
    await changeStatus(context, system, hold)
    const [until] = await bars()
    expect(until![0]).toBe(whole![0])
    expect(until![1]! / whole![1]!).toBeCloseTo(31 / 90, 1)
  })

  test('a cutover that is planned is drawn apart from one that has happened', async () => {
    const { context, get } = await visit()
    const system = await addSystem(context)
    for (const day of ['2026-03-01', '2026-05-01'])
      await createEvent(context, system, { kind: 'cutover', day, title: '切量' })
    const { text } = await get('/timeline', ENGLISH)
    const row = text.slice(text.indexOf('<tbody>'), text.indexOf('</tbody>'))
    expect(row.match(/class="mark"/g)).toHaveLength(1)
    expect(row.match(/class="mark planned"/g)).toHaveLength(1)
    expect(row).toContain('cutover planned 2026-05-01')
  })
})
