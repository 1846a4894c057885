import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('what an address asks for and nobody understands is said', async () => {
    const context = contextOn('2026-03-31', await open())
    const residual = await addResidual(context, await addSystem(context))
    const { get } = await serve(createApp(context))
    const said = async (path: string) => (await get(path)).text.match(/看不懂的筛选没有用：[^<]*/)?.[0]
    expect(await said('/timeline?zoom=decade&from=zzz')).toContain('zoom=decade, from=zzz')
    expect(await said('/timeline?zoom=quarter&from=2026-01')).toBeUndefined()
    expect(await said('/?unit=bogus&status=zzz')).toContain('status=zzz, unit=bogus')
    expect(await said('/?unit=order')).toBeUndefined()
    expect(await said('/forecast?system=nope')).toContain('system=nope')
    const known = `/forecast?system=${encodeURIComponent('账户1.0')}`
    expect(await said(known)).toBeUndefined()
    expect((await get(known)).text).toMatch(/selected>账户1.0<.*至今没有给它说过日期。/s)
    expect(await said('/?range=foo&sort=bar')).toContain('sort=bar, range=foo')
    expect(await said('/?range=all&sort=owner')).toBeUndefined()
    expect(await said('/services?system=bar')).toContain('system=bar')
    expect(await said(`/services?system=${encodeURIComponent('账户1.0')}`)).toBeUndefined()
    expect(await said('/counts?owner=nobody')).toContain('owner=nobody')
    await count(context, residual, '2026-03-01', '64')
    const path = `/systems/${encodeURIComponent('账户1.0')}`
    expect(await said(`${path}?range=foo&from=zzz`)).toContain('range=foo, from=zzz')
    expect(await said(`${path}?range=all`)).toBeUndefined()
    expect(await said('/counts?status=draining&status=retired')).toContain('status=draining, retired')
  })

  test('a file that could not say so is refused, in words and for machines', async () => {
    const context = contextOn('2026-03-31', await open())
    await addResidual(context, await addSystem(context, { owner: '王芳' }))
    const { get } = await serve(createApp(context))
    for (const [path, filter] of [
      ['/counts.csv?owner=nobody&status=draining', 'owner=nobody'],
      ['/counts.csv?readings=some', 'readings=some'],
      ['/systems.csv?status=zzz', 'status=zzz'],
      ['/systems.csv?sort=bar', 'sort=bar'],
      ['/services.csv?verdict=maybe', 'verdict=maybe'],
      ['/services.csv?system=bar', 'system=bar'],
      ['/history.csv?from=yesterday', 'from=yesterday'],
      ['/counts.csv?system=nobody', 'system=nobody'],
      ['/counts.csv?foo=1', 'foo=1'],
      ['/systems.csv?foo=1', 'foo=1'],
      ['/services.csv?foo=1', 'foo=1'],
      ['/history.csv?who=zzz', 'who=zzz'],
      ['/attention.csv?kind=zzz', 'kind=zzz'],
      ['/residuals/1/readings.csv?residual=9', 'residual=9'],
      ['/forecast/export.csv?system=zzz', 'system=zzz'],
      ['/shutdown/export.csv?service=zzz', 'service=zzz'],
      ['/shutdown/export.json?service=zzz', 'service=zzz'],
    ] as const) {
      const page = await get(path)
      expect([page.status, page.text.includes(`没有“${filter}”这样的筛选。`)], path).toEqual([422, true])
      expect(page.headers.get('etag')).toBeNull()
      const { status, text, headers } = await get(path, {
        accept: 'application/json',
        'accept-language': 'en',
      })
      expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json'])
      expect(JSON.parse(text).detail).toContain(`“${filter}” is not among what can be filtered by.`)
    }
    for (const path of [
      '/counts.csv?owner=王芳&status=draining&text=x&system=账户1.0&readings=uncounted',
      '/systems.csv?sort=owner&text=x&owner=王芳&status=draining',
      '/services.csv?text=x&verdict=OFF&system=账户1.0&blocker=residual:账户1.0',
      '/history.csv?system=账户1.0&actor=林晓&action=create-system&from=2026-03-31&to=2026-03-31',
      '/attention.csv',
    ])
      expect((await get(path)).status).toBe(200)
  })
})
