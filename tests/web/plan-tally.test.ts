import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createService } from '../../src/actions/services.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { findServicesByKey } from '../../src/store/services.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }

describe.each(databases)('what became of a plan, on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  beforeEach(async () => {
    context = contextOn('2026-03-01', await open())
    await count(context, await addResidual(context, await addSystem(context)), '2026-02-28', '0')
    await addService(context, 'till', ['账户1.0'])
    await addService(context, 'ledger', [])
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
    await addService(context, 'vault', [])
    await createService(context, { key: 'core', name: 'core', role: 'stay', systems: [] })
    site = await serve(createApp(context))
  })

  test('what was held then is not told as a date that was kept, nor as one that was lost', async () => {
    const path = await keep('四月计划')
    const then = '3 services were to go; 2 had a day; 1 was held with no day known'
    expect(await said(path)).toEqual([then, 'Now: 2 have not moved; 1 still has no day'])
    await createDependency(context, { consumer: 'core', provider: 'vault', ...USE })
    expect(await said(path)).toEqual([then, 'Now: 2 have not moved; 1 without a day is now held for good'])
  })

  test('of the settings only those that differ are told', async () => {
    const path = await keep('五月计划')
    const config = { ...context.config, SOAK_DAYS: 14 }
    const slower = await serve(createApp({ ...context, config }))
    const { text } = await slower.get(path, ENGLISH)
    expect(text).toContain('Settings: 14 days later (soak 0 → 14 days)')
    expect(text).not.toContain('quiet period')
  })

  test('what was held for good and still is has not merely no day', async () => {
    await createDependency(context, { consumer: 'core', provider: 'vault', ...USE })
    expect(await said(await keep('五月计划'))).toEqual([
      '3 services were to go; 2 had a day; 1 was held for good',
      'Now: 2 have not moved; 1 is still held for good',
    ])
  })

  test('how many of those that are off went by override, and late, is said of them in one breath', async () => {
    await createDependency(context, { consumer: 'core', provider: 'vault', ...USE })
    const path = await keep('五月计划')
    await site.post('/services/till/shutdown', {
      on: '2026-03-01',
      version: '1',
      answers: 'unconfirmed:till',
    })
    const off = { on: '2026-03-01', version: '1', overrideReason: '机房失火' }
    await site.post('/services/vault/shutdown', off)
    expect((await said(path))[1]).toBe('Now: 2 are off, 1 of them by override; 1 has not moved')
    const chinese = (await site.get(path)).text
    expect(chinese).toContain('现在：已停 2 个，其中强行停掉 1 个；日期没变 1 个')
    expect(chinese).toContain('服务自己停掉了，日子和计划不同，或当时没有计划日')
  })

  test('what is held only while a use is seen again is not held for good', async () => {
    const seen = { strength: 'hard', needs: 'from', lastSeenOn: '2026-02-20' }
    await createDependency(context, { consumer: 'core', provider: 'vault', ...seen })
    await createService(context, { key: 'risk', name: 'risk', role: 'stay', systems: [] })
    await createDependency(context, { consumer: 'risk', provider: 'vault', ...USE, untilOn: '2026-05-01' })
    const path = await keep('五月计划')
    expect(await said(path)).toEqual([
      '3 services were to go; 2 had a day; 1 was held by uses that were only seen',
      'Now: 2 have not moved; 1 is held by uses that were only seen',
    ])
    const [, quiet] = /unless seen again, quiet from ([\d-]+)/.exec(
      (await site.get('/services/vault', ENGLISH)).text,
    )!
    const never = `never (unless seen again, quiet from ${quiet})`
    expect((await site.get(path, ENGLISH)).text.split(never)).toHaveLength(3)
    const later = 'then re-pointing risk → vault, 2026-05-01'
    expect((await site.get(path)).text).toContain('core 要保留；之后：risk → vault 的改接，2026-05-01')
    const csv = (await site.get(`${path}/export.csv`, ENGLISH)).text
    expect(csv).toContain(`vault,"${never}",Needs re-pointing,"${never}","core, which stays; ${later}"`)
    const { rows } = JSON.parse((await site.get(`/api/v1${path}`)).text)
    const held = {
      service: 'vault',
      unlessSeen: quiet,
      fact: { unlessSeen: quiet, afterwards: [{ kind: 'repointing' }] },
    }
    expect(rows.items.at(-1)).toMatchObject(held)
    const [vault] = await findServicesByKey(context.db, ['vault'])
    const gate = { key: 'g', name: 'g', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: vault!.id }, gate)
    expect((await site.get(path, ENGLISH)).text).toContain(`${later}; then gate vault / g, no day known`)
    await createDependency(context, { consumer: 'core', provider: 'vault', ...USE, source: 'team' })
    expect((await said(path))[1]).toBe('Now: 2 have not moved; 1 without a day is now held for good')
  })

  async function keep(name: string): Promise<string> {
    return (await site.post('/plans/new', { name })).headers.get('location')!.split('?')[0]!
  }

  async function said(path: string): Promise<string[]> {
    const { text } = await site.get(path, ENGLISH)
    return /<p class="headline">([^<]+)<\/p>\s*<p>([^<]+)<\/p>/.exec(text)!.slice(1)
  }
})
