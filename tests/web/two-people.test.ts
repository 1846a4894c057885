import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { type Answer, serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  /** One of everything that has a form, and two people with that form before them. */
  async function twoPeople() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'open' }
    const use = { consumer: 'till', provider: 'bank', strength: 'hard', needs: 'from' }
    const serviceId = await addService(context, 'till', ['账户1.0'])
    await addService(context, 'bank')
    const edits = {
      system: '/systems/%E8%B4%A6%E6%88%B71.0/edit',
      residual: `/residuals/${await addResidual(context, systemId)}/edit`,
      gate: `/gates/${await createGate(context, { systemId }, gate)}/edit`,
      service: '/services/till/edit',
      use: `/dependencies/${await createDependency(context, { ...use, declaredOn: '2026-01-01' })}/edit`,
      cost: `/costs/${await createCost(context, { serviceId }, { kind: 'people', amountFen: '7', currency: 'CNY' })}/edit`,
      event: `/events/${await createEvent(context, systemId, { day: '2026-03-01', kind: 'note', title: '评审' })}/edit`,
    }
    const site = await serve(createApp(context))
    const send = async (path: string, form: Answer, changed: Record<string, string>) =>
      site.post(path, { ...fieldsOf(form.text), ...changed })
    return { context, site, edits, send }
  }

  test('the second to change anything gets both values, and keeps what the first did elsewhere', async () => {
    const { site, edits, send } = await twoPeople()
    for (const [noun, path] of Object.entries(edits)) {
      const [first, second] = [await site.get(path), await site.get(path)]
      expect((await send(path, first, { note: '甲写的', source: '甲的来源' })).status, noun).toBe(303)
      const late = await send(path, second, { note: '乙写的' })
      expect(late.status, noun).toBe(409)
      expect(late.text, noun).toContain('<td>甲写的</td><td>乙写的</td>')
      expect(late.text, noun).toContain('<td>甲的来源</td><td><span class="hint">你没有改，采用现在的值')
      expect(late.text, noun).toContain('<ins>甲写的</ins>')
      expect(fieldsOf(late.text), noun).toMatchObject({ note: '乙写的', source: '甲的来源' })
      expect((await send(path, late, {})).status, noun).toBe(303)
      expect(fieldsOf((await site.get(path)).text), noun).toMatchObject({
        note: '乙写的',
        source: '甲的来源',
      })
    }
  })

  test('whoever switches off what the other has switched off meanwhile is told so, and has nothing to save', async () => {
    const { site, send } = await twoPeople()
    const path = '/services/till/shutdown'
    const [first, second] = [await site.get(path), await site.get(path)]
    expect((await send(path, first, { overrideReason: '机房断电' })).status).toBe(303)
    const late = await send(path, second, { overrideReason: '也断电' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('它已经停了。')
    expect(late.text).not.toContain('<button class="primary">')
    expect((await site.get('/services/bank')).text).toContain('调用方已停')
  })

  test('whoever moves a system to where it is by now reads that first, with what was typed below', async () => {
    const { site, send } = await twoPeople()
    const path = '/systems/%E8%B4%A6%E6%88%B71.0/status?to=on_hold'
    const [first, second] = [await site.get(path), await site.get(path)]
    const held = { reason: '等预算', reviewOn: '2026-05-01' }
    expect((await send(path, first, held)).status).toBe(303)
    const late = await send(path, second, { reason: '没人手', reviewOn: '2026-06-01' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('<strong>它已经是“暂缓”，不用再改。</strong>')
    expect(late.text).toContain('<dt>复查日</dt><dd>2026-06-01</dd>')
    expect(late.text).not.toMatch(/<button class="primary">|<select id="f-|<textarea|<input type="date"/)
    expect(late.text).toMatch(/<p>现在是“暂缓”。[^<]*<\/p>/)
    expect(late.text).not.toContain('请自己选')
    const way = late.text.match(/href="([^"]+)">继续暂缓，改复查日</)![1]!.replace('&amp;', '&')
    const longer = await site.get(way)
    expect(longer.text).toContain('现在暂缓，2026-05-01 复查：等预算')
    expect(fieldsOf(longer.text)).toMatchObject({ reviewOn: '2026-06-01', reason: '没人手' })
    const elsewhere = late.text.match(/href="([^"]+)">改成别的状态</)![1]!
    expect(fieldsOf((await site.get(elsewhere)).text)).toMatchObject({ to: '', reason: '没人手' })
    const extended = await send(way, longer, { reason: '预算推迟' })
    const { text } = await site.get(extended.headers.get('location')!)
    expect(text).toMatch(/<dt>复查日<\/dt>\s*<dd[^>]*>2026-06-01/)
    expect(text).toContain('继续暂缓</strong>')
  })

  test('a review day that is typed while the other moves the system elsewhere is compared like the rest', async () => {
    const { site, send } = await twoPeople()
    const path = '/systems/%E8%B4%A6%E6%88%B71.0/status'
    const [first, second] = [await site.get(path), await site.get(path)]
    expect((await send(path, first, { to: 'cutover_pending', reason: '还有新单' })).status).toBe(303)
    const late = await send(path, second, { to: 'on_hold', reason: '等预算', reviewOn: '2026-06-01' })
    expect(late.status).toBe(409)
    expect(late.text).toMatch(/<tr><th scope="row">复查日<\/th><td>–<\/td><td>2026-06-01<\/td><\/tr>/)
    expect((await send(path, late, {})).status).toBe(303)
    expect((await site.get('/systems/%E8%B4%A6%E6%88%B71.0')).text).toContain('2026-06-01')
  })

  test('the second to extend a hold chooses between both review days', async () => {
    const { site, send } = await twoPeople()
    const system = '/systems/%E8%B4%A6%E6%88%B71.0'
    const held = { to: 'on_hold', reason: '等预算', reviewOn: '2026-05-01' }
    await send(`${system}/status`, await site.get(`${system}/status`), held)
    const path = `${system}/hold?reviewOn=2026-07-01`
    const [first, second] = [await site.get(path), await site.get(path)]
    await send(path, first, { reviewOn: '2026-06-06', reason: '预算推迟' })
    const late = await send(path, second, { reviewOn: '2026-07-07', reason: '再等' })
    expect(late.status).toBe(409)
    expect(late.text).toMatch(/<th scope="row">复查日<\/th><td>2026-06-06<\/td><td>2026-07-07<\/td>/)
    expect(late.text).not.toContain('只有你改了')
    expect((await send(path, late, {})).status).toBe(303)
    expect((await site.get(system)).text).toContain('2026-07-07 复查')
  })

  test('whoever extends a hold to the day of the other is told that it is so, and why a reason alone is not kept', async () => {
    const { site, send } = await twoPeople()
    const system = '/systems/%E8%B4%A6%E6%88%B71.0'
    const held = { to: 'on_hold', reason: '等预算', reviewOn: '2026-05-01' }
    await send(`${system}/status`, await site.get(`${system}/status`), held)
    const [first, second] = [await site.get(`${system}/hold`), await site.get(`${system}/hold`)]
    await send(`${system}/hold`, first, { reviewOn: '2026-06-06', reason: '预算推迟' })
    const late = await send(`${system}/hold`, second, { reviewOn: '2026-06-06', reason: '再等' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('<strong>复查日已经是 2026-06-06，和你填的一样，不用再改。原因只随改期')
    expect(late.text).toContain('预算推迟')
    expect(fieldsOf(late.text)).toMatchObject({ reason: '再等' })
    expect(late.text).toContain(`/hold?reason=${encodeURIComponent('再等')}">继续暂缓，改复查日</a>`)
    expect(late.text).not.toMatch(/<button class="primary">|二选一/)
  })

  test('whoever closes what the other has closed meanwhile is told so and offered no choice', async () => {
    const { site, send } = await twoPeople()
    const path = '/residuals/1/close'
    const [first, second] = [await site.get(path), await site.get(path)]
    const asked = await send(path, first, { reason: '合并到别处' })
    expect((await send(path, asked, {})).status).toBe(303)
    const late = await send(path, second, { reason: '重复' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('<p><strong>已于 2026-03-31 关闭</strong></p>')
    expect(late.text).toMatch(/<span class="who">[^<]+<\/span> <strong>关闭存量<\/strong>/)
    expect(late.text).not.toMatch(/要么用你的|<th scope="col">/)
  })

  test('what only the second changed is asked about by nobody, and stays beside what the first changed', async () => {
    const { site, edits, send } = await twoPeople()
    const [first, second] = [await site.get(edits.system), await site.get(edits.system)]
    await send(edits.system, first, { owner: '王芳' })
    const late = await send(edits.system, second, { note: '乙写的' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('只有你改了：备注。再保存一次，你和对方改的都留下。')
    expect(late.text).not.toMatch(/<th scope="row">备注|保留对方的/)
    expect((await send(edits.system, late, {})).status).toBe(303)
    expect(fieldsOf((await site.get(edits.system)).text)).toMatchObject({ owner: '王芳', note: '乙写的' })
  })

  test('which systems a service serves is a change like any other', async () => {
    const { context, site, edits } = await twoPeople()
    await addSystem(context, { key: 'OP', name: 'OP' })
    const { systems, ...form } = fieldsOf((await site.get(edits.service)).text)
    expect(systems).toBe('账户1.0')
    expect((await site.post(edits.service, { ...form, systems: 'OP' })).status).toBe(303)
    const late = await site.post(edits.service, form)
    expect(late.status).toBe(409)
    expect(late.text).toContain('<td>OP</td><td>–</td>')
  })

  test('what was typed at an address that was renamed meanwhile arrives under the new one', async () => {
    const { site, edits, send } = await twoPeople()
    const [first, second] = [await site.get(edits.service), await site.get(edits.service)]
    expect((await send(edits.service, first, { key: 'cash' })).status).toBe(303)
    const late = await send(edits.service, second, { note: '乙写的' })
    expect([late.status, late.headers.get('location')]).toEqual([308, '/services/cash/edit'])
    const there = await send('/services/cash/edit', second, { note: '乙写的' })
    expect(there.status).toBe(409)
    expect(fieldsOf(there.text)).toMatchObject({ key: 'cash', note: '乙写的' })
  })

  test('a form that comes back for another reason still knows what it was given with', async () => {
    const { site, edits, send } = await twoPeople()
    const [first, second] = [await site.get(edits.gate), await site.get(edits.gate)]
    const refused = await send(edits.gate, second, { name: '' })
    expect(refused.status).toBe(422)
    await send(edits.gate, first, { owner: '王芳' })
    const late = await send(edits.gate, refused, { name: '切量完成' })
    expect(late.status).toBe(409)
    expect(fieldsOf(late.text)).toMatchObject({ name: '切量完成', owner: '王芳' })
  })
})
