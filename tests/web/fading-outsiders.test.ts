import { beforeEach, describe, expect, test } from 'vitest'
import { keepPlan } from '../../src/actions/plans.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const HARD = { strength: 'hard', needs: 'from' }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  /** Nobody declared that the tax office uses desk: it was seen there eleven days ago. */
  beforeEach(async () => {
    context = contextOn(TODAY, await open())
    await addService(context, 'desk')
    await addService(context, 'vault')
    await createExternal(context, { ...HARD, name: 'Tax Office', provider: 'desk', lastSeenOn: '2026-03-20' })
    site = await serve(createApp(context))
  })

  const english = async (path: string) => (await site.get(path, ENGLISH)).text

  test('an outsider who was only seen is said to fall quiet, wherever it holds a service', async () => {
    for (const path of ['/services/desk', '/shutdown']) {
      expect(await english(path), path).toContain('unless seen again, quiet from 2026-04-19')
      expect(await english(path), path).not.toContain('nobody knows by when')
    }
    expect((await site.get('/services/desk')).text).toContain('如不再看到，2026-04-19 起算静默')
  })

  test('a later planned end does not hide it, an earlier one or a declaration leave it out', async () => {
    const use = { ...HARD, name: 'Blue Bank', lastSeenOn: '2026-03-20' }
    await createExternal(context, { ...use, provider: 'vault', untilOn: '2026-06-01' })
    expect(await english('/services/vault')).toContain(
      'expected by 2026-06-01; unless seen again, quiet from 2026-04-19',
    )
    await createExternal(context, { ...use, name: 'Green Bank', provider: 'vault', untilOn: '2026-04-10' })
    expect((await english('/services/vault')).split('unless seen again')).toHaveLength(2)
    const declared = { ...HARD, name: 'Tax Office', provider: 'desk', declaredOn: TODAY, source: 'team' }
    await createExternal(context, declared)
    expect(await english('/services/desk')).not.toContain('unless seen again')
  })

  test('a kept plan says so too, with a day that is planned later or without one', async () => {
    const use = { ...HARD, name: 'Blue Bank', lastSeenOn: '2026-03-20' }
    await createExternal(context, { ...use, provider: 'vault', untilOn: '2026-06-01' })
    const id = await keepPlan(context, { name: 'Kept' })
    const quiet = 'unless seen again, quiet from 2026-04-19'
    const read = (file: string) => english(`/plans/${id}${file}`)
    for (const text of [await read(''), await read('/export.csv')]) {
      expect(text).toContain(`external consumer Tax Office, ${quiet}`)
      expect(text).toContain(`external consumer Blue Bank, 2026-06-01 (${quiet})`)
      expect(text).not.toContain(', no day known')
    }
    expect((await site.get(`/plans/${id}`)).text).toContain(
      '取决于：外部调用方 Tax Office，如不再看到，2026-04-19 起算静默',
    )
    const { rows } = JSON.parse(await english(`/api/v1/plans/${id}`))
    expect(rows.items[0].fact.decider).toMatchObject({ overdueSince: null, quietOn: '2026-04-19' })
    const later = await serve(createApp(contextOn('2026-05-10', context.db)))
    const gone = (await later.get(`/plans/${id}`, ENGLISH)).text
    expect(gone).toContain('was set by external consumer Tax Office, no day known')
    expect(gone).not.toContain('unless seen again')
  })

  test('of one who declared another use, the page of a service says when its own falls quiet', async () => {
    await createExternal(context, { ...HARD, name: 'Tax Office', provider: 'vault', declaredOn: TODAY })
    expect(await english('/services/desk')).toContain('unless seen again, quiet from 2026-04-19')
    expect(await english('/services/desk')).not.toContain('nobody knows by when')
    expect(await english('/services/vault')).not.toContain('unless')
    // Through a service that calls it, its own is not the last any more.
    await createDependency(context, { ...HARD, consumer: 'vault', provider: 'desk', declaredOn: TODAY })
    expect(await english('/services/desk')).not.toContain('unless')
  })

  test('a use that has a day for its re-pointing does not ask for one', async () => {
    await addService(context, 'keeper', [], 'stay')
    const use = { ...HARD, consumer: 'keeper', declaredOn: TODAY }
    await createDependency(context, { ...use, provider: 'desk', untilOn: '2026-06-01' })
    const dated = await english('/shutdown')
    expect(dated).toContain('>Re-point, then withdraw it<')
    expect(dated).not.toContain('or name a')
    await createDependency(context, { ...use, provider: 'vault' })
    expect(await english('/shutdown')).toContain('>Re-point, then withdraw it or name a day<')
    const later = await serve(createApp(contextOn('2026-06-02', context.db)))
    const overdue = (await later.get('/shutdown', ENGLISH)).text
    expect(overdue).toContain('>Re-point, then withdraw it or name a new day<')
  })
})
