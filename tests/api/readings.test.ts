import { describe, expect, test } from 'vitest'
import { recordReadings } from '../../src/actions/readings.ts'
import { serveApi } from '../support/api.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  async function register() {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    const [shanghai, beijing] = [
      await addResidual(context, system),
      await addResidual(context, system, { key: '北京', name: '北京' }),
    ]
    await count(context, shanghai, '2026-03-01', '968')
    const api = await serveApi(context)
    const counts = async () =>
      (await api.get('/systems/账户1.0')).json.residuals.map(({ latest }: { latest: unknown }) => latest)
    return { ...api, context, shanghai, beijing, counts }
  }

  test('a round is kept as a whole, and sent again it changes nothing', async () => {
    const { post, get, counts, shanghai, beijing } = await register()
    const round = {
      day: TODAY,
      source: 'script',
      counts: { [shanghai]: { count: 950 }, [beijing]: { count: '3000+' } },
    }
    const first = await post('/readings', round)
    expect([first.status, first.json]).toMatchObject([
      200,
      {
        recorded: [
          {
            residualId: shanghai,
            before: { count: 968 },
            after: { count: 950, qualifier: 'exact' },
            meaning: 'fall',
          },
          {
            residualId: beijing,
            before: null,
            after: { count: 3000, qualifier: 'at_least' },
            meaning: 'first',
          },
        ],
        unchanged: [],
      },
    ])
    const told = (await get(first.json.round.replace('/api/v1', ''))).json
    expect(told).toMatchObject({ counts: [{ before: { count: 968 } }, { before: null }], effect: null })
    expect((await get('/rounds/1')).status).toBe(404)
    expect((await post('/readings', round)).json).toMatchObject({
      recorded: [],
      unchanged: [shanghai, beijing],
    })
    expect(await counts()).toMatchObject([{ count: 950 }, { count: 3000, qualifier: 'at_least' }])
    const again = await post('/readings', { ...round, counts: { [beijing]: { count: '3001+' } } })
    expect(again.json.recorded).toMatchObject([{ before: { count: 3000 }, meaning: 'corrected' }])
    const { readings } = (await get(`/residuals/${shanghai}`)).json
    expect(readings.items[0]).toMatchObject({ source: 'script', recordedBy: '林晓', supersededAt: null })
  })

  test('a count of zero is told by what it frees', async () => {
    const { get, context, shanghai, beijing } = await register()
    await addService(context, 'till', ['账户1.0'])
    await count(context, beijing, TODAY, '0')
    const [last] = await count(context, shanghai, TODAY, '0')
    const { effect, isRecomputed } = (await get(`/rounds/${last!.revision}`)).json
    expect(effect).toMatchObject({ blockersGone: ['residual:账户1.0'], blockersNew: [] })
    expect(isRecomputed).toBe(false)
    expect((await get(`/rounds/${last!.revision}`)).json.forecasts).toMatchObject([{ key: '账户1.0' }])
    await count(context, shanghai, TODAY, '7')
    expect((await get(`/rounds/${last!.revision}`)).json).toMatchObject({
      counts: [{ after: { count: 0 }, isInForce: false }],
      isRecomputed: true,
      effect: null,
    })
  })

  test('what may be a slip is asked back with both values, and confirmed by its answer', async () => {
    const { post, counts, shanghai } = await register()
    const round = { day: TODAY, counts: { [shanghai]: { count: 9680 } } }
    const asked = await post('/readings', round)
    expect(asked.status).toBe(422)
    expect(asked.headers.get('content-type')).toContain('application/problem+json')
    expect(asked.json).toMatchObject({ type: '/api/v1#needs_confirmation', status: 422 })
    expect(asked.json.errors.map(({ code }: { code: string }) => code)).toEqual([
      'reading.rise',
      'reading.jump',
    ])
    expect(asked.json.errors[1]).toMatchObject({
      in: 'body',
      path: `/counts/${shanghai}/count`,
      values: { from: 968, to: 9680 },
    })
    expect(asked.json.errors[0].message).toMatch(/^968 \(2026-03-01\) → 9,680/)
    expect(await counts()).toMatchObject([{ count: 968 }, null])
    const answers = asked.json.errors.map(({ answer }: { answer: string }) => answer)
    expect((await post('/readings', { ...round, answers })).json.recorded).toMatchObject([
      { after: { count: 9680 } },
    ])
  })

  test('whoever was overtaken by another count hears both', async () => {
    const { post, get, context, shanghai } = await register()
    const seen = (await get(`/residuals/${shanghai}`)).json.latestReading
    await recordReadings(context, { day: '2026-03-30', counts: { [shanghai]: { count: '960' } } })
    const asked = await post('/readings', { day: TODAY, counts: { [shanghai]: { count: 955, seen } } })
    expect([asked.status, asked.json.type]).toEqual([409, '/api/v1#changed_meanwhile'])
    expect(asked.json.errors[0].values).toMatchObject({ from: 960, to: 955, by: '林晓' })
    const earlier = { day: '2026-03-30', counts: { [shanghai]: { count: 961, seenUpTo: seen } } }
    expect((await post('/readings', earlier)).json.errors[0]).toMatchObject({
      code: 'reading.changed_meanwhile',
      values: { from: 960, day: '2026-03-30' },
    })
  })

  test('a round of too many counts is refused by their number, which the document names', async () => {
    const { post, get } = await register()
    const counts = Object.fromEntries(Array.from({ length: 33_000 }, (_, at) => [at + 1000, { count: 1 }]))
    const { status, json } = await post('/readings', { day: TODAY, counts })
    expect([status, json.errors]).toMatchObject([422, [{ path: '/counts', code: 'reading.too_many' }]])
    expect(json.errors[0].message).toBe(
      '33000 counts in one round; it takes 5000 at most. Enter them in several rounds',
    )
    const { paths } = (await get('/openapi.json')).json
    const body = JSON.stringify(paths['/readings']?.post ?? paths['/api/v1/readings'].post)
    expect(body).toContain('"maxProperties":5000')
  })

  test('one wrong count keeps the whole round from being written, and each is pointed at', async () => {
    const { post, counts, shanghai, beijing } = await register()
    const refused = async (round: unknown) => {
      const { status, json } = await post('/readings', round)
      return [status, ...json.errors.map(({ path, code }: Record<string, string>) => `${path} ${code}`)]
    }
    const one = (count: unknown, more = {}) => ({
      day: TODAY,
      counts: { [beijing]: { count: 5 }, [shanghai]: { count, ...more } },
    })
    const at = `/counts/${shanghai}`
    expect(await refused(one('3,000'))).toEqual([422, `${at}/count input.count_grouped`])
    expect(await refused(one(-1))).toEqual([422, `${at}/count input.count_negative`])
    expect(await refused(one(1.5))).toEqual([422, `${at}/count input.count_fraction`])
    expect(await refused(one(''))).toEqual([422, `${at}/count input.missing`])
    expect(await refused(one([1]))).toEqual([422, `${at}/count input.type`])
    expect(await refused(one(9, { amount: 1 }))).toEqual([422, `${at}/amount input.unknown_field`])
    expect(await refused({ ...one(9), day: '2026-04-01' })).toEqual([422, '/day day.future'])
    expect(await refused({ counts: {} })).toEqual([422, '/day input.missing'])
    expect(await refused({ day: TODAY })).toEqual([422, '/counts input.missing'])
    expect(await refused({ day: TODAY, counts: {}, who: 1 })).toEqual([422, '/who input.unknown_field'])
    expect(await refused([])).toEqual([422, ' input.not_an_object'])
    expect(await refused(`{"day":"${TODAY}","counts":{"__proto__":{"count":5}}}`)).toEqual([
      422,
      '/counts/__proto__ input.unknown_field',
    ])
    expect(await refused({ day: TODAY, counts: { x: { count: 5 } } })).toEqual([
      422,
      '/counts/x input.unknown_field',
    ])
    const nobody = { day: TODAY, counts: { [shanghai]: { count: 9 }, 999999999999999: { count: 5 } } }
    expect(await refused(nobody)).toEqual([422, '/counts/999999999999999 reading.no_residual'])
    const ahead = [422, '/day day.future', '/counts/999999999999999 reading.no_residual']
    expect(await refused({ ...nobody, day: '2026-04-01' })).toEqual(ahead)
    expect(await counts()).toMatchObject([{ count: 968 }, null])
  })

  test('all that is wrong with a round is told at once, each at its place', async () => {
    const { post, shanghai, beijing } = await register()
    const refused = async (round: unknown) => {
      const { status, json } = await post('/readings', round)
      return [status, ...json.errors.map(({ path, code }: Record<string, string>) => `${path} ${code}`)]
    }
    const counts = { 77: { count: 1 }, [beijing]: { count: '5 户' }, [shanghai]: { count: '3,000' } }
    expect(await refused({ day: '2026-04-01', counts })).toEqual([
      422,
      `/counts/${shanghai}/count input.count_grouped`,
      '/day day.future',
      '/counts/77 reading.no_residual',
    ])
    const read = { ...counts, [shanghai]: { count: 3000 } }
    expect(await refused({ day: '2026-02-01', counts: read })).toEqual([
      422,
      '/counts/77 reading.no_residual',
      `/counts/${shanghai}/count reading.before_first`,
      `/counts/${beijing}/count reading.other_unit`,
    ])
    expect(await refused({ day: 'soon', counts: [1] })).toEqual([
      422,
      '/day input.day',
      '/counts input.not_an_object',
    ])
  })
})
