import { describe, expect, test } from 'vitest'
import { noteComplaint } from '../../src/actions/complaints.ts'
import { createGate } from '../../src/actions/gates.ts'
import { withdrawReading } from '../../src/actions/readings.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  async function openServices() {
    const context = contextOn(TODAY, await open())
    const till = await addService(context, 'till')
    await addService(context, 'ledger')
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...use })
    const site = await serve(createApp(context))
    const asked = async (path: string) => {
      const { status, text } = await site.get(path, ENGLISH)
      return { status, text, isForm: text.includes('<form class="stacked"') }
    }
    return { context, till, site, asked }
  }

  test('what cannot be done as things stand is said in the place of a form, with a way on', async () => {
    const { site, asked } = await openServices()
    const bringBack = await asked('/services/till/bring-back')
    expect(bringBack).toMatchObject({ status: 409, isForm: false })
    expect(bringBack.text).toContain('It runs: there is nothing to bring back.')
    expect(bringBack.text).toContain('<a class="button quiet" href="/services/till">Back</a>')
    const called = await asked('/services/ledger/no-consumers')
    expect(called).toMatchObject({ status: 409, isForm: false })
    expect(called.text).toContain('href="/services/ledger#consumers">See who calls it</a>')
    expect((await asked('/services/ledger')).text).not.toContain('href="/services/ledger/no-consumers"')
    const burnt = { on: TODAY, answers: 'unconfirmed:till', version: '1' }
    expect((await site.post('/services/till/shutdown', burnt)).status).toBe(303)
    const off = await asked('/services/till/shutdown')
    expect(off).toMatchObject({ status: 409, isForm: false })
    expect(off.text).toContain('href="/services/till/bring-back">Bring back</a>')
    expect((await site.post('/services/till/shutdown', { ...burnt, version: '2' })).status).toBe(409)
    expect(await asked('/services/till/trials/new')).toMatchObject({ status: 409, isForm: false })
  })

  test('who missed it in a trial is named where that nobody calls it would be confirmed', async () => {
    const { context, till, asked } = await openServices()
    const trial = await startTrial(context, till, { startedOn: '2026-03-20' })
    const missed = { day: '2026-03-24', complainant: 'Finance', complaint: 'no report' }
    const id = await noteComplaint(context, trial, missed)
    const { status, text } = await asked('/services/till/no-consumers')
    expect(status).toBe(409)
    expect(text).toContain('Finance missed it in a trial shutdown (2026-03-24)')
    expect(text).toContain(`href="/complaints/${id}/use">Make it a use</a>`)
    const asking = { key: 'asked', name: 'asked', kind: 'no_consumers', state: 'open' }
    const gate = await createGate(context, { serviceId: till }, asking)
    const closing = await asked(`/gates/${gate}/close`)
    expect(closing).toMatchObject({ status: 409, isForm: false })
    expect(closing.text).toContain('Finance missed it in a trial shutdown (2026-03-24)')
  })

  test('what comes back is listed in its order, numbered, before anything is switched on', async () => {
    const { site, asked } = await openServices()
    for (const key of ['till', 'ledger'])
      await site.post(`/services/${key}/shutdown`, { on: TODAY, answers: 'unconfirmed:till', version: '1' })
    const { text } = await asked('/services/till/bring-back')
    expect(text).toContain('should come back first, in this order:')
    expect(text).toMatch(/<ol>\s*<li>ledger<\/li>\s*<\/ol>/)
  })

  test('who is second to start a trial, or to withdraw a reading, learns who was faster and keeps what was typed', async () => {
    const { context, till, site } = await openServices()
    await startTrial(context, till, { startedOn: '2026-03-20' })
    const [reading] = await count(context, await addResidual(context, await addSystem(context)), TODAY, '54')
    await withdrawReading(context, reading!.readingId, { reason: '数错了' })
    const trial = { startedOn: TODAY, note: '周末无人使用' }
    for (const [path, typed, said] of [
      ['/services/till/trials/new', trial, /林晓<\/span> <strong>开始试停<\/strong> till/],
      [
        `/readings/${reading!.readingId}/withdraw`,
        { reason: '口径不同' },
        /<strong>撤回读数<\/strong>.*数错了/s,
      ],
    ] as const) {
      const late = await site.post(path, typed)
      expect(late.status).toBe(409)
      expect(late.text).toMatch(said)
      for (const value of Object.values(typed)) expect(late.text).toContain(`<dd>${value}</dd>`)
      const english = await site.post(path, { ...typed, lang: 'en' })
      for (const value of Object.values(typed)) expect(english.text).toContain(`<dd>${value}</dd>`)
      expect(english.text).not.toContain('name="lang" value="en"')
    }
  })
})
