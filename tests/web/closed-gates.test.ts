import { describe, expect, test } from 'vitest'
import { closeGate, createGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { waive } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { gateStanding } from '../../src/domain/gates.ts'
import { listGates } from '../../src/store/gates.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    return { context, db: context.db, systemId, site: await serve(createApp(context)) }
  }

  test('a gate that is closed is waived no more', async () => {
    const { context, db, systemId } = await openSystem()
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'open' }
    const id = await createGate(context, { systemId }, gate)
    const waiver = { waivedBy: '王芳', waiverReason: '已书面同意', waivedUntil: '2026-06-01' }
    await waive(context, 'gate', id, { ...waiver, version: 1 })
    await closeGate(context, id, { on: '2026-03-31', evidence: '切量单', version: 2 })
    const [closed] = await listGates(db, { systemId })
    expect(gateStanding(closed!, '2026-03-31')).toBe('closed')
  })

  test('a gate that is open is not opened again, but what nobody knows may be', async () => {
    const { context, site, systemId } = await openSystem()
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'unknown' }
    const id = await createGate(context, { systemId }, gate)
    const path = `/gates/${id}/reopen`
    const reopen = (state: string, version: string) => site.post(path, { state, reason: '又有调用', version })
    expect((await reopen('unknown', '1')).text).toContain('它现在就是“不清楚”')
    expect((await reopen('open', '1')).status).toBe(303)
    for (const refused of [await reopen('unknown', '2'), await site.get(path)])
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('它现在就是“未关闭”')])
  })

  test('a gate that is closed is neither closed over nor waived, also when somebody was faster', async () => {
    const { context, site, systemId } = await openSystem()
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'open' }
    const id = await createGate(context, { systemId }, gate)
    const waiver = { waivedBy: '王芳', waiverReason: '已同意', waivedUntil: '2026-06-01' }
    const closing = { on: '2026-03-31', evidence: '另一张单' }
    await closeGate(context, id, { on: '2026-03-31', evidence: '切量单', version: 1 })
    const late = await site.post(`/gates/${id}/waive`, { ...waiver, version: '1' })
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('已关闭，佐证也有效')])
    expect(late.text).not.toContain('<button class="primary">')
    for (const refused of [
      await site.get(`/gates/${id}/waive`),
      await site.post(`/gates/${id}/waive`, { ...waiver, version: '2' }),
      await site.get(`/gates/${id}/close`),
      await site.post(`/gates/${id}/close`, { ...closing, version: '2' }),
    ]) {
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('已关闭，佐证也有效')])
      expect(refused.text).toContain(`href="/gates/${id}/reopen"`)
    }
    expect((await site.get(`/gates/${id}/withdraw`)).status).toBe(200)
  })

  test('closing a gate says which services that frees, reopening it which are held again, and that it frees none while others hold them', async () => {
    const { context, site, systemId } = await openSystem()
    const residual = await addResidual(context, systemId)
    const ledger = await addService(context, 'ledger', ['账户1.0'])
    await confirmNoConsumers(context, ledger, { evidence: '90 天无调用' })
    const gate = (owner: { systemId: number } | { serviceId: number }, key: string) =>
      createGate(context, owner, { key, name: key, nameEn: 'Cutover', kind: 'cutover', state: 'open' })
    const close = async (id: number, version: string) => {
      const sent = await site.post(`/gates/${id}/close`, { on: '2026-03-31', evidence: '切量单', version })
      return (await site.get(sent.headers.get('location')!, { cookie: 'lang=en' })).text
    }
    const [first, second] = [await gate({ systemId }, '切量'), await gate({ serviceId: ledger }, '切量')]
    expect(await close(first, '1')).toMatch(/<h2>Closed\.<\/h2>[\s\S]+No service’s verdict changed\./)
    await count(context, residual, '2026-03-31', '0')
    const said = await close(second, '1')
    expect(said).toMatch(/<h2>Closed\.<\/h2>\s*<ul>\s*<li>[^<]*Cutover[^<]*<\/li>/)
    expect(said).toContain('<li>Can be shut down now: ledger</li>')
    const reopened = await site.post(`/gates/${second}/reopen`, {
      state: 'open',
      reason: '回切',
      version: '2',
    })
    const again = (await site.get(reopened.headers.get('location')!, { cookie: 'lang=en' })).text
    expect(again).toContain('<li>Can no longer be shut down: ledger; earliest')
    await addService(context, 'till', ['账户1.0'])
    const sent = await site.post('/services/till/no-consumers', { evidence: '90 天无调用' })
    const { text } = await site.get(sent.headers.get('location')!)
    expect(text).toMatch(/已确认[\s\S]+<li>现在可以下线：till<\/li>/)
  })

  test('evidence that is to end is renewed before it does', async () => {
    const { context, site, systemId } = await openSystem()
    const gate = { key: '审计', name: '审计', kind: 'approval', state: 'open' }
    const id = await createGate(context, { systemId }, gate)
    const closing = { on: '2026-03-31', evidence: '一季度', evidenceExpiresOn: '2026-04-30' }
    await closeGate(context, id, { ...closing, version: 1 })
    const renewed = { on: '2026-03-31', evidence: '二季度', evidenceExpiresOn: '2026-07-31', version: '2' }
    expect((await site.post(`/gates/${id}/close`, renewed)).status).toBe(303)
  })
})
