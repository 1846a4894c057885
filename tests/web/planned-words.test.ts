import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const HARD = { strength: 'hard', needs: 'from', declaredOn: TODAY }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** library and keeper call each other, and keeper is to be re-pointed; entry calls library. */
  async function openRing(role: 'stay' | 'legacy') {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '14' })
    const library = await addService(context, 'library')
    const keeper = await addService(context, 'keeper', [], role)
    await createDependency(context, { ...HARD, consumer: 'library', provider: 'keeper' })
    await createDependency(context, {
      ...HARD,
      consumer: 'keeper',
      provider: 'library',
      untilOn: '2026-06-01',
    })
    const gate = (serviceId: number, key: string, closesOn: string) =>
      createGate(context, { serviceId }, { key, name: key, kind: 'approval', state: 'open', closesOn })
    const site = await serve(createApp(context))
    const read = async (key: string) => {
      const path = `/services/${key}`
      return { en: (await site.get(path, ENGLISH)).text, zh: (await site.get(path)).text }
    }
    return { context, library, keeper, gate, site, read }
  }

  test('whoever has a day only because it is re-pointed in a ring is told that the ring has none', async () => {
    const { site, read } = await openRing('stay')
    const { en, zh } = await read('library')
    expect(en).toContain('Binding blocker: the re-pointing of keeper → library (expected by 2026-06-01).')
    expect(en).toContain(
      'As things stand, no day can be planned for it: keeper, library call one another in a ring',
    )
    expect(en).toContain('this is held up by keeper, which stays.')
    expect(en).not.toContain('planned for never')
    expect(en).toContain('After that nothing holds it: it could go the same day.')
    expect(zh).toContain('照现在的安排定不出计划日：keeper、library 的调用成环')
    expect(zh).toContain('而这受制于：keeper 要保留。')
    expect(zh).not.toContain('计划 never')
    const { binding } = JSON.parse((await site.get('/api/v1/services/library')).text)
    expect(binding).toMatchObject({ ring: ['keeper', 'library'], plannedThen: '2026-03-31' })
    expect(binding.plannedNowBy).toMatchObject({ kind: 'blocker', service: 'keeper', date: 'never' })
  })

  test('a ring of those that go is planned for the day of the last of them, and the others say so', async () => {
    const { keeper, gate, read } = await openRing('legacy')
    await gate(keeper, 'Audit', '2026-09-01')
    expect((await read('library')).en).toContain(
      'Its planned day, 2026-09-01, is set by gate keeper / Audit, 2026-09-01: keeper, library call one another in a ring and go in one step.',
    )
    expect((await read('keeper')).en).not.toContain('Its planned day')
  })

  test('the planned day names what sets it, where that is not what sets the earliest day', async () => {
    const { context, gate, read } = await openRing('legacy')
    const [entry, base] = [await addService(context, 'entry'), await addService(context, 'base')]
    await createDependency(context, { ...HARD, consumer: 'entry', provider: 'base' })
    await gate(base, 'Harbour', '2026-07-01')
    await gate(entry, 'Gate', '2026-07-01')
    const { en, zh } = await read('base')
    expect(en).toContain('Binding blocker: the gate “Harbour”')
    expect(en).toContain(
      'Its planned day, 2026-07-15, is set by gate entry / Gate, 2026-07-01, and 14 days of soak after it.',
    )
    expect(zh).toContain('计划日 2026-07-15 取决于：关卡 entry / Gate，2026-07-01，再过 14 天观察期。')
  })
})
