import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { createService } from '../../src/actions/services.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { landscapeHash } from '../../src/exchange/landscape-hash.ts'
import { parseLandscape } from '../../src/exchange/landscape-json.ts'
import { pairIn, pairText } from '../../src/http/what-if-query.ts'
import { loadJudged } from '../../src/store/judged.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }
const RESIDUAL = `resolve=${encodeURIComponent('residual:分账1.0')}`
const GATE = `resolve=${encodeURIComponent('gate:分账1.0/二手业务切量')}`

describe.each(databases)('on $name', ({ open }) => {
  /** 分账1.0 with 40 open orders and an open gate holds split, which calls ledger; core stays and calls vault. */
  async function openEstate() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { key: '分账1.0', name: '分账1.0', nameEn: 'Shares 1.0' })
    await count(context, await addResidual(context, system), TODAY, '40')
    const gate = { key: '二手业务切量', name: '二手业务切量', kind: 'cutover', state: 'open' }
    await createGate(context, { systemId: system }, gate)
    const split = await addService(context, 'split', ['分账1.0'])
    await createCost(context, { serviceId: split }, { kind: 'machines', amountFen: '300', currency: 'CNY' })
    for (const key of ['ledger', 'vault']) await addService(context, key)
    await createService(context, { key: 'core', name: 'core', role: 'stay', systems: [] })
    for (const [consumer, provider] of [
      ['split', 'ledger'],
      ['core', 'vault'],
    ])
      await createDependency(context, { consumer, provider, ...DECLARED })
    const site = await serve(createApp(context))
    const ask = async (query: string) => (await site.get(`/shutdown/what-if?${query}`, ENGLISH)).text
    return { context, site, ask }
  }
  const DECLARED = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }

  test('a residual at zero frees nothing while its gate is open, and the page says so', async () => {
    const { ask } = await openEstate()
    const text = await ask(RESIDUAL)
    expect(text).toContain('This frees no service.')
    expect(text).toMatch(/<li>Ended: 分账1.0[^<]+<\/li>[\s\S]+This frees no service\./)
    expect(text).toMatch(/A residual at zero closes no gate\. .*二手业务切量/)
    expect(text).not.toContain('<span class="nowrap">nobody knows')
    expect(text).toContain('2 services are helped by this but still held')
  })

  test('switching off what somebody still calls is said first, and what the page does not know is named', async () => {
    const { context, ask, site } = await openEstate()
    expect(await ask('off=ledger')).toContain('ledger would be off while split still calls it.')
    const { stillCalled } = JSON.parse((await site.get('/api/v1/shutdown/what-if?off=ledger')).text)
    expect(stillCalled).toEqual([{ service: 'ledger', callers: ['split'], waived: [], fed: [] }])
    expect(await ask('off=ledger&off=split')).not.toContain('still calls it')
    expect(await ask('off=nobody')).toContain('Nothing is left of what was asked')
    expect(await ask('of=ledger')).toContain('The address asks “of”, which is no question of this page.')
    const refused = await site.get('/api/v1/shutdown/what-if?resolve=nope', ENGLISH)
    expect(JSON.parse(refused.text).detail).toContain('it was only a question')
    await createDependency(context, { consumer: 'vault', provider: 'ledger', ...DECLARED })
    expect(await ask('off=ledger')).toMatch(/while (split, vault|vault, split) still call it\./)
  })

  test('the pages of a system and of a service lead to the question, the plans and the files', async () => {
    const { site } = await openEstate()
    const system = (await site.get(`/systems/${encodeURIComponent('分账1.0')}`, ENGLISH)).text
    const service = (await site.get('/services/ledger', ENGLISH)).text
    expect(system).toContain(`/shutdown/what-if?${RESIDUAL}">What if its residuals reached zero<`)
    expect(system).toContain(`/shutdown/what-if?system=${encodeURIComponent('分账1.0')}"`)
    expect(service).toContain('/shutdown/what-if?off=ledger">What if ledger were off<')
    for (const page of [system, service]) {
      expect(page).toMatch(
        new RegExp(`href="/shutdown/what-if\\?${GATE.replace('/', '%2F')}">What if it ended\\?<`),
      )
      for (const href of ['/plans', '/shutdown/export.csv', '/shutdown/export.mmd'])
        expect(page).toContain(`href="${href}"`)
    }
    expect((await site.get('/services/core', ENGLISH)).text).not.toContain('resolve=permanent')
  })

  test('with the gate as well the services become free, wave by wave, and the money is said', async () => {
    const { ask } = await openEstate()
    for (const text of [
      await ask(`${RESIDUAL}&${GATE}`),
      await ask(`system=${encodeURIComponent('分账1.0')}`),
    ]) {
      expect(text).toContain(
        '2 more services could be shut down (1 of them at once); they cost at least 300 CNY/month.',
      )
      expect(text).toContain('1 at once, 1 in wave 2')
      expect(text).not.toContain('A residual at zero closes no gate')
    }
  })

  test('a use that is re-pointed frees its provider; what is ticked stays ticked', async () => {
    const { ask } = await openEstate()
    const text = await ask(`drop=${encodeURIComponent(pairText('core', 'vault'))}`)
    expect(text).toContain('1 more service could be shut down')
    expect(text).toContain('value="core&gt;vault" checked')
  })

  test('whoever stays behind what is still held is named with its day', async () => {
    const { ask, context } = await openEstate()
    await createService(context, { key: 'gateway', name: 'gateway', role: 'stay', systems: [] })
    const use = { consumer: 'gateway', provider: 'vault', ...DECLARED, untilOn: '2026-12-28' }
    await createDependency(context, use)
    expect(await ask(`drop=${encodeURIComponent(pairText('core', 'vault'))}`)).toContain(
      'still uses it: gateway → vault (expected by 2026-12-28) ·',
    )
  })

  test('what nobody knows is named and left out, the rest is answered', async () => {
    const { site } = await openEstate()
    const query = 'resolve=permanent&resolve=residual:none&system=__proto__&drop=a&off=nobody&off=split'
    const { status, text } = await site.get(`/shutdown/what-if?${query}`, ENGLISH)
    expect(status).toBe(200)
    for (const said of ['blocker “permanent”', 'no system “__proto__”', 'No use a is', 'called “nobody”'])
      expect(text).toContain(said)
    expect(text).toContain('1 more service could be shut down; what it costs is unknown.')
    const best = text.split('id="best"')[1]
    expect(best).toContain('1 of the services held has no known cost')
    expect(best).toContain('frees 2 services · at least 300 CNY/month · proven best by money')
  })

  test('what is retired is not offered as a system to finish', async () => {
    const { ask, context } = await openEstate()
    await addSystem(context, { key: '交易1.0', name: '交易1.0', status: 'retired', statusReason: '已关停' })
    await addSystem(context, { key: '履约1.0', name: '履约1.0' })
    const offered = [...(await ask('')).matchAll(/name="system" value="([^"]+)"/g)].map(([, key]) => key)
    expect(offered).toEqual(['分账1.0', '履约1.0'])
  })

  test('what to do first says on paper too that what is ticked is not reckoned with', async () => {
    const { ask } = await openEstate()
    expect(await ask('off=ledger')).toContain('<p class="hint">Reckoned from the register as it is')
  })

  test('the exported landscape gets the same verdicts, and the stamp is the hash of it', async () => {
    const { site, context } = await openEstate()
    const { text, headers } = await site.get('/shutdown/export.json')
    expect(headers.get('content-disposition')).toBe(`attachment; filename=shutdown-${TODAY}.json`)
    const { landscape, asOf } = parseLandscape(text)
    const { judgement } = await loadJudged(context.db, TODAY, { quietDays: 30, soakDays: 0 })
    expect(judge(landscape, asOf).verdicts).toEqual(judgement.verdicts)
    for (const page of ['/shutdown', '/shutdown/what-if', '/services/split/neighbourhood'])
      expect((await site.get(page)).text).toContain(`sha256:${landscapeHash(landscape)}`)
  })

  test('the plan is there as CSV, DOT and Mermaid', async () => {
    const { site } = await openEstate()
    const rows: object[] = parse((await site.get('/shutdown/export.csv', ENGLISH)).text, {
      columns: true,
      bom: true,
    })
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{
          Service: 'vault',
          Verdict: 'Needs re-pointing',
          'Shortest chain from what stays': 'core > vault',
        },
        'Held by': 'Services that stay still use it',
      }),
    )
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{ Service: 'split', Systems: '分账1.0 · Shares 1.0', 'Monthly cost': '300', Currency: 'CNY' },
        'Held by':
          'The gate “二手业务切量” of 分账1.0 · Shares 1.0 is open | 分账1.0 · Shares 1.0 still has 40 open orders',
      }),
    )
    expect(rows).toContainEqual(expect.objectContaining({ Service: 'core', 'Held by': 'It stays' }))
    expect((await site.get('/shutdown/export.dot')).text).toContain('"split" -> "ledger";')
    expect((await site.get('/shutdown/export.mmd')).text).toMatch(/^flowchart LR\n/)
  })

  test('the surroundings of a service are a picture with links, and the same as a list', async () => {
    const { site } = await openEstate()
    const { text } = await site.get('/services/ledger/neighbourhood', ENGLISH)
    expect(text).toMatch(/<a href="\/services\/split\/neighbourhood" class="service BLOCKED">/)
    expect(text).toContain('<title>split → ledger</title>')
    expect(text).not.toContain('style=')
    expect((await site.get('/services/nobody/neighbourhood')).status).toBe(404)
  })
})

test.each([
  ['a', 'b'],
  ['a>b', '%3E'],
  ['__proto__', '结算 1.0%'],
])('the pair %s, %s survives its address', (consumer, provider) =>
  expect(pairIn(pairText(consumer, provider))).toEqual([consumer, provider]),
)
