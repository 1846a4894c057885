import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const [MADE, DUE, TODAY] = ['2026-02-01', '2026-03-20', '2026-03-31']
const HARD = { strength: 'hard', needs: 'from' }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  /** keeper, which stays, was to be re-pointed from library, and the tax office from desk, by a day that has come. */
  beforeEach(async () => {
    const earlier = contextOn(MADE, await open())
    await addService(earlier, 'library')
    await addService(earlier, 'desk')
    await addService(earlier, 'keeper', [], 'stay')
    const due = { ...HARD, declaredOn: MADE, untilOn: DUE }
    await createDependency(earlier, { ...due, consumer: 'keeper', provider: 'library' })
    await createDependency(earlier, { ...HARD, declaredOn: MADE, consumer: 'library', provider: 'keeper' })
    await createExternal(earlier, { ...due, name: 'Tax Office', provider: 'desk' })
    await keepPlan(earlier, { name: 'Kept early' })
    context = contextOn(TODAY, earlier.db)
    site = await serve(createApp(context))
  })

  const read = async (path: string) => ({
    en: (await site.get(path, ENGLISH)).text,
    zh: (await site.get(path)).text,
  })

  test('an overdue re-pointing is no plan that nobody made', async () => {
    const { en, zh } = await read('/services/library')
    expect(en).toContain(
      'It cannot go as things stand: keeper stays, and the re-pointing of keeper → library was due on 2026-03-20 and is overdue.',
    )
    expect(en).toContain('was due on 2026-03-20, overdue')
    expect(en).not.toContain('nobody has planned')
    expect(en).not.toContain('does not end by itself')
    expect(zh).toContain('keeper 要保留，keeper → library 原定 2026-03-20 改接，已逾期。')
    expect(zh).not.toContain('还没有定改接日')
    const { staying } = JSON.parse((await site.get('/api/v1/services/library')).text)
    expect(staying.overdue).toEqual({ consumer: 'keeper', provider: 'library', since: DUE })
  })

  test('one that nobody has planned to re-point comes before one that is overdue', async () => {
    await addService(context, 'core', [], 'stay')
    await createDependency(context, {
      ...HARD,
      declaredOn: TODAY,
      consumer: 'core',
      provider: 'library',
    })
    const { en } = await read('/services/library')
    expect(en).toContain('It can never go as things stand: core stays, and nobody has planned')
    expect(en).toMatch(/keeper stays[^(]*\(was due on 2026-03-20, overdue\)/)
  })

  test('a kept plan names the overdue re-pointing that takes the day away', async () => {
    const { en, zh } = await read('/plans/1')
    expect(en).toContain('set by re-pointing keeper → library, was due on 2026-03-20, overdue')
    expect(zh).toContain('取决于：keeper → library 的改接，原定 2026-03-20，已逾期')
    const csv = (await site.get('/plans/1/export.csv', ENGLISH)).text
    expect(csv).toMatch(/library.*re-pointing keeper → library, was due on 2026-03-20, overdue/)
    const { rows } = JSON.parse((await site.get('/api/v1/plans/1')).text)
    const row = rows.items.find((one: { service: string }) => one.service === 'library')
    expect(row.fact.decider).toMatchObject({ kind: 'overdue', since: DUE })
  })

  test('a kept plan calls a gate and an outsider overdue, as the shutdown page does', async () => {
    const earlier = contextOn(MADE, context.db)
    const gate = { key: 'Audit', name: 'Audit', kind: 'approval', state: 'open', closesOn: DUE }
    await createGate(earlier, { serviceId: await addService(earlier, 'vault') }, gate)
    await keepPlan(earlier, { name: 'Kept later' })
    const { en, zh } = await read('/plans/2')
    expect(en).toContain('set by external consumer Tax Office, was due on 2026-03-20, overdue')
    expect(en).toContain('set by gate vault / Audit, was due on 2026-03-20, overdue')
    expect(en).not.toContain(', no day known')
    expect(zh).toContain('取决于：关卡 vault / Audit，原定 2026-03-20，已逾期')
    const csv = (await site.get('/plans/2/export.csv', ENGLISH)).text
    expect(csv).toContain('"gate vault / Audit, was due on 2026-03-20, overdue"')
    const { rows } = JSON.parse((await site.get('/api/v1/plans/2')).text)
    const row = rows.items.find((one: { service: string }) => one.service === 'vault')
    expect(row.fact.decider).toMatchObject({ kind: 'blocker', date: 'unknown', overdueSince: DUE })
  })

  test('re-pointings that are overdue, of services and from outside, come up under attention', async () => {
    const { en, zh } = await read('/attention')
    expect(en).toMatch(
      /keeper → library should have been re-pointed by 2026-03-20.*\/services\/library#consumers/,
    )
    expect(en).toMatch(/Tax Office should have stopped using desk by 2026-03-20.*\/services\/desk#externals/)
    expect(zh).toContain('keeper → library 原定 2026-03-20 改接，尚未改接')
    expect(zh).toContain('外部调用方 Tax Office → desk 原定 2026-03-20 改接，尚未改接')
    const seen = { ...HARD, lastSeenOn: TODAY, declaredOn: TODAY, untilOn: '2026-09-01', source: 'trace' }
    await createExternal(context, { ...seen, name: 'Tax Office', provider: 'desk' })
    expect((await read('/attention')).en).not.toContain('should have stopped using')
  })
})
