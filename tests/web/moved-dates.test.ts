import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
const GATE = { key: 'a', name: '切量', kind: 'cutover', state: 'open' }
const CLOSED = { on: '2026-03-31', reason: '并入上海', answers: 'close:unknown' }

describe.each(databases)('what a change did to the dates, on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  beforeEach(async () => {
    context = contextOn('2026-03-31', await open())
    site = await serve(createApp(context))
  })

  /** till calls ledger, and both serve 账户1.0. */
  async function addServices() {
    for (const key of ['till', 'ledger']) await addService(context, key, ['账户1.0'])
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
  }

  /** 账户1.0 has a forecast. */
  async function addRunOff() {
    const residual = await addResidual(context, await addSystem(context))
    for (const [day, left] of [
      ['2025-10-31', '100'],
      ['2025-12-31', '61'],
      ['2026-02-28', '31'],
      ['2026-03-31', '20'],
    ] as const)
      await count(context, residual, day, left)
  }

  async function said(path: string, typed: Record<string, string>, language = 'en'): Promise<string> {
    const sent = await site.post(path, typed)
    expect(sent.status).toBe(303)
    const { text } = await site.get(sent.headers.get('location')!, { cookie: `lang=${language}` })
    return /<div class="flash".*?<\/div>/s.exec(text)![0]
  }

  test('another day of a gate moves those that wait for it, and names it', async () => {
    const systemId = await addSystem(context)
    await count(context, await addResidual(context, systemId), '2026-03-31', '0')
    await addServices()
    const gate = await createGate(context, { systemId }, { ...GATE, closesOn: '2026-05-20' })
    const edit = (closesOn: string, version: string, language?: string) =>
      said(`/gates/${gate}/edit`, { ...GATE, closesOn, version }, language)
    const later = await edit('2026-06-20', '1')
    expect(later).toMatch(/<h2>Saved\.<\/h2>\s*<ul>\s*<li>切量<\/li>/)
    expect(later).toMatch(
      /<li>Earliest shutdown and planned day of (till, ledger|ledger, till): 2026-05-20 → 2026-06-20<\/li>/,
    )
    expect(later).not.toContain('verdict')
    const none = await edit('', '2', 'zh')
    expect(none).toMatch(/<li>(till、ledger|ledger、till) 的最早可下线日和计划日：2026-06-20 → 不明<\/li>/)
  })

  test('of many services whose dates move the first are named and the others counted', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    for (const key of keys) await addService(context, key)
    for (const key of keys.slice(1)) await createDependency(context, { consumer: 'a', provider: key, ...USE })
    await createGate(context, { serviceId: 1 }, GATE)
    const dated = await said('/gates/1/edit', { ...GATE, closesOn: '2026-06-20', version: '1' })
    const alike =
      /<li>Earliest shutdown and planned day of a, (\w, ){3}\w and 2 more: unknown → 2026-06-20<\/li>/
    expect(dated).toMatch(alike)
    const undated = await said('/gates/1/edit', { ...GATE, version: '2' }, 'zh')
    expect(undated).toMatch(
      /<li>a、(\w、){3}\w 和另外 2 个服务的最早可下线日和计划日：2026-06-20 → 不明<\/li>/,
    )
  })

  test('of services whose verdict turned, and that have a day on neither side, only that is told', async () => {
    await addResidual(context, await addSystem(context))
    await addService(context, 'core', [], 'stay')
    await addServices()
    const use = await createDependency(context, { consumer: 'core', provider: 'till', ...USE })
    const edited = await said(`/dependencies/${use}/edit`, { ...USE, strength: 'soft', version: '1' })
    expect(edited).toContain('<li>From “Needs re-pointing” to “Blocked”: ledger, till</li>')
    expect(edited).not.toContain('Earliest')
  })

  test('a day that comes or goes as a verdict turns is told with the verdict, in one line', async () => {
    await addService(context, 'core', [], 'stay')
    await addService(context, 'till')
    await addService(context, 'ledger')
    await createGate(context, { serviceId: 2 }, { ...GATE, closesOn: '2026-05-20' })
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
    const use = await createDependency(context, { consumer: 'core', provider: 'till', ...USE })
    const edit = (strength: string, version: string, language?: string) =>
      said(`/dependencies/${use}/edit`, { ...USE, strength, version }, language)
    const soft = await edit('soft', '1')
    expect(soft).toContain(
      '<li>From “Needs re-pointing” to “Blocked”: ledger, till; earliest shutdown and planned day: never → 2026-05-20</li>',
    )
    expect(soft.split('ledger')).toHaveLength(2)
    expect(await edit('hard', '2', 'zh')).toContain(
      '<li>从“受阻”变为“需改接”：ledger、till；最早可下线日和计划日：2026-05-20 → 永不</li>',
    )
  })

  test('what can no longer be shut down has its new day beside it, and so has what waits for it', async () => {
    for (const key of ['till', 'ledger']) await addService(context, key)
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
    await said('/services/till/no-consumers', { evidence: '90 天无调用' })
    const added = await said('/services/till/gates/new', { ...GATE, closesOn: '2026-05-20' })
    expect(added).toContain(
      '<li>Can no longer be shut down: till; earliest shutdown and planned day: 2026-03-31 → 2026-05-20</li>',
    )
    expect(added).toContain(
      '<li>From “Free after others” to “Blocked”: ledger; earliest shutdown and planned day: 2026-03-31 → 2026-05-20</li>',
    )
    const withdrawn = await said('/gates/2/withdraw', { reason: '误记', version: '1' })
    expect(withdrawn).toContain('<li>Can be shut down now: till</li>')
    const undated = await said('/services/till/gates/new', { ...GATE, key: 'b' }, 'zh')
    expect(undated).toContain('<li>不再能下线：till；最早可下线日和计划日：2026-03-31 → 不明</li>')
  })

  test('a count that holds again what could go names the day until which it does', async () => {
    await addRunOff()
    await addServices()
    const counted = async (day: string, text: string, language: string) => {
      const [one] = await count(context, 1, day, text)
      const { text: page } = await site.get(`/counts?done=${one!.revision}`, { cookie: `lang=${language}` })
      return /<div class="flash".*?<\/div>/s.exec(page)![0]
    }
    expect(await counted('2026-03-31', '0', 'en')).toContain('<li>Can be shut down now: till</li>')
    expect(await counted('2026-03-31', '20', 'en')).toMatch(
      /<li>Can no longer be shut down: till; earliest shutdown and planned day: 2026-03-31 → 2027-\d\d[^<]*\(forecast, chance/,
    )
    await counted('2026-03-31', '0', 'zh')
    expect(await counted('2026-03-31', '90', 'zh')).toContain(
      '<li>不再能下线：till；最早可下线日和计划日：2026-03-31 → 不明</li>',
    )
  })

  test('a residual that ends, or begins, a forecast says so, and what that does to the dates', async () => {
    await addRunOff()
    await addServices()
    const residual = { key: '天津', name: '天津', nameEn: 'Tianjin', unit: 'order' }
    const added = await said('/systems/账户1.0/residuals/new', residual)
    expect(added).toMatch(/<li>Forecast of 账户1\.0: half by [^<]* → [^<]*<\/li>/)
    expect(added).toMatch(
      /<li>Earliest shutdown and planned day of (till, ledger|ledger, till): 2027-\d\d[^<]*\(forecast, chance [^<]* → unknown<\/li>/,
    )
    const closed = await said('/residuals/2/close', { ...CLOSED, version: '1' })
    expect(closed).toMatch(/<li>Forecast of 账户1\.0: [^<]* → half by [^<]*<\/li>/)
    expect(closed).toMatch(
      /<li>Earliest shutdown and planned day of (till, ledger|ledger, till): unknown → 2027-\d\d/,
    )
    const opened = await said('/residuals/2/reopen', { reason: '仍有订单', version: '2' }, 'zh')
    expect(opened).toMatch(
      /<li>(till、ledger|ledger、till) 的最早可下线日和计划日：2027-\d\d[^<]*（预测，可能 [^<]* → 不明<\/li>/,
    )
  })

  test('what is said before closing a residual and after opening it again is the same', async () => {
    await addRunOff()
    const other = await addResidual(context, 1, { key: '北京', name: '北京' })
    for (const [day, left] of [
      ['2026-01-31', '9'],
      ['2026-02-28', '8'],
      ['2026-03-31', '7'],
    ] as const)
      await count(context, other, day, left)
    const sides = (text: string) => /Forecast of 账户1\.0: ([^<]*) → ([^<]*)</.exec(text)!.slice(1)
    const answers = 'close:7:exact'
    const closed = sides(await said(`/residuals/${other}/close`, { ...CLOSED, answers, version: '1' }))
    const opened = sides(await said(`/residuals/${other}/reopen`, { reason: '误关', version: '2' }))
    expect(opened).toEqual(closed.reverse())
  })

  test('a hold ends the forecast that set the day', async () => {
    await addRunOff()
    await addServices()
    const hold = { to: 'on_hold', on: '2026-03-31', reason: '等预算', reviewOn: '2026-06-01', version: '1' }
    const held = await said('/systems/账户1.0/status', hold)
    expect(held).toMatch(/day of (till, ledger|ledger, till): 2027-\d\d[^<]* → unknown/)
    const back = { to: 'draining', on: '2026-03-31', reason: '预算已批', version: '2' }
    expect(await said('/systems/账户1.0/status', back)).toMatch(
      /day of (till, ledger|ledger, till): unknown → 2027-\d\d/,
    )
  })
})
