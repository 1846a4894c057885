import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const USE = { strength: 'hard', needs: 'from' }
const WAIVER = { version: '1', waivedBy: '林晓', waiverReason: '夜间抽取', waivedUntil: '2026-12-31' }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let vault: number
  let site: Awaited<ReturnType<typeof serve>>

  /** The gate of vault is open; report, which stays, and an auditor call it, and both of these uses are waived. */
  beforeEach(async () => {
    context = contextOn(TODAY, await open())
    await addService(context, 'report', [], 'stay')
    vault = await addService(context, 'vault')
    const gate = { key: 'audit', name: 'audit', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: vault }, gate)
    const use = await createDependency(context, {
      ...USE,
      consumer: 'report',
      provider: 'vault',
      lastSeenOn: '2026-03-28',
    })
    const outside = await createExternal(context, {
      ...USE,
      name: 'Auditor',
      provider: 'vault',
      declaredOn: TODAY,
    })
    site = await serve(createApp(context))
    await site.post(`/dependencies/${use}/waive`, WAIVER)
    await site.post(`/externals/${outside}/waive`, WAIVER)
  })

  const english = async (path: string) => (await site.get(path, ENGLISH)).text
  const shutDown = (more: Record<string, string> = {}) =>
    site.post('/services/vault/shutdown', { on: TODAY, version: '1', overrideReason: '机房搬迁', ...more })

  test('switching off by override names who calls on a waiver, and asks about each', async () => {
    const said = await english('/services/vault/shutdown')
    for (const consumer of ['report', 'Auditor'])
      expect(said).toContain(`${consumer} → vault still counts as a use and is only waived, by 林晓`)
    const asked = await shutDown()
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('report → vault')
    const answers = [...asked.text.matchAll(/name="answers" value="([^"]+)"/g)].map(([, answer]) => answer!)
    expect(answers.map(answer => answer.split(':')[0])).toEqual(['waived_use', 'waived_use'])
    expect((await shutDown({ answers: answers[0]! })).status).toBe(422)
    const sent = { on: TODAY, version: 1, overrideReason: '机房搬迁', answers }
    expect(await shutDownService(context, vault, sent)).toEqual(['vault'])

    const off = await english('/services/vault')
    for (const consumer of ['report', 'Auditor'])
      expect(off).toContain(`${consumer} still calls it although it is off: that use is only waived.`)
    expect(off).toContain('Switched off though this was only waived: <ins>')
    expect((await site.get('/services/vault')).text).toContain(
      '它已停，report 却还在调用它：这一调用只是豁免了。',
    )
  })

  test('what if it were off names them too, apart from those whose calls count', async () => {
    const query = '/shutdown/what-if?off=vault'
    expect(await english(query)).toContain(
      'vault would be off while report, Auditor still call it: those uses are only waived.',
    )
    const { stillCalled } = JSON.parse(await english(`/api/v1${query}`))
    expect(stillCalled).toEqual([{ service: 'vault', callers: [], waived: ['report', 'Auditor'], fed: [] }])
    const both = JSON.parse(await english(`/api/v1${query}&off=report`))
    expect(both.stillCalled).toEqual([{ service: 'vault', callers: [], waived: ['Auditor'], fed: [] }])
  })
})
