import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createApp } from '../../src/app.ts'
import { listReadings } from '../../src/store/readings.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐 at 968, and an event of its system. */
  async function openRegister() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const residual = await addResidual(context, systemId)
    await count(context, residual, '2026-02-28', '968')
    const event = await createEvent(context, systemId, { day: '2026-03-01', kind: 'note', title: '评审' })
    return { context, residual, edit: `/events/${event}/edit`, site: await serve(createApp(context)) }
  }

  test('a form without its version says so, and a day that no date field can hold is not swallowed', async () => {
    const { site, edit } = await openRegister()
    const { version, ...rest } = fieldsOf((await site.get(edit)).text)
    expect(version).toBe('1')
    const refused = await site.post(edit, { ...rest, day: '２０２６－０３－０２' })
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('这张表单缺了版本信息')])
    expect(refused.text).toMatch(/<input type="text" id="f-day" name="day" value="２０２６－０３－０２"/)
    expect((await site.post(edit, fieldsOf(refused.text))).status).toBe(303)
  })

  test('a day that was demanded stays a date field, and one that is none says how days are written', async () => {
    const { site } = await openRegister()
    const held = { key: 'OP', name: 'OP', role: 'legacy', status: 'on_hold' }
    const field = async (reviewOn: string) => {
      const { text } = await site.post('/systems/new', { ...held, reviewOn }, { cookie: 'lang=en' })
      return /<label for="f-reviewOn">.*?<input[^>]*>/s.exec(text)![0]
    }
    const missing = await field('')
    expect(missing).toContain('<input type="date"')
    expect(missing).not.toContain('(optional)')
    const noDay = await field('2026-02-30')
    expect(noDay).toContain('<input type="text"')
    expect(noDay).toContain('Write the day as year-month-day, for example 2026-03-31.')
  })

  test('an empty form is not said to be done by sending it again', async () => {
    const { context, site } = await openRegister()
    await addService(context, 'till', [])
    const { status, text } = await site.post('/services/till/shutdown', {})
    expect([status, text]).toEqual([422, expect.stringContaining('改好其他几处后再提交')])
    expect(text).not.toContain('再提交一次即可')
  })

  test('a field that is sent twice is refused as it stands, and nothing of it is lost', async () => {
    const { context, site, residual } = await openRegister()
    const twice = new URLSearchParams([
      ['day', '2026-03-31'],
      [`count-${residual}`, '900'],
      [`count-${residual}`, '901'],
    ])
    const headers = { 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(`${site.url}/counts`, { method: 'POST', body: twice, headers })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('value="900, 901"')
    expect(await listReadings(context.db, residual, 5)).toHaveLength(1)
  })

  test('a system that was ticked and is no longer there stays ticked, beside why it is refused', async () => {
    const { site } = await openRegister()
    const { status, text } = await site.post('/services/new', { key: 'till', name: 'till', systems: '履约9' })
    expect(status).toBe(422)
    expect(text).toMatch(/name="systems" value="履约9" checked/)
    expect(text).toContain('没有“履约9”这个系统')
  })

  test('the title says that a form came back, and a number with separators is given without them', async () => {
    const { site, residual } = await openRegister()
    const round = { day: '2026-03-31', [`count-${residual}`]: '1,300' }
    const refused = (await site.post('/counts', round)).text
    expect(refused).toContain('<title>错误：盘点')
    expect(refused).toContain('例如 1300')
    const asked = (await site.post('/counts', { ...round, [`count-${residual}`]: '1300' })).text
    expect(asked).toContain('<title>请确认：盘点')
    expect(asked).toContain('<details open>')
    const form = (await site.post('/systems/new', { key: '', name: '' })).text
    expect(form).toContain('<title>错误：')
    expect(form).toMatch(/class="errors" role="alert" tabindex="-1" autofocus/)
  })

  test('a form that comes from nowhere is refused on a page in the language of the reader', async () => {
    const { site, edit } = await openRegister()
    const answer = await fetch(`${site.url}${edit}`, {
      method: 'POST',
      body: new URLSearchParams({ title: 'x' }),
    })
    expect(answer.status).toBe(403)
    const text = await answer.text()
    expect(text).toContain('看不出是从本登记册的页面发来的')
    expect(text).toContain('href="/counts"')
  })

  test('a gate that was to close today is overdue at once, and the question says so', async () => {
    const { site } = await openRegister()
    const gate = { key: 'g', name: '切量', kind: 'cutover', state: 'open', closesOn: '2026-03-31' }
    const { text } = await site.post('/systems/账户1.0/gates/new', gate)
    expect(text).toContain('2026-03-31 已到或已过（今天是 2026-03-31）')
  })

  test('a gate that was to close years ago is asked about, and who declared a use needs the day', async () => {
    const { context, site } = await openRegister()
    await addService(context, 'till')
    const path = '/systems/账户1.0/gates/new'
    const gate = { key: 'g', name: '切量', kind: 'cutover', state: 'open', closesOn: '2020-01-01' }
    const asked = await site.post(path, gate)
    expect([asked.status, asked.text]).toEqual([422, expect.stringContaining('一登记就逾期')])
    expect((await site.post(path, { ...gate, answers: 'gate.closes_past:2020-01-01' })).status).toBe(303)
    const use = {
      name: '某银行',
      strength: 'hard',
      needs: 'from',
      declaredBy: '王芳',
      lastSeenOn: '2026-03-30',
    }
    const refused = await site.post('/services/till/externals/new', use)
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('请补上申报日')])
  })

  test('a filter that nobody understands is said to be left out', async () => {
    const { site } = await openRegister()
    const filters = [
      '/?status=foo',
      '/counts?status=foo',
      '/services?verdict=foo',
      '/history?from=foo',
      '/history?before=foo',
    ]
    for (const path of filters)
      expect((await site.get(path)).text, path).toMatch(/看不懂的筛选没有用：\w+=foo/)
    expect((await site.get('/?status=draining')).text).not.toContain('看不懂的筛选')
  })

  test('an address with a NUL in it is refused in words, whatever it asks for', async () => {
    const { site } = await openRegister()
    for (const path of ['/systems/%00', '/services/a%00b/edit', '/counts?owner=%00', '/history?system=%00']) {
      const { status, text } = await site.get(path)
      expect([status, text], path).toEqual([400, expect.stringContaining('看不懂这个请求')])
    }
    expect((await site.post('/systems/%00/edit', { key: 'a' })).status).toBe(400)
    const { status, headers } = await site.get('/api/v1/systems/%00')
    expect([status, headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')])
    expect((await site.get('/systems/%2500')).status).toBe(404)
  })

  test('an address that leads nowhere is shown as a person reads it', async () => {
    const { site } = await openRegister()
    for (const [path, shown] of [
      [`/systems/${encodeURIComponent('没有')}`, '/systems/没有'],
      ['/nowhere/%E6%B2', '/nowhere/%E6%B2'],
      ['/nowhere/%00%E2%80%AE', '/nowhere/%00%E2%80%AE'],
      ['/nowhere/%3Cb%3E', '/nowhere/&lt;b&gt;'],
    ] as const)
      expect((await site.get(path)).text, path).toContain(`<code>${shown}</code>`)
  })
})
