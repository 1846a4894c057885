import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { type Answer, serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const SYSTEM = '/systems/OP'
const CUTOVER = { kind: 'cutover', state: 'open' }

describe.each(databases)('a system that begins to drain, on $name', ({ open }) => {
  /** OP waits for its cutover, has 200 orders left after 260, and till serves it. */
  async function pending(status = 'cutover_pending') {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context, { key: 'OP', name: '运营平台', nameEn: 'Operations', status })
    const residual = await addResidual(context, system)
    await addService(context, 'till', ['OP'])
    const site = await serve(createApp(context))
    const move = (to: string, more: Record<string, string> = {}, answers: string[] = []) => {
      const typed = Object.entries({ to, on: '2026-03-31', version: '1', ...more })
      const pairs = [...typed, ...answers.map(answer => ['answers', answer])]
      return site.post(`${SYSTEM}/status`, pairs as never, ENGLISH)
    }
    const done = async ({ headers }: Answer) =>
      /<div class="flash".*?<\/div>/s.exec((await site.get(headers.get('location')!, ENGLISH)).text)![0]
    const counted = async () => {
      await count(context, residual, '2026-01-01', '260')
      await count(context, residual, '2026-02-01', '230')
      await count(context, residual, '2026-03-01', '200')
    }
    return { context, system, move, done, counted }
  }

  test('tells of the blocker that went and of the forecast that began', async () => {
    const { move, done, counted } = await pending()
    await counted()
    const text = await done(await move('draining'))
    expect(text).toContain('<li>Blockers gone: “运营平台 · Operations still waits for its cutover”</li>')
    expect(text).toMatch(
      /<li>运营平台 · Operations has a forecast from now on: [^<]*half by[^<]*in two years/,
    )
    expect(text).not.toContain('No service’s verdict changed')
    const held = await done(await move('on_hold', { reason: '等', reviewOn: '2026-05-01', version: '2' }))
    expect(held).toContain('New blockers: “运营平台 · Operations is on hold')
    expect(held).toMatch(/Operations has no forecast any more\. Until now: [^<]*half by/)
  })

  test('says why there is no forecast yet where nobody has counted', async () => {
    const { move, done } = await pending('migrating')
    const text = await done(await move('draining'))
    expect(text).toContain('cannot be yet: ')
    expect(text).toContain('“运营平台 · Operations is still migrating”')
  })

  test('is asked about a cutover that is open or planned, once for each', async () => {
    const { context, system, move } = await pending()
    const gate = { ...CUTOVER, key: '切量', name: '切量', nameEn: 'Switch' }
    await createGate(context, { systemId: system }, gate)
    await createEvent(context, system, { day: '2026-04-18', kind: 'cutover', title: '全国切量' })
    const asked = await move('draining')
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('“切量 · Switch”, its gate for the cutover, is not closed.')
    expect(asked.text).toContain('Its cutover is still planned for 2026-04-18.')
    expect(asked.text.match(/Does no new work come in any more\?/g)).toHaveLength(1)
    const answers = [...asked.text.matchAll(/name="answers" value="([^"]+)"/g)].map(([, answer]) => answer!)
    expect(answers).toHaveLength(2)
    expect((await move('draining', {}, answers)).status).toBe(303)
    const held = { reason: '等', reviewOn: '2026-05-01', version: '2' }
    expect((await move('on_hold', held)).status).toBe(303)
    expect((await move('draining', { reason: '继续', version: '3' })).status).toBe(303)
  })
})
