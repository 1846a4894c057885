import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createService } from '../../src/actions/services.ts'
import { editSystem } from '../../src/actions/systems.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { serveApi } from '../support/api.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { plantEstate, TODAY } from './cast.ts'

type Operation = {
  parameters: { name: string }[]
  responses: { 200: { content: Record<string, { schema: object }> } }
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

/** For every address with a blank, what to fill in. */
const FILLED: Record<string, string> = {
  '{key}': 'till',
  '/systems/{key}': '/systems/账户1.0',
  '{id}': '1',
  '{revision}': '3',
}

describe.each(databases)('on $name', ({ open }) => {
  async function register() {
    const context = contextOn(TODAY, await open())
    await plantEstate(context)
    return { ...(await serveApi(context)), context }
  }

  test('every route is in the document, and every answer is as the document says', async () => {
    const { get, app } = await register()
    const document: Document = JSON.parse((await get('/openapi.json')).text)
    const layers = app.router.stack.flatMap(({ route }) => route?.path ?? [])
    const registered = layers
      .filter(path => path.startsWith('/api/'))
      .map(path => path.replace(/:(\w+)/g, '{$1}'))
    expect(Object.keys(document.paths)).toEqual([...new Set(registered)])
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      if (!operation) continue
      const address = Object.entries(FILLED).reduceRight(
        (text, [blank, value]) => text.replace(blank, value),
        path,
      )
      const answer = await get(encodeURI(address.replace('/api/v1', '')))
      expect(answer.status, address).toBe(200)
      expect(misfit(document, operation, answer.json), address).toBe('')
    }
  })

  test('the analysis is what the command line says of the exported landscape, to the byte', async () => {
    const { get } = await register()
    const [landscape, analysis] = [await get('/landscape'), await get('/shutdown')]
    const cli = spawnSync(process.execPath, ['src/cli.ts', 'analyze', '-'], {
      input: landscape.text,
      encoding: 'utf8',
    })
    expect(analysis.text).toBe(cli.stdout)
    const stamp = { asOf: TODAY, rules: '1', inputSha256: landscape.headers.get('last-orders-input-sha256') }
    expect((await get('/services/till')).json).toMatchObject({ verdict: 'BLOCKED', stamp })
    const { own, blockers } = (await get('/services/till', { 'accept-language': 'en' })).json
    expect(own).toEqual(['residual:账户1.0', 'sgate:till/audit'])
    expect(blockers[0]).toMatchObject({ next: { href: expect.stringContaining('/') } })
    expect((await get('/plans/1')).json).toMatchObject({ hash: stamp.inputSha256 })
  })

  test('a system names what holds it, with or without services', async () => {
    const { get, context } = await register()
    const kept = { status: 'cancelled', statusReason: '监管要求', owner: '王芳' }
    await addSystem(context, { key: '履约0.5', name: '履约0.5', ...kept })
    await addSystem(context, { key: 'Boss', name: 'Boss', status: 'migrating' })
    const held = async (key: string) => (await get(`/systems/${encodeURIComponent(key)}`)).json.blockers
    expect(await held('Boss')).toMatchObject([
      { id: 'residual:Boss', holdsDirectly: [], holdsInAll: 0 },
      { id: 'gate:Boss/migrating', holdsDirectly: [] },
    ])
    expect(await held('履约0.5')).toMatchObject([
      { id: 'permanent', who: '王芳', text: '已取消下线，所以保留。' },
    ])
    expect(await held('OP')).toMatchObject([{ id: 'residual:OP', holdsDirectly: ['cash'] }])
  })

  test('a forecast says what the pages say, and why there is none', async () => {
    const { get, url } = await register()
    const { items, series } = (await get('/forecast')).json
    const { p50, p85 } = items[0].forecast.independent.arrival
    const page = await (await fetch(`${url}/forecast/export.csv`)).text()
    expect(page).toContain(`${p50},${p50},${p85},${p85}`)
    expect(series['账户1.0/上海德祐']).toMatchObject({ state: 'burning', last: { date: TODAY, count: 120 } })
    expect(items[1].forecast).toMatchObject({
      state: 'unknown',
      independent: null,
      because: [{ system: 'OP', reason: { code: 'never_counted' } }],
    })
    expect((await get('/systems/OP')).json.residuals[0]).toMatchObject({
      latest: null,
      unknown: 'never_counted',
      staleDays: null,
    })
  })

  test('lists are filtered as on their pages and turned page by page', async () => {
    const { get } = await register()
    const keys = async (path: string) => (await get(path)).json.items.map(({ key }: { key: string }) => key)
    expect(await keys('/systems?text=op')).toEqual(['OP'])
    expect(await keys('/services?verdict=BLOCKED&system=OP')).toEqual(['cash'])
    expect(await keys('/services?blocker=external:a+bank')).toEqual(['cash', 'till'])
    const first = (await get('/systems?limit=1&sort=register')).json
    expect(first).toMatchObject({ total: 2, next: '/api/v1/systems?limit=1&sort=register&page=2' })
    expect(await keys(first.next.replace('/api/v1', ''))).toEqual(['OP'])
    expect(await keys('/systems?page=9')).toEqual([])
    const newest = (await get('/history?limit=1')).json
    expect(newest.items[0]).toMatchObject({ action: 'note-complaint', after: { complainant: 'desk' } })
    expect(newest.next).toBe(`/api/v1/history?limit=1&before=${newest.items[0].id}`)
    expect((await get('/trials?standing=ended')).json.total).toBe(0)
  })

  test('what-if takes the query of its page: four operations at once', async () => {
    const { get } = await register()
    const asked = 'system=账户1.0&system=OP&resolve=sgate:till/audit&resolve=external:a+bank&drop=cash>till'
    const outcome = (await get(`/shutdown/what-if?${encodeURI(asked)}`)).json
    expect(outcome).toMatchObject({
      change: { systems: ['账户1.0', 'OP'], dropEdges: [['cash', 'till']], off: [] },
      cost: { fen: 9_000_000, currency: 'CNY', isWhole: false },
    })
    expect(outcome.services).toEqual(['cash', 'till'])
  })

  test('who stays and holds a service for ever is named, and so is the gate that the register keeps', async () => {
    const asked = '/shutdown/what-if?resolve=sgate:till/audit'
    const { get, context } = await register()
    expect((await get(asked)).json.stillHeld.staying).toEqual([])
    await createService(context, { key: 'ledger', name: 'ledger', role: 'stay' })
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-31' }
    await createDependency(context, { consumer: 'ledger', provider: 'till', ...use })
    const { stillHeld } = (await get(asked)).json
    expect(stillHeld.services).toEqual(['till'])
    const [staying] = stillHeld.staying
    expect(stillHeld).toMatchObject({
      staying: [{ chain: ['ledger', 'till'], until: 'never' }],
      stayingMore: 0,
    })
    expect((await get('/services/till')).json).toMatchObject({
      ...{ staying, stayingAll: [staying], stayingMore: 0 },
      ...{ silentGate: null, gates: [{ key: 'audit' }] },
    })
    expect((await get('/services/constructor')).json).toMatchObject({
      gates: [],
      silentGate: {
        key: 'no-consumers-confirmed',
        standing: 'open',
        confirm: '/services/constructor/no-consumers',
      },
    })
  })

  test('an answer stays good until the register changes, and an old key leads to the new one', async () => {
    const { get, ask, context } = await register()
    const tag = (await get('/systems/OP')).headers.get('etag')!
    expect((await get('/systems/OP', { 'if-none-match': tag })).status).toBe(304)
    expect((await get('/systems/OP', { 'if-none-match': `W/"older", ${tag}` })).status).toBe(304)
    expect((await get('/nowhere', { 'if-none-match': tag })).status).toBe(404)
    expect((await ask('/systems/OP', { method: 'HEAD' })).headers.get('etag')).toBe(tag)
    await editSystem(context, 2, { key: 'OP2', name: 'OP', role: 'legacy', version: 1 })
    const moved = await get('/systems/OP', { 'if-none-match': tag })
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/api/v1/systems/OP2'])
    expect(moved.headers.get('etag')).toBeNull()
  })
})

/** What does not fit the schema of an answer, or is not in it at all. */
function misfit({ components }: Document, operation: Operation, answer: unknown): string {
  const schema = operation.responses[200].content['application/json']!.schema
  const whole = JSON.stringify({ ...schema, $defs: components.schemas })
  const read = z
    .fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')))
    .safeParse(answer)
  return read.success ? '' : JSON.stringify(read.error.issues.slice(0, 3))
}
