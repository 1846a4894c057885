import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const TODAY = '2026-04-01'
const USE = { strength: 'hard', needs: 'from', declaredOn: TODAY, declaredBy: '王芳' }

describe.each(databases)('on $name', ({ open }) => {
  test('a date that comes of a forecast is never said without its chance, and of one reading by the month', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), TODAY, '1')
    await addService(context, 'escrow', ['账户1.0'])
    await addService(context, 'till', ['账户1.0'])
    const { get, post } = await serve(createApp(context))
    await post('/services/escrow/consumers/new', { consumer: 'till', ...USE })
    const pages = ['/systems/%E8%B4%A6%E6%88%B71.0', '/services/escrow', '/services', '/shutdown']
    for (const path of pages) {
      const said = textOf((await get(path, ENGLISH)).text, '<main', '</main>')
      expect(said, path).toMatch(/ 202[678]-\d\d,? a? ?forecast(: chance to be empty by then|, chance) 6\d%/)
      if (path !== '/shutdown') expect(said, path).not.toMatch(/ 202[78]-\d\d-\d\d/)
    }
    const { text } = await get('/services/escrow', ENGLISH)
    expect(text).toMatch(/it could go about \d+ months earlier, by the forecast/)
  })

  test('what by the month gains the same for both days is said once', async () => {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '3' })
    await count(context, await addResidual(context, await addSystem(context)), TODAY, '1')
    await addService(context, 'escrow', ['账户1.0'])
    await addService(context, 'till')
    const { get, post } = await serve(createApp(context))
    await post('/services/escrow/consumers/new', { consumer: 'till', ...USE })
    const { binding } = JSON.parse((await get('/api/v1/services/escrow')).text)
    expect(binding.gainDays - binding.plannedGainDays).toBe(3)
    const { text } = await get('/services/escrow', ENGLISH)
    expect(text).toMatch(/Done today, it could go about \d+ months earlier, by the forecast/)
    expect(text).not.toMatch(/Its planned day would come|its earliest day would come/)
    await addService(context, 'vault')
    await post('/services/vault/consumers/new', { consumer: 'escrow', ...USE })
    expect((await get('/services/vault', ENGLISH)).text).toMatch(
      /Its planned day, 20\d\d-\d\d, is set by what is left in 账户1.0, reckoned with 20\d\d-\d\d, a forecast: chance to be empty by then 6\d%, and 3 days of soak/,
    )
  })

  test('a day that a planned re-pointing sets is no forecast, and a system that comes only by that use has no part in it', async () => {
    const context = contextOn(TODAY, await open())
    await count(context, await addResidual(context, await addSystem(context)), TODAY, '1')
    await addService(context, 'till', ['账户1.0'])
    await addService(context, 'vault')
    const { get, post } = await serve(createApp(context))
    await post('/services/vault/consumers/new', { consumer: 'till', ...USE, untilOn: '2026-06-01' })
    for (const path of ['/services/vault', '/services']) {
      const said = textOf((await get(path, ENGLISH)).text, '<main', '</main>')
      expect(said, path).toContain('2026-06-01')
      expect(said, path).not.toMatch(/2026-06-01[^.]{0,4}(a )?forecast/)
    }
    const { text } = await get('/services/vault', ENGLISH)
    expect(text).toContain('账户1.0 has no part in this day: by plan')
    expect(text).not.toContain('Chance that all are empty by the earliest shutdown')
  })

  test('a day that a gate sets has the chance of what it waits for beside it, as the day that is planned after it', async () => {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '14' })
    await count(context, await addResidual(context, await addSystem(context)), TODAY, '1')
    await addService(context, 'till')
    const vault = await addService(context, 'vault', ['账户1.0'])
    const late = { key: 'audit', name: 'audit', kind: 'approval', state: 'open', closesOn: '2032-01-01' }
    await createGate(context, { serviceId: vault }, late)
    const { get, post } = await serve(createApp(context))
    await post('/services/till/consumers/new', { consumer: 'vault', ...USE })
    const said = textOf((await get('/services/till', ENGLISH)).text, '<main', '</main>')
    const [, early, planned] =
      /Earliest shutdown 2032-01-01 forecast, chance (\d+%).* Planned 2032-01[-\d]* forecast, chance (\d+%)/.exec(
        said,
      )!
    expect(early).toBe(planned)
  })

  test('a chance stands beside a day only for the systems that the day waits for', async () => {
    const context = contextOn(TODAY, await open())
    const own = await addSystem(context, { key: '履约1.0', name: '履约1.0' })
    for (const system of [await addSystem(context), own])
      await count(context, await addResidual(context, system), TODAY, '1')
    await addService(context, 'till', ['账户1.0'])
    const vault = await addService(context, 'vault')
    const late = { key: 'audit', name: 'audit', kind: 'approval', state: 'open', closesOn: '2032-01-01' }
    await createGate(context, { serviceId: vault }, late)
    const { get, post } = await serve(createApp(context))
    await post('/services/vault/consumers/new', { consumer: 'till', ...USE, untilOn: '2026-06-01' })
    const alone = textOf((await get('/services/vault', ENGLISH)).text, '<main', '</main>')
    expect(alone).toContain('账户1.0 has no part in this day: by plan')
    expect(alone).not.toContain('Chance that')
    // A ring that nobody knows the day of leaves vault with an earliest day only.
    const peer = await addService(context, 'peer')
    await createGate(context, { serviceId: peer }, { ...late, closesOn: '' })
    await post('/services/peer/consumers/new', { consumer: 'vault', ...USE })
    await post('/services/vault/consumers/new', { consumer: 'peer', ...USE, untilOn: '2026-07-01' })
    const ring = textOf((await get('/services/vault', ENGLISH)).text, '<main', '</main>')
    expect(ring).toContain('The earliest shutdown 2032-01-01 does not wait for 账户1.0: by plan')
    expect(ring).toContain('Chance that all are empty within two years')
    expect(ring).not.toContain('by the earliest shutdown')
    await addService(context, 'base', ['履约1.0'])
    await post('/services/base/consumers/new', { consumer: 'till', ...USE, untilOn: '2026-06-01' })
    await post('/services/base/consumers/new', { consumer: 'peer', ...USE, untilOn: '2026-07-01' })
    await post('/services/peer/consumers/new', { consumer: 'base', ...USE })
    const both = textOf((await get('/services/base', ENGLISH)).text, '<main', '</main>')
    expect(both).toMatch(/Chance that 履约1.0 is empty by the earliest shutdown 20\d\d-\d\d: \d+%/)
    expect(both).toMatch(/The earliest shutdown 20\d\d-\d\d does not wait for 账户1.0: by plan/)
    expect((await get('/services/base')).text).toMatch(/最早可下线日 20\d\d-\d\d 不等账户1.0：按计划/)
    const renamed = { key: '账户1.0', name: 'Alpha Loans', role: 'legacy', version: '1' }
    expect((await post('/systems/账户1.0/edit', renamed)).status).toBe(303)
    expect((await get('/services/base')).text).toMatch(/最早可下线日 20\d\d-\d\d 不等 Alpha Loans：按计划/)
  })

  test('a lone reason of which nobody knows the day is named as what sets it, and of several none', async () => {
    const context = contextOn(TODAY, await open())
    await addResidual(context, await addSystem(context))
    const till = await addService(context, 'till', ['账户1.0'])
    await confirmNoConsumers(context, till, { evidence: 'no call in a year of logs' })
    const { get } = await serve(createApp(context))
    expect((await get('/services/till', ENGLISH)).text).toContain('Binding blocker: 账户1.0')
    await addResidual(context, await addSystem(context, { key: '履约1.0', name: '履约1.0' }))
    await addService(context, 'both', ['账户1.0', '履约1.0'])
    expect((await get('/services/both', ENGLISH)).text).not.toContain('Binding blocker')
  })
})
