import { beforeEach, describe, expect, test } from 'vitest'
import { closeGate, createGate, editGate } from '../../src/actions/gates.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { createService } from '../../src/actions/services.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { parseLandscape } from '../../src/exchange/landscape-json.ts'
import { listPlans } from '../../src/store/plans.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>
  let gate: number

  beforeEach(async () => {
    context = contextOn('2026-03-01', await open(), { SOAK_DAYS: '7' })
    const systemId = await addSystem(context)
    await count(context, await addResidual(context, systemId), '2026-02-28', '0')
    const audit = { key: 'audit', name: '审计', kind: 'approval', state: 'open', closesOn: '2026-05-01' }
    gate = await createGate(context, { systemId }, audit)
    await addService(context, 'till', ['账户1.0'])
    await addService(context, 'ledger', [])
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
    site = await serve(createApp(context))
  })

  test('of plans with one name each says its number', async () => {
    for (const name of ['每日', '每日', '三月计划'])
      await keepPlan(context, { name }).catch(({ questions: [{ answer }] }) =>
        keepPlan(context, { name, answers: [answer] }),
      )
    const { text } = await site.get('/plans', ENGLISH)
    const numbers = (await listPlans(context.db)).filter(({ name }) => name === '每日').map(({ id }) => id)
    expect(numbers).toHaveLength(2)
    expect([...text.matchAll(/>number (\d+)</g)].map(([, id]) => Number(id)).sort()).toEqual(numbers.sort())
  })

  test('a plan says later what moved, by how many days, and why', async () => {
    const kept = await site.post('/plans/new', { name: '三月计划' })
    const path = kept.headers.get('location')!.split('?')[0]!
    expect((await site.get(path, ENGLISH)).text).toContain('<p>Now: 2 have not moved</p>')
    await later({ closesOn: '2026-06-01' })
    const { text } = await site.get(path, ENGLISH)
    expect(text).toContain('<p>Now: 2 moved later</p>')
    expect(text).toMatch(/<dd>2 services: [^<]+<\/dd>/)
    expect(text).toContain('Gates: 31 days later (now set by gate 账户1.0 / 审计, 2026-06-01)')
    const csv = await site.get(`${path}/export.csv`, ENGLISH)
    expect(csv.text).toContain(
      ',ledger,2026-05-08,Blocked,2026-06-08,"gate 账户1.0 / 审计, 2026-06-01, and 7 days of soak after it",31,',
    )
    const input = parseLandscape((await site.get(`${path}/landscape.json`)).text)
    expect(input).toMatchObject({ asOf: '2026-03-01', landscape: { soakDays: 7 }, ignored: [] })
  })

  test('what went says what moved its day until it went, and what went quiet is said with the use', async () => {
    const use = { strength: 'hard', needs: 'from', lastSeenOn: '2026-02-20', quietDays: '10' }
    await addService(context, 'vault', [])
    await createDependency(context, { consumer: 'till', provider: 'vault', ...use })
    const declared = { strength: 'hard', needs: 'from', declaredOn: '2026-02-20' }
    await createDependency(context, { consumer: 'vault', provider: 'ledger', ...declared })
    const path = (await site.post('/plans/new', { name: '三月计划' })).headers.get('location')!.split('?')[0]!
    const after = { ...context, now: () => new Date('2026-03-05T04:00:00Z') }
    const quiet = await (await serve(createApp(after))).get(path, ENGLISH)
    expect(quiet.text).toContain(
      'Time: 64 days earlier (till → vault went quiet; before that it was set by gate 账户1.0 / 审计, 2026-05-01, and 7 days of soak after it)',
    )
    await closeGate(context, gate, { on: '2026-03-01', evidence: '已签', version: 1 })
    await site.post('/services/till/shutdown', { on: '2026-03-01', version: '1' })
    expect((await site.get(path, ENGLISH)).text).toContain(
      'Gates: 61 days earlier (was set by gate 账户1.0 / 审计, 2026-05-01)',
    )
  })

  test('a status that holds a service is not called a gate', async () => {
    const moving = await addSystem(context, { key: 'B', name: 'B', status: 'migrating' })
    await count(context, await addResidual(context, moving), '2026-02-28', '0')
    await addService(context, 'desk', ['B'])
    const path = (await site.post('/plans/new', { name: '五月计划' })).headers.get('location')!.split('?')[0]!
    expect((await site.get(path, ENGLISH)).text).toContain('set by B (Migrating), ')
  })

  test('what was switched off by override is told as that, beside the plan', async () => {
    const path = (await site.post('/plans/new', { name: '五月计划' })).headers.get('location')!.split('?')[0]!
    const off = { on: '2026-03-01', version: '1', overrideReason: '机房失火' }
    expect((await site.post('/services/ledger/shutdown', off)).status).toBe(303)
    const { text } = await site.get(path, ENGLISH)
    expect(text).toContain('Now: 1 is off, by override')
    expect(text).toContain('Switched off by override: 机房失火')
    const csv = (await site.get(`${path}/export.csv`, ENGLISH)).text
    expect(csv).toMatch(/,Switched off by override\r?\n/)
    expect(csv).toMatch(/^[^,]*,ledger,.*,机房失火\r?$/m)
    const held = 'before that it was set by gate 账户1.0 / 审计, 2026-05-01, and 7 days of soak after it)'
    expect(text).toContain(`Switch-off: 68 days earlier (switched off on that day; ${held}`)
    expect(text).toMatch(/<dt>Switch-off<\/dt>\s*<dd>1 service: /)
    expect(text).not.toContain('<dt>Time</dt>')
    await site.post('/services/till/shutdown', off)
    const vault = (await site.get(path, ENGLISH)).text
    expect(vault).toMatch(/<dt>Switch-off<\/dt>\s*<dd>2 services: /)
  })

  test('a service that is freed by a consumer that went off names that one', async () => {
    const path = (await site.post('/plans/new', { name: '六月计划' })).headers.get('location')!.split('?')[0]!
    await site.post('/services/till/shutdown', { on: '2026-03-01', version: '1', overrideReason: '机房失火' })
    expect((await site.get(path, ENGLISH)).text).toContain(
      'Services: 68 days earlier (till went off; before that it was set by gate 账户1.0 / 审计, 2026-05-01, and 7 days of soak after it)',
    )
  })

  test('a second plan of one name on a day is asked back once, however it is written', async () => {
    await site.post('/plans/new', { name: 'P1' })
    expect((await site.post('/plans/new', { name: 'p1 ' })).status).toBe(422)
    await site.post('/plans/new', { name: '三月计划' })
    const asked = await site.post('/plans/new', { name: '三月计划' }, ENGLISH)
    expect(asked.status).toBe(422)
    expect(asked.text).toContain(
      'A plan called “三月计划” was kept today already, by 林晓: keep another one?',
    )
    expect(asked.text).toContain('<button class="primary">Yes, keep it</button>')
    const [, answers] = asked.text.match(/name="answers" value="([^"]+)"/)!
    expect((await site.post('/plans/new', { name: '三月计划', answers: answers! })).status).toBe(303)
    expect(await listPlans(context.db)).toHaveLength(3)
  })

  test('a plan is withdrawn with a reason and stays to be seen', async () => {
    const kept = await site.post('/plans/new', { name: '草稿' })
    const path = kept.headers.get('location')!.split('?')[0]!
    expect((await site.post(`${path}/withdraw`, { reason: '', version: '1' })).status).toBe(422)
    expect((await site.post(`${path}/withdraw`, { reason: '<b>', version: '1' })).status).toBe(303)
    for (const page of ['/plans', path])
      expect((await site.get(page)).text).toMatch(/\d{4}-\d\d-\d\d 撤回：&lt;b&gt;/)
    expect((await site.get(path)).text).not.toContain(`${path}/withdraw`)
    expect(await listPlans(context.db)).toMatchObject([{ name: '草稿', withdrawnReason: '<b>' }])
    expect((await site.get('/plans/999')).status).toBe(404)
    expect((await site.post('/plans/new', { name: ' ' })).status).toBe(422)
  })

  test('a trial without complaint proposes its evidence; a complaint becomes a use', async () => {
    await createService(context, { key: 'idle', name: 'idle', role: 'legacy' })
    const trial = await site.post('/services/idle/trials/new', { startedOn: '2026-02-01' })
    expect(trial.headers.get('location')).toMatch(/^\/trials\/\d+\?done=\d+$/)
    const path = trial.headers.get('location')!.split('?')[0]!
    expect((await site.get('/attention', ENGLISH)).text).toContain('idle has been on trial since 2026-02-01')
    expect((await site.get('/services/idle')).text).toContain(`href="${path}"`)
    await site.post(`${path}/end`, { endedOn: '2026-02-20', version: '1' })
    const ended = (await site.get(path, ENGLISH)).text
    const [, proof] = /href="(\/services\/idle\/no-consumers\?[^"]+)"/.exec(ended)!
    expect((await site.get(proof!.replaceAll('&amp;', '&'), ENGLISH)).text).toContain(
      'Trial shutdown from 2026-02-01 to 2026-02-20, 19 days, without a complaint.',
    )
    const complaint = { day: '2026-02-03', complainant: 'Finance', complaint: 'no report' }
    const noted = await site.post(`${path}/complaints/new`, complaint)
    const [, id] = /#complaint-(\d+)$/.exec(noted.headers.get('location')!)!
    const offered = (await site.get(`/complaints/${id}/use`, ENGLISH)).text
    expect(offered).toContain('<option value="Finance"')
    expect(offered).toContain('<option value="till"')
    const wrong = await site.post(`/complaints/${id}/use`, { userKind: 'service', user: 'x', version: '1' })
    expect(wrong.status).toBe(422)
    await site.post(`/complaints/${id}/use`, { userKind: 'service', user: 'till', version: '1' })
    const used = async (headers = {}) => (await site.get('/services/idle', headers)).text
    expect(await used(ENGLISH)).toContain('no report; trial shutdown from 2026-02-01')
    expect(await used()).toContain('no report；2026-02-01 起的试停')
    expect((await site.get(path, ENGLISH)).text).toContain('Became a use by till')
    expect((await site.get('/services/idle', ENGLISH)).text).toContain('Finance')
  })

  test('what still runs or calls after its end is brought up as an alarm', async () => {
    const system = { to: 'retired', on: '2026-03-01', overrideReason: '合同到期', version: '1' }
    const asked = await site.post('/systems/账户1.0/status', system)
    const answers = /name="answers" value="([^"]+)"/.exec(asked.text)![1]!
    expect((await site.post('/systems/账户1.0/status', { ...system, answers })).status).toBe(303)
    const shutdown = { on: '2026-02-01', overrideReason: '故障', version: '1' }
    expect((await site.post('/services/ledger/shutdown', shutdown)).status).toBe(303)
    await createDependency(context, {
      consumer: 'till',
      provider: 'ledger',
      ...USE,
      lastSeenOn: '2026-02-20',
      source: 'gateway',
    })
    const { text } = await site.get('/attention', ENGLISH)
    expect(text).toContain('账户1.0 is retired, yet its service till still runs')
    expect(text).toContain('ledger went off on 2026-02-01, yet till → ledger was seen on 2026-02-20')
  })

  async function later(change: object) {
    const audit = { key: 'audit', name: '审计', kind: 'approval', version: 1, ...change }
    await editGate(context, gate, audit)
  }
})
