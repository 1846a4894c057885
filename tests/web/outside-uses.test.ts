import { beforeEach, describe, expect, test } from 'vitest'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const DECLARED = { strength: 'hard', needs: 'from', declaredOn: TODAY }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  /** The tax office leaves atlas in May and boiler in July; of cellar nobody has agreed on a day. */
  beforeEach(async () => {
    context = contextOn(TODAY, await open())
    for (const key of ['atlas', 'boiler', 'cellar', 'drain']) await addService(context, key)
    const use = { ...DECLARED, name: 'Tax Office' }
    await createExternal(context, { ...use, provider: 'atlas', untilOn: '2026-05-31' })
    await createExternal(context, { ...use, provider: 'boiler', untilOn: '2026-07-31' })
    await createExternal(context, { ...use, provider: 'cellar' })
    site = await serve(createApp(context))
  })

  const english = async (path: string) => (await site.get(path, ENGLISH)).text
  const reasonOf = async (key: string) => JSON.parse(await english(`/api/v1/services/${key}`)).blockers[0]

  test('each service tells of its own use: who, until when, and where to agree on a day', async () => {
    for (const [at, key, date] of [
      [1, 'atlas', '2026-05-31'],
      [2, 'boiler', '2026-07-31'],
      [3, 'cellar', 'unknown'],
    ] as const) {
      const page = await english(`/services/${key}`)
      const said = `The external consumer “Tax Office” still uses ${key}`
      expect(page).toContain(said)
      expect(page).not.toMatch(/and \d more/)
      expect(page.includes('nobody knows by when'), key).toBe(date === 'unknown')
      const { text, date: ends, next } = await reasonOf(key)
      expect({ text, ends, href: next.href }).toEqual({
        text: said,
        ends: date,
        href: `/externals/${at}/edit`,
      })
    }
    for (const path of ['/services', '/services.csv']) {
      const text = await english(path)
      for (const key of ['atlas', 'boiler', 'cellar']) expect(text, path).toContain(`still uses ${key}`)
      expect(text, path).not.toContain('2 more')
    }
  })

  test('where one that needs it is used longer, its own day is said with its own use', async () => {
    await createDependency(context, { ...DECLARED, consumer: 'boiler', provider: 'atlas' })
    expect(await english('/services/atlas')).toContain(
      'The external consumer “Tax Office” still uses atlas (expected by 2026-05-31) and 1 more; its use of boiler ends last',
    )
    expect((await site.get('/services/atlas')).text).toContain(
      '外部调用方“Tax Office”还在用 atlas（预计 2026-05-31），另有 1 个服务，其中 boiler 最晚了结',
    )
    expect(await reasonOf('atlas')).toMatchObject({ date: '2026-07-31', next: { href: '/externals/1/edit' } })
  })

  test('a service that only calls ones who do tells of the last of these; the whole estate of the last of all', async () => {
    for (const consumer of ['atlas', 'boiler'])
      await createDependency(context, { ...DECLARED, consumer, provider: 'drain' })
    expect(await reasonOf('drain')).toMatchObject({
      text: 'The external consumer “Tax Office” still uses boiler and 1 more',
      date: '2026-07-31',
    })
    const [first] = JSON.parse(await english('/api/v1/blockers')).items
    expect(first).toMatchObject({
      text: 'The external consumer “Tax Office” still uses cellar and 2 more',
      date: 'unknown',
      next: { href: '/externals/3/edit' },
    })
  })
})
