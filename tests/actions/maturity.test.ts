import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { recordProfile, withdrawProfile } from '../../src/actions/maturity.ts'
import { closeResidual } from '../../src/actions/residuals.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { loadForecastSystems, outlookOf } from '../../src/store/forecasts.ts'
import { listKept } from '../../src/store/kept-forecasts.ts'
import { listProfiles } from '../../src/store/maturity.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ADDS_UP = '到期日\t数量\n2026年9月1日\t60\n２０２６-12-01，30\n\n-;10'

describe.each(databases)('on $name', ({ open }) => {
  /** A hundred orders of a draining system, counted in March. */
  async function hundred(text = '100') {
    const context = contextOn(TODAY, await open())
    const systemId = await addSystem(context)
    const id = await addResidual(context, systemId)
    await count(context, id, '2026-03-15', text)
    return { context, systemId, id }
  }

  async function profileNote(context: Context, systemId: number, day = TODAY) {
    const [system] = await loadForecastSystems(context.db, [systemId], day, 1)
    const [residual] = outlookOf(system!, day).residuals
    return residual!.forecast.kind === 'running' ? residual!.forecast.profile : residual!.forecast.kind
  }

  test('pasted end days are kept, logged, and decide the forecast', async () => {
    const { context, systemId, id } = await hundred()
    expect(await profileNote(context, systemId)).toBeNull()
    await recordProfile(context, id, { day: '2026-03-20', ends: ADDS_UP, source: '合同台账' })
    const [profile] = await listProfiles(context.db, id)
    expect(profile).toMatchObject({ day: '2026-03-20', recordedBy: '林晓', source: '合同台账' })
    expect(profile!.ends).toEqual([
      { endsOn: '2026-09-01', count: 60 },
      { endsOn: '2026-12-01', count: 30 },
      { endsOn: null, count: 10 },
    ])
    expect(await profileNote(context, systemId)).toEqual({
      kind: 'adds_up',
      profile: 100,
      count: 100,
      open: 10,
      withoutEnd: 10,
    })
    const [entry] = await listHistory(context.db, { noun: 'maturity_profile' }, 5)
    expect(entry).toMatchObject({ action: 'record-maturity-profile', systemId, label: '账户1.0 / 上海德祐' })
    expect(JSON.parse(entry!.after!)).toMatchObject({
      contracts: 100,
      lastEndOn: '2026-12-01',
      withoutEnd: 10,
    })
  })

  test('a newer profile takes the place of the older one, and gives it back when it is withdrawn', async () => {
    const { context, systemId, id } = await hundred()
    await recordProfile(context, id, { day: '2026-03-20', ends: '2026-09-01,100' })
    const newer = await recordProfile(context, id, { day: '2026-03-25', ends: '2027-09-01,60\n-,40' })
    await recordProfile(context, id, { day: '2026-03-16', ends: '2029-09-01,100' })
    expect(await profileNote(context, systemId)).toMatchObject({ kind: 'adds_up', open: 40 })
    expect(await refusalOf(withdrawProfile(context, newer, { reason: '', version: 1 }))).toEqual([
      'reason: input.missing',
    ])
    await withdrawProfile(context, newer, { reason: '台账错了', version: 1 })
    expect(await refusalOf(withdrawProfile(context, newer, { reason: '再撤', version: 2 }))).toEqual([
      'reason: input.withdrawn',
    ])
    expect(await profileNote(context, systemId)).toMatchObject({ kind: 'adds_up', open: 0 })
    expect((await listProfiles(context.db, id)).map(({ day }) => day)).toEqual([
      '2026-03-25',
      '2026-03-20',
      '2026-03-16',
    ])
  })

  test('forecasts with contract end days are kept and judged apart', async () => {
    const { context, systemId, id } = await hundred()
    await recordProfile(context, id, { day: '2026-03-20', ends: '2026-09-01,100' })
    await publishForecasts(context)
    const kept = await listKept(context.db, systemId)
    expect(kept.map(({ residualId, method }) => [residualId, method])).toEqual([
      [null, 'log-normal-1+contract-ends'],
      [id, 'log-normal-1+contract-ends'],
    ])
  })

  test('every wrong line is named, and nothing is kept', async () => {
    const { context, systemId, id } = await hundred()
    const rough = await addResidual(context, systemId, { key: '约', name: '约' })
    await count(context, rough, '2026-03-15', '~100')
    const bound = await addResidual(context, systemId, { key: '至少', name: '至少' })
    await count(context, bound, '2026-03-15', '100+')
    const before = await readRevision(context.db)
    for (const [of, ends, refusal] of [
      [id, '2026-09-01,99', 'ends: maturity.too_few'],
      [id, '2026-09-01,101', 'ends: maturity.too_many'],
      [rough, '2026-09-01,94', 'ends: maturity.too_few'],
      [bound, '2026-09-01,99', 'ends: maturity.too_few'],
      [id, '2026-09-01,0', 'ends: maturity.empty'],
      [id, '2026-09-01,60\n2026-09-01,40', 'ends: maturity.twice'],
      [id, '-,60\n无,40', 'ends: maturity.twice'],
      [id, '2026-02-30,100', 'ends: maturity.not_a_day'],
      [id, '2026-03-20,100', 'ends: maturity.past'],
      [id, '9999-12-31,100', 'ends: maturity.far'],
      [id, '2026-09-01,-100', 'ends: maturity.negative'],
      [id, '2026-09-01,1,000', 'ends: maturity.grouped'],
      [id, '2026-09-01,1e2', 'ends: maturity.not_a_count'],
      [id, '2026-09-01', 'ends: maturity.no_count'],
      [id, '2026-09-01,', 'ends: maturity.no_count'],
      [id, 'abc', 'ends: maturity.no_count'],
      [id, '2'.repeat(10_001), 'ends: input.too_long'],
      [id, '', 'ends: input.missing'],
    ] as const)
      expect(await refusalOf(recordProfile(context, of, { day: '2026-03-20', ends })), ends).toEqual([
        refusal,
      ])
    expect(await readRevision(context.db)).toBe(before)
  })

  test('a profile is of a day that was counted, not ahead, and of a residual that is open', async () => {
    const { context, id } = await hundred()
    const on = (day: string) => refusalOf(recordProfile(context, id, { day, ends: '2026-09-01,100' }))
    expect(await on('2026-03-14')).toEqual(['day: maturity.not_counted'])
    expect(await on('2026-04-01')).toEqual(['day: day.future'])
    expect(await refusalOf(recordProfile(context, 999, { day: TODAY, ends: '-,1' }))).toEqual(['NotFound'])
    await count(context, id, '2026-03-30', '0')
    const answers = ['close:0:exact:last']
    await closeResidual(context, id, { on: TODAY, reason: '完结', answers, version: 1 })
    expect(await on('2026-03-20')).toEqual(['day: reading.residual_closed'])
  })

  test('a sum that is too small proposes a line that the form takes; a wrong day hides no wrong line', async () => {
    const { context, id } = await hundred('3000')
    const { get, post } = await serve(createApp(context))
    const address = `/residuals/${id}/maturity/new`
    const sent = { day: TODAY, ends: '2026-09-01,202' }
    const { text } = await post(address, sent)
    expect(text).toContain('少了 2,798。没有到期日的合同单独写一行：-,2798')
    const kept = await post(address, { ...sent, ends: `${sent.ends}\n-,2798` })
    expect(kept.status).toBe(303)
    const page = (await get(`/residuals/${id}`)).text
    expect(page).toContain('有到期日的最后一份 2026-09-01 到期，另有 2,798 份没有到期日。')
    expect(page).toContain('何时清空看登记的合同到期日，其余是同类存量的一般情形')
    const wrong = { ends: 'soon,40\n2026-03-01,2' }
    for (const [day, codes] of [
      ['2026-02-30', ['day: input.day', 'ends: maturity.not_a_day']],
      ['2026-04-01', ['day: day.future', 'ends: maturity.not_a_day', 'ends: maturity.past']],
    ] as const)
      expect(await refusalOf(recordProfile(context, id, { ...wrong, day }))).toEqual(codes)
  })

  test('the form says what the lines have to add up to', async () => {
    for (const [counted, said] of [
      ['100', '须等于分布当日有效的读数'],
      ['100+', '不能少于这个下限'],
      ['~100', '相差不超过 5%'],
    ] as const) {
      const { context, id } = await hundred(counted)
      const { get } = await serve(createApp(context))
      expect((await get(`/residuals/${id}/maturity/new`)).text).toContain(said)
    }
  })

  test('a refused profile keeps what was typed and names every line; a kept one is on the page', async () => {
    const { context, id } = await hundred('~100')
    const { get, post } = await serve(createApp(context))
    const english = { cookie: 'lang=en' }
    const address = `/residuals/${id}/maturity/new`
    const wrong = { day: TODAY, ends: 'soon,40\n2026-09-01,x', note: 'from the ledger', source: '' }
    const refused = await post(address, wrong, english)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Line 1: “soon” is no day')
    expect(refused.text).toContain('Line 2: “x” is no whole number')
    expect(refused.text).toContain('soon,40\n2026-09-01,x</textarea>')
    expect(refused.text).toContain('from the ledger')
    const kept = await post(address, { ...wrong, ends: '2026-09-01 97' }, english)
    expect([kept.status, kept.headers.get('location')]).toEqual([303, `/residuals/${id}?done=4#maturity`])
    const page = await get(`/residuals/${id}`, english)
    expect(page.text).toContain('The last one ends on 2026-09-01.')
    const used = 'By the contract end days 97 should be left, about 100 were counted'
    expect(page.text).toContain(used)
    expect((await get('/forecast/export.csv', english)).text).toMatch(
      new RegExp(`,Maturity profile\\r?\\n.*,"?${used}`, 's'),
    )
    expect((await get('/maturity-profiles/1/withdraw', english)).status).toBe(200)
    expect((await get('/maturity-profiles/9/withdraw', english)).status).toBe(404)
  })
})
