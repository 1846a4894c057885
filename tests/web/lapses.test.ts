import { describe, expect, test } from 'vitest'
import { closeGate, createGate } from '../../src/actions/gates.ts'
import { createService } from '../../src/actions/services.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { waive } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  /** core ends with 账户1.0, which a gate of 2028 holds; till stays and calls core, waived until 2027. */
  async function openWaived() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), TODAY, '0')
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'open', closesOn: '2028-04-30' }
    await createGate(context, { systemId: system }, gate)
    const core = await addService(context, 'core', ['账户1.0'])
    await createService(context, { key: 'till', name: 'till', role: 'stay', systems: [] })
    const use = { strength: 'hard', needs: 'from', declaredOn: TODAY, declaredBy: '王芳' }
    const id = await createDependency(context, { consumer: 'till', provider: 'core', ...use })
    const waiver = { version: 1, waivedBy: '林晓', waiverReason: '备份', waivedUntil: '2027-01-01' }
    await waive(context, 'dependency', id, waiver)
    const site = await serve(createApp(context))
    const said = async (path: string) => (await site.get(path, ENGLISH)).text
    return { context, system, core, site, said }
  }

  test('a date after the end of a waiver says so wherever it stands', async () => {
    const { site, said } = await openWaived()
    const short = 'rests on a waiver that ends earlier, on 2027-01-01'
    await site.post('/plans/new', { name: '计划' })
    const drop = 'resolve=gate:%E8%B4%A6%E6%88%B71.0/%E5%88%87%E9%87%8F'
    for (const path of ['/services/core', '/services', '/plans/1'])
      expect(await said(path), path).toContain(short)
    expect(await said('/services/core')).toContain(
      'till → core is waived until 2027-01-01 only; then till holds it again',
    )
    expect(await said('/services/core')).toContain('But till → core is waived until 2027-01-01 only')
    expect(await said(`/shutdown/what-if?${drop}`)).not.toContain(short)
    expect(await said('/shutdown/export.csv')).toMatch(/^[^\n]*,core,.*,2027-01-01,,\r?$/m)
    expect(await said('/plans/1/export.csv')).toMatch(
      /Rests on what ends earlier[^\n]*\n[^\n]*,core,.*,2027-01-01,,\r?\n/,
    )
    expect(JSON.parse(await said('/api/v1/plans/1')).rows.items[0].lapsesOn).toBe('2027-01-01')
    const { body } = { body: JSON.parse(await said('/api/v1/services/core')) }
    expect(body.lapses).toEqual([{ until: '2027-01-01', by: 'waiver', what: 'till>core', end: null }])
  })

  test('the answer to a waiver says that it is over before the dates that it brings', async () => {
    const { context, core, site } = await openWaived()
    await createGate(
      context,
      { serviceId: core },
      { key: '会签', name: '会签', kind: 'approval', state: 'open' },
    )
    const waived = async (waivedUntil: string, version: string) => {
      const waiver = { waivedBy: '林晓', waiverReason: '账期', waivedUntil, version }
      const sent = await site.post('/gates/2/waive', waiver)
      const { text } = await site.get(sent.headers.get('location')!, ENGLISH)
      return /<div class="flash".*?<\/div>/s.exec(text)![0]
    }
    const early = await waived('2026-12-31', '1')
    expect(early).toContain('Earliest shutdown and planned day of core: unknown → 2028-04-30')
    expect(early).toContain(
      '<li>Some of what these dates rest on ends before them: core: the gate “会签” is not closed, only waived until 2026-12-31; then it holds again; till → core is waived until 2027-01-01 only; then till holds it again</li>',
    )
  })

  test('without a date, what ends while it waits is said too, of a service and of its system', async () => {
    const { context, system, said } = await openWaived()
    await count(context, await addResidual(context, system, { key: '北京', name: '北京' }), TODAY, '3000')
    const gate = { key: '对账', name: '对账', kind: 'approval', state: 'open' }
    const id = await createGate(context, { systemId: system }, gate)
    const waiver = { version: 1, waivedBy: '林晓', waiverReason: '账期', waivedUntil: '2026-12-31' }
    await waive(context, 'gate', id, waiver)
    const ends = '账户1.0: the gate “对账” is not closed, only waived until 2026-12-31; then it holds again'
    for (const path of ['/services/core', '/systems/%E8%B4%A6%E6%88%B71.0']) {
      const page = await said(path)
      expect(page, path).toContain('if it still runs on that day, each of these holds it again:')
      expect(page, path).toContain(ends)
    }
    expect(await said('/services')).not.toContain('rests on a waiver')
    expect(JSON.parse(await said('/api/v1/services/core')).lapses).toHaveLength(2)
  })

  test('evidence that expires before the date is as little', async () => {
    const { context, core, said } = await openWaived()
    const gate = { key: '对账', name: '对账', kind: 'approval', state: 'open' }
    const id = await createGate(context, { serviceId: core }, gate)
    await closeGate(context, id, { version: 1, on: TODAY, evidence: '报告', evidenceExpiresOn: '2026-06-30' })
    expect(await said('/services/core')).toContain(
      'core: the evidence of the gate “对账” expires on 2026-06-30; then it has to be proven again',
    )
    expect(await said('/services')).toContain('rests on evidence that expires earlier, on 2026-06-30')
  })
})
