import { beforeEach, describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { recordReadings } from '../../src/actions/readings.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { serveApi } from '../support/api.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
const BOTH = 'Earliest shutdown and planned day of (till, ledger|ledger, till)'

describe.each(databases)('what a round did to the dates, on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>
  let services: number[]

  /** till calls ledger, and both serve 账户1.0, which runs off. */
  beforeEach(async () => {
    context = contextOn('2026-03-31', await open())
    site = await serve(createApp(context))
    const residual = await addResidual(context, await addSystem(context))
    for (const [day, left] of [
      ['2025-10-31', '100'],
      ['2025-12-31', '61'],
      ['2026-02-28', '31'],
      ['2026-03-30', '20'],
    ] as const)
      await count(context, residual, day, left)
    services = [
      await addService(context, 'till', ['账户1.0']),
      await addService(context, 'ledger', ['账户1.0']),
    ]
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
  })

  async function said(revision: number, language = 'en', path = '/counts'): Promise<string> {
    const { text } = await site.get(`${path}?done=${revision}`, { cookie: `lang=${language}` })
    return /<div class="flash".*?<\/div>/s.exec(text)![0]
  }

  test('days that move without another verdict are named, with their chances', async () => {
    const [fewer] = await count(context, 1, '2026-03-31', '15')
    const moved = new RegExp(
      `<li>${BOTH}: 2027-\\d\\d[^<]* \\(forecast, chance [^<]* → 202\\d-\\d\\d[^<]*</li>`,
    )
    expect(await said(fewer!.revision)).toMatch(moved)
    expect(await said(fewer!.revision)).not.toContain('verdict')
    expect(await said(fewer!.revision, 'en', '/systems/账户1.0')).toMatch(moved)
    const [more] = await count(context, 1, '2026-03-31', '19')
    expect(await said(more!.revision, 'zh')).toMatch(
      /<li>(till、ledger|ledger、till) 的最早可下线日和计划日：202\d-\d\d[^<]*（预测，可能 [^<]* → 2027-\d\d/,
    )
  })

  test('counts of several residuals of one system are taken away together', async () => {
    const other = await addResidual(context, 1, { key: '北京', name: '北京' })
    await count(context, other, '2026-03-01', '1')
    const round = { day: '2026-03-31', counts: { 1: { count: '0' }, [other]: { count: '0' } } }
    const { questions } = await recordReadings(context, round).catch(refused => refused)
    const answers = questions.map((question: { answer: string }) => question.answer)
    const [both] = await recordReadings(context, { ...round, answers })
    expect(await said(both!.revision)).toContain('<li>Can be shut down now: till</li>')
  })

  test('services that become free have their day beside them, and what they cost', async () => {
    for (const [at, amountFen] of ['10000', '20000'].entries())
      await createCost(
        context,
        { serviceId: services[at]! },
        { kind: 'machines', amountFen, currency: 'CNY', fromOn: '2026-01-01' },
      )
    const [zero] = await count(context, 1, '2026-03-31', '0')
    const freed = await said(zero!.revision)
    expect(freed).toMatch(
      /<li>Free once others before them are off: ledger; earliest shutdown and planned day: 2027-\d\d[^<]* → 2026-03-31</,
    )
    expect(freed).toContain('<li>The services that have become free cost at least 30,000 CNY/month</li>')
    expect(await said(zero!.revision, 'zh')).toMatch(/<li>由此放行的服务成本合计\s*至少\s*30,000/)
    const { get } = await serveApi(context)
    expect((await get(`/rounds/${zero!.revision}`)).json.effect).toMatchObject({
      freed: { services: ['ledger', 'till'], cost: { fen: 3_000_000, currency: 'CNY' } },
      moved: [{ after: { earliest: '2026-03-31' } }, { after: { earliest: '2026-03-31' } }],
    })
  })
})
