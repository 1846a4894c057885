import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  async function openChain(SOAK_DAYS: string) {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS })
    const [job] = [
      await addService(context, 'job'),
      await addService(context, 'diff'),
      await addService(context, 'store'),
    ]
    for (const [consumer, provider] of [
      ['job', 'diff'],
      ['diff', 'store'],
    ])
      await createDependency(context, {
        ...{ consumer, provider, strength: 'hard', needs: 'from', declaredOn: TODAY },
      })
    await confirmNoConsumers(context, job, { evidence: '日志' })
    await shutDown(context, job)
    return serve(createApp(context))
  }

  test('a service that can go while what went before it is still watched says so wherever it is offered', async () => {
    const site = await openChain('14')
    for (const path of ['/services/diff', '/services/diff/shutdown'])
      expect((await site.get(path, ENGLISH)).text).toContain(
        'The soak period of 14 days after job went off lasts until 2026-04-14, and the planned day does not wait for it',
      )
    expect((await site.get('/services/diff')).text).toContain('停掉后的 14 天观察期到 2026-04-14 才满')
    for (const path of ['/services', '/shutdown'])
      expect((await site.get(path, ENGLISH)).text).toContain('⚠ soak period until 2026-04-14')
    expect((await site.get('/shutdown/what-if?off=diff', ENGLISH)).text).toContain(
      'diff can go by the rules, but the soak period after job went off lasts until 2026-04-14.',
    )
    const soaking = { consumers: ['job'], until: '2026-04-14' }
    expect(JSON.parse((await site.get('/api/v1/services/diff')).text)).toMatchObject({
      verdict: 'READY',
      planned: TODAY,
      soaking,
    })
    const { text: csv } = await site.get('/shutdown/export.csv', ENGLISH)
    const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true })
    expect(rows.map(row => [row.Service, row['Soak period until']])).toEqual([
      ['diff', '2026-04-14'],
      ['store', ''],
      ['job', ''],
    ])
    expect(JSON.parse((await site.get('/api/v1/services/store')).text).soaking).toBeNull()
  })

  test('a day that came nearer because a consumer went off says in the plan what it does not wait for', async () => {
    const context = contextOn(TODAY, await open(), { SOAK_DAYS: '14' })
    const [job] = [await addService(context, 'job'), await addService(context, 'diff')]
    const use = { strength: 'hard', needs: 'from', declaredOn: TODAY }
    await createDependency(context, { consumer: 'job', provider: 'diff', ...use })
    await confirmNoConsumers(context, job, { evidence: '日志' })
    const site = await serve(createApp(context))
    const path = (await site.post('/plans/new', { name: '三月计划' })).headers.get('location')!.split('?')[0]!
    const before = 'set by job, which goes first (2026-03-31), and the soak period after it'
    expect((await site.get(path, ENGLISH)).text).toContain(before)
    await shutDown(context, job)
    const { text } = await site.get(path, ENGLISH)
    expect(text).toContain(`14 days earlier (job went off; before that it was ${before})`)
    expect(text).toContain('⚠ soak period until 2026-04-14')
    const rows = parse((await site.get(`${path}/export.csv`, ENGLISH)).text, { columns: true, bom: true })
    const until = (rows as Record<string, string>[]).map(row => [row.Service, row['Soak period until']])
    expect(until).toEqual([
      ['job', ''],
      ['diff', '2026-04-14'],
    ])
    const fact = { soaking: { consumers: ['job'], until: '2026-04-14' } }
    const { rows: told } = JSON.parse((await site.get(`/api/v1${path}`)).text)
    expect(told.items).toMatchObject([{ service: 'job' }, { service: 'diff', fact }])
  })

  test('the shutdown page says which soak period its waves are planned with', async () => {
    expect((await (await openChain('14')).get('/shutdown', ENGLISH)).text).toContain(
      'leave a soak period of 14 days between one wave and the next',
    )
    const { text } = await (await openChain('0')).get('/shutdown', ENGLISH)
    expect(text).toContain('No soak period is set')
    expect(text).not.toContain('soak period until')
  })
})
