import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const HARD = { strength: 'hard', needs: 'from', declaredOn: TODAY }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** first, second and third, each calling the next, with a soak period of 14 days. */
  async function openChain() {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '14' })
    const ids = new Map<string, number>()
    for (const key of ['first', 'second', 'third']) ids.set(key, await addService(context, key))
    await createDependency(context, { ...HARD, consumer: 'first', provider: 'second' })
    await createDependency(context, { ...HARD, consumer: 'second', provider: 'third' })
    const gate = (service: string, key: string, closesOn: string) =>
      createGate(
        context,
        { serviceId: ids.get(service)! },
        { key, name: key, kind: 'approval', state: 'open', closesOn },
      )
    return { context, ids, gate, site: await serve(createApp(context)) }
  }

  test('what sets the earliest day says of the planned day whether it moves, and what sets that', async () => {
    const { gate, site } = await openChain()
    await gate('first', 'G1', '2026-07-01')
    await gate('third', 'G3', '2026-07-10')
    const english = (await site.get('/services/third', ENGLISH)).text
    expect(english).toContain('Done today, its earliest day would come 9 days earlier.')
    expect(english).toContain(
      'Its planned day, 2026-07-29, would stay: that is set by gate first / G1, 2026-07-01, and 28 days of soak after it.',
    )
    expect((await site.get('/services/third')).text).toContain(
      '今天解决，最早可下线日可提前 9 天。计划日仍是 2026-07-29，取决于：关卡 first / G1，2026-07-01，再过 28 天观察期。解决之后轮到',
    )
    expect((await site.get('/services/first', ENGLISH)).text).toContain(
      'Done today, it could go 92 days earlier.',
    )
    const { binding } = JSON.parse((await site.get('/api/v1/services/third')).text)
    expect(binding).toMatchObject({ gainDays: 9, plannedThen: '2026-07-29', plannedGainDays: 0 })
    expect(binding.plannedBy).toMatchObject({ kind: 'blocker', date: '2026-07-01' })
  })

  test('a quiet period sets the date, and nothing is to be done about it', async () => {
    const { context, ids, site } = await openChain()
    const seen = { ...HARD, declaredOn: undefined, source: 'gateway', lastSeenOn: '2026-03-30' }
    await createDependency(context, { ...seen, consumer: 'first', provider: 'second' })
    await shutDown(context, ids.get('first')!, { answers: ['unconfirmed:first'] })
    const english = (await site.get('/services/second', ENGLISH)).text
    expect(english).toContain(
      'Binding blocker: first is off, but its last call to second (2026-03-30) is within the quiet period. It passes by itself: one can only wait.',
    )
    expect(english).toContain('After that nothing holds it: it could go the same day.')
    for (const path of ['/services/second', '/services/third'])
      expect((await site.get(path, ENGLISH)).text).not.toContain('Done today')
    expect((await site.get('/services/second')).text).toContain('静默期只能等它自己过去。')
    for (const path of ['/shutdown/what-if', '/shutdown']) {
      const { text } = await site.get(path, ENGLISH)
      expect(text).not.toContain('What to do first</h2>')
    }
  })

  test('where both days come earlier, but not by the same, each says by how much', async () => {
    const { context, site } = await openChain()
    const use = { ...HARD, name: 'Blue Bank', provider: 'third', untilOn: '2026-05-02' }
    await createExternal(context, use)
    const { text } = await site.get('/services/third', ENGLISH)
    expect(text).toContain(
      'Done today, its earliest day would come 32 days earlier. Its planned day would come 4 days earlier.',
    )
    expect(text).toContain('second still calls it and goes first: then this one is planned for 2026-04-28.')
  })

  test('where two things end on the same day, ending one of them promises nothing', async () => {
    const { gate, site } = await openChain()
    await gate('first', 'G1', '2026-07-01')
    await gate('first', 'G2', '2026-07-01')
    const english = (await site.get('/services/first', ENGLISH)).text
    expect(english).toContain('Binding blocker:')
    expect(english).not.toContain('Done today')
    expect((await site.get('/services/first')).text).not.toContain('今天解决')
  })

  test('that nothing else holds it does not hide that a consumer went off just now', async () => {
    const { context, ids, site } = await openChain()
    for (const key of ['first', 'second'])
      await shutDown(context, ids.get(key)!, { answers: [`unconfirmed:${key}`] })
    await createExternal(context, { ...HARD, name: 'Blue Bank', provider: 'third', untilOn: '2026-05-02' })
    const { text } = await site.get('/services/third', ENGLISH)
    expect(text).toContain('After that nothing holds it: it could go the same day.')
    expect(text).toContain('The soak period of 14 days after second went off lasts until 2026-04-14')
    const { binding } = JSON.parse((await site.get('/api/v1/services/third')).text)
    expect(binding.soaking).toEqual({ consumers: ['second'], until: '2026-04-14' })
  })

  test('what holds it through a consumer that was only seen says from which day it does so no more', async () => {
    const { context, gate, site } = await openChain()
    const use = { strength: 'hard', needs: 'from', lastSeenOn: '2026-03-20', provider: 'first' }
    const id = await addService(context, 'caller')
    const open = { key: 'audit', name: 'audit', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: id }, open)
    await createDependency(context, { ...use, consumer: 'caller' })
    await gate('first', 'G1', '2026-04-10')
    const english = (await site.get('/services/third', ENGLISH)).text
    expect(english).toContain(
      'nobody knows by when; unless calls are seen again, it no longer holds this service from 2026-04-19',
    )
    expect((await site.get('/services/third')).text).toContain(
      '何时了结，没有人知道；如不再看到调用，2026-04-19 起不再拦住本服务',
    )
    expect(english.match(/unless calls are seen again/g)).toHaveLength(1)
    await createDependency(context, { ...HARD, consumer: 'caller', provider: 'second' })
    expect((await site.get('/services/third', ENGLISH)).text).not.toContain('unless calls are seen again')
  })

  test('of several who stay and were only seen, the page names the last to fall quiet, and who is re-pointed later still', async () => {
    const { context, site } = await openChain()
    const seen = { strength: 'hard', needs: 'from', provider: 'third' }
    for (const [consumer, more] of [
      ['lake', { lastSeenOn: '2026-03-10' }],
      ['risk', { lastSeenOn: '2026-03-20' }],
      ['gateway', { declaredOn: TODAY, untilOn: '2026-05-02' }],
    ] as const) {
      await addService(context, consumer, [], 'stay')
      await createDependency(context, { ...seen, consumer, ...more })
    }
    const english = (await site.get('/services/third', ENGLISH)).text
    expect(english).toContain(
      'But risk → third was only seen, never declared: unless seen again, it no longer counts from 2026-04-19. ' +
        'gateway stays too, and is to be re-pointed on 2026-05-02 only.',
    )
    expect((await site.get('/services/third')).text).toContain('gateway 也要保留，到 2026-05-02 才改接。')
    await addService(context, 'core', [], 'stay')
    await createDependency(context, { ...HARD, consumer: 'core', provider: 'third' })
    expect((await site.get('/services/third', ENGLISH)).text).toContain(
      'It can never go as things stand: core stays, and nobody has planned to re-point this way.',
    )
  })
})
