import { beforeEach, describe, expect, test } from 'vitest'
import { createDependency } from '../../src/actions/uses.ts'
import { waive } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { addService, refusalOf, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

/** Feeder writes to the queue of billing, which stays and calls nobody, but has nothing to do without feeder. */
describe.each(databases)('on $name', ({ open }) => {
  let feeder: number
  let use: number
  let context: ReturnType<typeof contextOn>
  let read: (path: string) => Promise<string>

  beforeEach(async () => {
    context = contextOn('2026-03-31', await open())
    feeder = await addService(context, 'feeder')
    await addService(context, 'billing', [], 'stay')
    const input = { strength: 'hard', needs: 'to', declaredOn: '2026-01-01' }
    use = await createDependency(context, { consumer: 'feeder', provider: 'billing', ...input })
    const { get } = await serve(createApp(context))
    read = async path => (await get(path, ENGLISH)).text
  })

  test('whoever asks what becomes of it, or switches it off, is told who cannot do without it', async () => {
    expect(await read('/shutdown/what-if?off=feeder')).toContain(
      'feeder would be off, and billing, which it calls, cannot do without it.',
    )
    const { stillCalled } = JSON.parse(await read('/api/v1/shutdown/what-if?off=feeder'))
    expect(stillCalled).toEqual([{ service: 'feeder', callers: [], waived: [], fed: ['billing'] }])
    expect(await read('/services/feeder/shutdown')).toContain(
      'Still run and cannot do without it, though it calls them: billing',
    )
  })

  test('once it is off, that needs attention', async () => {
    await shutDown(context, feeder, { overrideReason: '机房搬迁' })
    const said = 'billing cannot do without feeder, which is off (since 2026-03-31)'
    for (const path of ['/attention', '/services/feeder']) expect(await read(path), path).toContain(said)
    expect(await read('/attention')).toContain('href="/services/feeder#providers"')
  })

  test('a waiver of that is named where it is relied on, as it was told', async () => {
    const waiver = { waivedBy: '林晓', waiverReason: '改走文件', waivedUntil: '2026-12-31', version: 1 }
    await waive(context, 'dependency', use, waiver)
    const waived = 'feeder → billing still counts as a use and is only waived, by 林晓'
    for (const path of ['/services/feeder', '/services/feeder/shutdown'])
      expect(await read(path), path).toContain(waived)
    expect(await read('/services/billing')).not.toContain('only waived')
    expect(await read('/shutdown/what-if?off=feeder')).toContain(
      'billing, which it calls, cannot do without it',
    )
    expect(await read('/shutdown/what-if?off=billing')).not.toContain('feeder still calls it')
    const asked = await refusalOf(shutDown(context, feeder))
    expect(asked).toEqual(['on: shutdown.waived_use'])
    const later = await serve(createApp({ ...context, now: () => new Date('2027-01-05T04:00:00Z') }))
    expect((await later.get('/attention', ENGLISH)).text).toContain(
      'feeder → billing was waived until 2026-12-31; since then billing, which cannot do without it, holds feeder',
    )
  })
})
