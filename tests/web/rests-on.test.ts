import { describe, expect, test } from 'vitest'
import { makeUseOfComplaint, noteComplaint } from '../../src/actions/complaints.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createApp } from '../../src/app.ts'
import { findService } from '../../src/store/services.ts'
import { listExternals } from '../../src/store/uses.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-11-23'
const ENGLISH = { cookie: 'lang=en' }
const OLD = 'the 0 is a count of 2023-12-05 (1,084 days ago), older than its cadence; recount first'

describe.each(databases)('on $name', ({ open }) => {
  /** 账户1.0 was empty three years ago; a partner that still uses its service core was waived. */
  async function openReady() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    const residual = await addResidual(context, system)
    await count(context, residual, '2023-12-05', '0')
    await addService(context, 'core', ['账户1.0'])
    const site = await serve(createApp(context))
    const use = { name: 'partner', strength: 'hard', needs: 'from', declaredOn: TODAY, declaredBy: '王芳' }
    await site.post('/services/core/externals/new', use)
    const [external] = await listExternals(context.db)
    const waiver = { version: '1', waivedBy: '林晓', waiverReason: '备份', waivedUntil: '2026-12-31' }
    await site.post(`/externals/${external!.id}/waive`, waiver)
    const said = async (path: string) => (await site.get(path, ENGLISH)).text
    return { context, db: context.db, residual, site, said }
  }

  test('a verdict that rests on an old zero and a waiver says so wherever it is given', async () => {
    const { said } = await openReady()
    for (const path of ['/services/core', '/services/core/shutdown', '/systems/账户1.0'])
      expect(await said(path), path).toContain(OLD)
    for (const path of ['/services/core', '/services/core/shutdown'])
      expect(await said(path)).toContain('partner → core still counts as a use and is only waived, by 林晓')
    expect(await said('/shutdown')).toContain('rests on 1 old count and 1 waiver')
  })

  test('what a shutdown rests on, and what it asks, has English names on English pages', async () => {
    const { context, site, said } = await openReady()
    const english = { key: '交易1.0', name: '交易1.0', nameEn: 'Trading 1.0' }
    const system = await addSystem(context, english)
    const residual = await addResidual(context, system, { key: '北京', name: '北京', nameEn: 'Beijing' })
    await count(context, residual, '2023-12-05', '0')
    await addService(context, 'desk', ['交易1.0'])
    await site.post('/services/desk/no-consumers', { evidence: '90 天无调用' })
    const names = '交易1.0 · Trading 1.0 · 北京 · Beijing'
    for (const path of ['/services/desk', '/services/desk/shutdown', '/systems/交易1.0'])
      expect(await said(path), path).toContain(`${names}: the 0 is a count of 2023-12-05`)
    const sent = { on: TODAY, version: '1' }
    expect((await site.post('/services/desk/shutdown', sent, ENGLISH)).text).toContain(
      `“Zero” for ${names} is`,
    )
    expect((await site.post('/services/desk/shutdown', sent)).text).toContain('交易1.0 · 北京 的“0”')
    expect(await said('/forecast/export.csv')).toContain('交易1.0 · Trading 1.0,北京 · Beijing,')
  })

  test('shutting down asks about each of them, and goes once they are answered', async () => {
    const { context, db, site, residual, said } = await openReady()
    const shutDown = (more = {}) => site.post('/services/core/shutdown', { on: TODAY, version: '1', ...more })
    const asked = await shutDown()
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('的“0”是 2023-12-05 的读数')
    expect(asked.text).toContain('只是由 林晓 豁免至 2026-12-31')
    expect(await findService(db, 'core')).toMatchObject({ state: 'on' })
    const answers = [...asked.text.matchAll(/name="answers" value="([^"]+)"/g)].map(([, answer]) => answer!)
    expect(answers[0]).toBe(`stale_zero:${residual}:2023-12-05`)
    expect((await shutDown({ answers: answers[0] })).status).toBe(422)
    const core = await findService(db, 'core')
    expect(await shutDownService(context, core!.id, { on: TODAY, version: 1, answers })).toEqual(['core'])
    expect(await findService(db, 'core')).toMatchObject({ state: 'off' })
    const noted = 'Switched off though this was only waived: <ins>partner → core</ins>'
    expect(await said('/services/core')).toContain(noted)
  })

  test('that no consumer is on record is said with the way to confirm it, and no longer once it is', async () => {
    const { site, said } = await openReady()
    for (const key of ['batch', 'store']) await site.post('/services/new', { key, name: key, role: 'legacy' })
    await site.post('/services/batch/providers/new', {
      provider: 'store',
      strength: 'hard',
      needs: 'from',
      declaredOn: TODAY,
      declaredBy: '王芳',
    })
    const caution = 'no consumer that needs batch is on record, and nobody has confirmed that there is none'
    for (const path of ['/services/batch', '/services/batch/shutdown']) {
      expect(await said(path), path).toContain(caution)
      expect(await said(path)).toContain('href="/services/batch/no-consumers"')
    }
    expect(await said('/services')).toContain(
      'no consumer on record needs it; nobody has confirmed that there is none',
    )
    const off = await site.post('/services/batch/shutdown', { on: TODAY, version: '1' }, ENGLISH)
    expect([
      off.status,
      off.text.includes(`${caution[0]!.toUpperCase()}${caution.slice(1)}: shut down`),
    ]).toEqual([422, true])
    await site.post('/services/batch/shutdown', { on: TODAY, version: '1', answers: 'unconfirmed:batch' })
    const noted = 'Switched off though nobody had confirmed that no one calls it: <ins>batch</ins>'
    expect(await said('/services/batch')).toContain(noted)
    await site.post('/services/batch/bring-back', { reason: 'needed', version: '2' })
    await site.post('/services/batch/no-consumers', { evidence: 'logs' })
    const page = await said('/services/batch')
    expect(page).not.toContain(caution)
    expect(page).not.toContain('href="/services/batch/no-consumers"')
    expect(page).toContain('No consumer was ever recorded; that nobody calls it was confirmed on 2026-11-23.')
    expect(textOf(page, '<li id="gate-', '</strong>')).toContain('No consumers confirmed')
    expect(textOf(page, '</strong> <span class="hint">', 'closed')).not.toContain('confirmed')
  })

  test('a complaint that nobody has settled stands in the way until somebody says what it is', async () => {
    const { context, said, site } = await openReady()
    const core = await findService(context.db, 'core')
    const trial = await startTrial(context, core!.id, { startedOn: '2026-11-20' })
    const missed = { day: '2026-11-21', complainant: '财务', complaint: '对账失败' }
    const id = await noteComplaint(context, trial, missed)
    expect(await said('/services/core')).toContain(
      '财务 missed core in a trial shutdown (2026-11-21): 对账失败',
    )
    expect(await said('/shutdown')).toContain('rests on 1 open complaint, 1 old count and 1 waiver')
    const settle = `href="/trials/${trial}#complaint-${id}">Make it a use, or withdraw it</a>`
    expect(await said('/attention')).toContain(settle)
    const asked = await site.post('/services/core/shutdown', { on: TODAY, version: '1' })
    expect(asked.text).toContain(`value="open_complaint:${id}"`)
    await makeUseOfComplaint(context, id, { userKind: 'external', user: '财务', version: 1 })
    expect(await said('/attention')).not.toContain(settle)
    const slip = await noteComplaint(context, trial, { ...missed, complaint: '误' })
    await site.post(`/complaints/${slip}/withdraw`, { reason: '记错服务', version: '1' })
    expect(await said(`/trials/${trial}`)).toContain('<small>Withdrawn on 2026-11-23: 记错服务</small>')
  })

  test('a fresh count asks nothing and is named with its day', async () => {
    const { context, said, residual } = await openReady()
    await count(context, residual, TODAY, '0')
    expect(await said('/services/core')).toContain(`0, counted on ${TODAY} (today)`)
    expect(await said('/shutdown')).toContain('rests on 1 waiver')
  })
})
