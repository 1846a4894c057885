import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createApp } from '../../src/app.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeFailure } from '../../src/store/failure.ts'
import { listReadings } from '../../src/store/readings.ts'
import { addResidual, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

/** As long as a note may be: more than the room that is left. */
const LONG = '催'.repeat(3900)
const EVENT = { day: '2026-03-30', kind: 'note', title: '评审', note: LONG }

/** 上海德祐, never counted, and SQLite may not grow any more: what a full disk is to it. */
async function openFull() {
  const context = contextOn('2026-03-31', await databases[0].open())
  const systemId = await addSystem(context)
  const residual = await addResidual(context, systemId)
  await sql`pragma max_page_count = 1`.execute(context.db)
  const fill = async (): Promise<unknown> => createEvent(context, systemId, EVENT).then(fill, error => error)
  expect(storeFailure(await fill())).toBe('full')
  return { context, residual, site: await serve(createApp(context)) }
}

test('a round that a full disk refuses comes back with everything typed, and says why', async () => {
  const { context, residual, site } = await openFull()
  const round = { day: '2026-03-30', [`count-${residual}`]: '960', [`note-${residual}`]: LONG }
  for (const path of ['/counts', '/systems/账户1.0', `/residuals/${residual}`]) {
    const { status, text } = await site.post(path, round)
    expect(status, path).toBe(503)
    for (const said of [
      '磁盘满了，或写不进去',
      '没有写入任何东西',
      '下面保留了刚才填写的内容',
      'value="960"',
      LONG,
    ])
      expect(text.includes(said), `${path} ${said.slice(0, 20)}`).toBe(true)
  }
  expect(await listReadings(context.db, residual, 1)).toEqual([])
  await sql`pragma max_page_count = 1073741823`.execute(context.db)
  expect((await site.post('/counts', round)).status).toBe(303)
})

test('any other form comes back in the same way, and the API says the same', async () => {
  const { residual, site } = await openFull()
  const { status, text } = await site.post('/systems/账户1.0/events/new', EVENT)
  expect([status, text.includes(LONG)]).toEqual([503, true])
  expect(text).toContain('磁盘满了，或写不进去')
  const body = JSON.stringify({ day: '2026-03-30', counts: { [residual]: { count: '960', note: LONG } } })
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  const answer = await fetch(`${site.url}/api/v1/readings`, { method: 'POST', headers, body })
  const said = { title: '磁盘满了，或写不进去', detail: expect.stringContaining('没有写入任何东西') }
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining(said)])
  expect(answer.headers.get('retry-after')).toBe('10')
})

test('what was typed while the database was lost is shown, and can be sent once more', async () => {
  const db = openDatabase('postgres://nobody@127.0.0.1:1/nowhere')
  const site = await serve(createApp(contextOn('2026-03-31', db)))
  const { status, text, headers } = await site.post('/systems/账户1.0/events/new', { ...EVENT, note: '别丢' })
  expect([status, text]).toEqual([503, expect.stringContaining('连不上数据库')])
  expect([headers.get('retry-after'), text.includes('数据库恢复后请再试一次')]).toEqual(['10', true])
  expect(text).toContain('<dt>备注</dt><dd>别丢</dd>')
  expect(text).toMatch(/<form class="stacked" method="post" action="[^"]*events\/new"/)
  expect(text).toContain('<input type="hidden" name="title" value="评审">')
  const round = await site.post('/counts', { day: '2026-03-30', 'count-1': '960' })
  expect([round.status, round.text]).toEqual([503, expect.stringContaining('name="count-1" value="960"')])
  await db.destroy()
})

test('what was typed is shown by names and labels, not by ids and codes', async () => {
  const context = contextOn('2026-03-31', await databases[0].open())
  const residual = await addResidual(context, await addSystem(context))
  const page = await (await serve(createApp(context))).get('/counts')
  const [, name] = new RegExp(`name="name-${residual}" value="([^"]+)"`).exec(page.text)!
  const lost = openDatabase('postgres://nobody@127.0.0.1:1/nowhere')
  const site = await serve(createApp(contextOn('2026-03-31', lost)))
  const [count, reason] = [`count-${residual}`, `reason-${residual}`]
  const sent = { [count]: '960', [reason]: 'recount', [`name-${residual}`]: name! }
  const round = (await site.post('/counts', { day: '2026-03-30', ...sent })).text
  expect(round).toContain(`<dt>账户1.0 / 上海德祐：数量</dt><dd>960</dd>`)
  expect(round).toContain(`<dt>账户1.0 / 上海德祐：原因</dt><dd>盘点修正</dd>`)
  const said = async (path: string, typed: Record<string, string>) =>
    [...(await site.post(path, typed)).text.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, value]) => value)
  expect(await said('/systems/new', { role: 'stay', name: 'role' })).toEqual(['保留', 'role'])
  expect(await said('/services/till/gates/new', { kind: 'approval', state: 'open' })).not.toContain('open')
  await lost.destroy()
})
