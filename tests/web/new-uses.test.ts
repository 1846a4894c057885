import { describe, expect, test } from 'vitest'
import { createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { listDependencies } from '../../src/store/uses.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }
const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-03-01' }

describe.each(databases)('on $name', ({ open }) => {
  /** escrow and till, of which no source has told. */
  async function openUses() {
    const context = contextOn(TODAY, await open())
    await addService(context, 'escrow')
    await addService(context, 'till')
    const site = await serve(createApp(context))
    const addConsumer = (more = {}) =>
      site.post('/services/escrow/consumers/new', { consumer: 'till', ...USE, ...more })
    return { context, db: context.db, site, addConsumer }
  }

  test('all that is wrong with a new use is told at once, each at its field', async () => {
    const { site, context, addConsumer } = await openUses()
    const field = (name: string, { text }: { text: string }) =>
      new RegExp(`id="f-${name}-error"[^>]*>([^<]*)`).exec(text)?.[1]
    const undated = await addConsumer({ consumer: 'escrow', declaredOn: '' })
    expect([undated.status, field('consumer', undated)]).toEqual([422, 'escrow 不能调用自己'])
    expect(field('declaredOn', undated)).toContain('都没有填')
    const unknown = await addConsumer({
      consumer: 'nobody',
      declaredOn: '2027-01-01',
      lastSeenOn: '2027-02-01',
    })
    expect(field('consumer', unknown)).toContain('没有“nobody”这个服务')
    for (const day of ['declaredOn', 'lastSeenOn']) expect(field(day, unknown)).toContain('在今天（')
    const misread = await addConsumer({ consumer: 'nobody', declaredOn: '31.3.2026' })
    expect(field('consumer', misread)).toContain('没有“nobody”这个服务')
    expect(field('declaredOn', misread)).toContain('31.3.2026')
    const external = { name: '', provider: 'nobody', ...USE, quietDays: '-1' }
    expect(await refusalOf(createExternal(context, external))).toEqual([
      'name: input.missing',
      'quietDays: input.range',
      'provider: input.unknown_service',
    ])
    const itself = await site.post('/services/escrow/providers/new', { provider: 'escrow', ...USE })
    expect(field('provider', itself)).toBe('escrow 不能调用自己')
  })

  test('a complaint that becomes a use tells what it holds then, as the use by form does', async () => {
    const { site, context } = await openUses()
    await addService(context, 'core', [], 'stay')
    await site.post('/services/escrow/no-consumers', { evidence: '90 天无调用' })
    const started = await site.post('/services/escrow/trials/new', { startedOn: '2026-03-01' })
    const trial = started.headers.get('location')!.split('?')[0]!
    const complain = async (day: string) => {
      const complaint = { day, complainant: '财务', complaint: '没有报表' }
      const noted = await site.post(`${trial}/complaints/new`, complaint)
      const [, id] = /#complaint-(\d+)$/.exec(noted.headers.get('location')!)!
      const use = { userKind: 'service', user: 'core', version: '1' }
      const used = await site.post(`/complaints/${id}/use`, use)
      const { text } = await site.get(used.headers.get('location')!, ENGLISH)
      return /<div class="flash".*?<\/div>/s.exec(text)![0]
    }
    const used = await complain('2026-03-02')
    expect(used).toMatch(/<h2>It is a use now\.<\/h2>\s*<ul>\s*<li>core → escrow<\/li>/)
    expect(used).toContain(
      '<li>Can no longer be shut down: escrow; earliest shutdown and planned day: 2026-03-31 → never</li>',
    )
    expect(await complain('2026-03-03')).toMatch(/<h2>It is a use now\.<\/h2>\s*<\/div>/)
  })

  test('one source tells of one outside consumer once, and a withdrawn use is counted apart', async () => {
    const { site, context } = await openUses()
    const add = (more = {}) =>
      refusalOf(createExternal(context, { name: '某银行', provider: 'escrow', ...USE, ...more }))
    expect(await add()).toEqual([])
    expect(await add()).toEqual(['name: use.already_there'])
    expect(await add({ source: '对账单' })).toEqual([])
    const caption = async () =>
      /id="externals"[\s\S]*?<caption>([^<]*)/.exec((await site.get('/services/escrow', ENGLISH)).text)?.[1]
    expect(await caption()).toBe('2 uses')
    await site.post('/externals/1/withdraw', { reason: '误录', version: '1' })
    expect(await caption()).toBe('1 use, and 1 withdrawn')
    expect(await add()).toEqual([])
  })

  test('a service of which no source has told has its gate from day one, and can close it', async () => {
    const { site } = await openUses()
    const { text } = await site.get('/services/till')
    expect(text).not.toContain('没有关卡')
    expect(text).toMatch(/id="gate-no-consumers-confirmed"><strong>确认无调用方<\/strong>.*未关闭/s)
    await site.post('/services/till/no-consumers', { evidence: '90 天无调用' })
    expect((await site.get('/services/till')).text).not.toContain('登记册自带')
  })

  test('before a service that is off the register keeps no gate', async () => {
    const { site } = await openUses()
    const off = { on: '2026-03-01', version: '1', overrideReason: '机房断电' }
    expect((await site.post('/services/till/shutdown', off)).status).toBe(303)
    expect((await site.get('/services/till')).text).not.toContain('登记册自带')
  })

  test('a use that comes up after that nobody calls it was confirmed is brought up, until it is confirmed anew', async () => {
    const { db, site, addConsumer } = await openUses()
    const said = 'That no one calls escrow was confirmed'
    const attention = async () => (await site.get('/attention', ENGLISH)).text
    await site.post('/services/escrow/no-consumers', { evidence: '90 天无调用' })
    expect(await attention()).not.toContain(said)
    await addConsumer()
    expect(await attention()).toContain(`${said} once, but the use till → escrow has been recorded since`)
    for (const path of ['/', '/services/escrow'])
      expect((await site.get(path)).text, path).toContain('href="/services/escrow#consumers">看谁在调用</a>')
    const [use] = await listDependencies(db)
    await site.post(`/dependencies/${use!.id}/withdraw`, { reason: '已改接', version: '1' })
    const confirm = 'href="/services/escrow/no-consumers">Confirm with evidence</a>'
    expect(await attention()).toContain(confirm)
    expect(await attention()).toContain(`it was withdrawn on ${TODAY}, which does not confirm it again`)
    expect((await site.get('/services/escrow', ENGLISH)).text).toContain(confirm)
    await site.post('/services/escrow/no-consumers', { evidence: '问过所有人' })
    expect(await attention()).not.toContain(said)
  })

  test('a confirmation taken back says by which use, and that its consumer is off, or by whose word', async () => {
    const { site, addConsumer } = await openUses()
    const read = async (headers = {}) => (await site.get('/services/escrow', headers)).text
    await site.post('/services/till/shutdown', { on: '2026-03-01', version: '1', overrideReason: '断电' })
    await site.post('/services/escrow/no-consumers', { evidence: '90 天无调用' })
    await addConsumer()
    expect(await read(ENGLISH)).toContain(
      'the use till → escrow has been recorded since: till is off (since 2026-03-01), yet the confirmation',
    )
    expect(await read()).toContain('此后又登记了调用 till → escrow：till 虽已停（2026-03-01 起）')
    await site.post('/services/escrow/no-consumers', { evidence: '问过所有人' })
    const [, gate] = /href="\/gates\/(\d+)\/reopen"/.exec(await read())!
    await site.post(`/gates/${gate}/reopen`, { state: 'open', reason: '问错了人', version: '3' })
    expect(await read(ENGLISH)).toContain('was confirmed once, and taken back: 问错了人')
  })

  test('where only a name is wanted, a confirmation taken back is told without its story', async () => {
    const { site, context, db } = await openUses()
    const vault = await addSystem(context, { key: 'vault', name: 'vault' })
    await count(context, await addResidual(context, vault), TODAY, '0')
    await addService(context, 'lonely', ['vault'])
    await site.post('/services/lonely/no-consumers', { evidence: '90 天无调用' })
    await site.post('/services/lonely/consumers/new', { consumer: 'till', ...USE })
    const [use] = await listDependencies(db)
    await site.post(`/dependencies/${use!.id}/withdraw`, { reason: '已改接', version: '1' })
    const read = async (path: string, headers = {}) => (await site.get(path, headers)).text
    expect(await read('/systems/vault', ENGLISH)).toContain(
      'can go yet: lonely (nobody has confirmed anew that no one calls lonely)',
    )
    expect(await read('/systems/vault')).toContain('lonely（还没有人重新确认无人调用 lonely）')
    const [, first] = /<ol class="best">(.*?)<\/ol>/s.exec(await read('/shutdown', ENGLISH))!
    expect(first).toContain('Nobody has confirmed anew that no one calls lonely')
    expect(first).not.toContain('was confirmed once')
    expect(await read('/services/lonely', ENGLISH)).toContain('which does not confirm it again')
  })

  test('who uses a service that is off is named on its page', async () => {
    const { site, addConsumer } = await openUses()
    await addConsumer()
    await site.post('/services/escrow/shutdown', { on: TODAY, version: '1', overrideReason: '机房断电' })
    const { text } = await site.get('/services/escrow', ENGLISH)
    expect(text).toContain(
      `<p class="alarm">till still uses escrow, which is off (since ${TODAY}): declared, not withdrawn</p>`,
    )
    expect((await site.get('/services/till', ENGLISH)).text).not.toContain('<p class="alarm">')
  })

  test('a day of re-pointing that has come is refused, and one that came since is overdue', async () => {
    const { site, context, db, addConsumer } = await openUses()
    const past = await addConsumer({ untilOn: TODAY })
    expect([past.status, past.text.includes(`${TODAY} 不在今天`)]).toEqual([422, true])
    await site.post('/services/till/edit', { key: 'till', name: 'till', role: 'stay', version: '1' })
    await addConsumer({ untilOn: '2026-04-05' })
    const later = await serve(createApp({ ...context, now: () => new Date('2026-04-06T12:00:00+08:00') }))
    for (const path of ['/services/escrow', '/shutdown'])
      expect((await later.get(path, ENGLISH)).text, path).toContain('>was due on 2026-04-05, overdue</span>')
    const [use] = await listDependencies(db)
    const edit = (untilOn: string) =>
      later.post(`/dependencies/${use!.id}/edit`, { ...USE, untilOn, version: '1' })
    expect((await edit('2026-04-06')).status).toBe(422)
    expect((await edit('2026-04-05')).status).toBe(303)
  })
})
