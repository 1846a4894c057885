import { describe, expect, test } from 'vitest'
import { createCost, createExpectedSaving, editCost } from '../../src/actions/money.ts'
import type { Question } from '../../src/actions/refusal.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { translator } from '../../src/http/languages.ts'
import { sayProblem } from '../../src/http/refusals.ts'
import { listCosts } from '../../src/store/money.ts'
import { addSystem, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('a second cost of one kind from one day is taken only after asking', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (amountFen: string, more = {}) =>
      createCost(context, { systemId }, { kind: 'people', amountFen, currency: 'USD', ...more })
    await add('8106.5')
    const [question] = await add('700').catch(refused => refused.questions)
    expect(question).toMatchObject({ code: 'cost.same_day', values: { knownFen: 810_650, typedFen: 70_000 } })
    const [zh, en] = (['zh', 'en'] as const).map(one => sayProblem(translator(one), one, question))
    expect([zh, en]).toEqual([
      expect.stringContaining('已记为 8,106.50 USD'),
      expect.stringContaining('with 700 USD?'),
    ])
    await add('700', { answers: [question.answer] })
    await add('900', { fromOn: '2026-03-01' })
    await add('40', { kind: 'machines' })
    expect((await listCosts(context.db, { systemId })).map(cost => cost.amountFen / 100)).toEqual([
      40, 8106.5, 700, 900,
    ])
  })

  test('a cost is not moved onto the day of another of its kind', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const cost = { kind: 'people', amountFen: '500', currency: 'CNY' }
    const old = await createCost(context, { systemId }, cost)
    const later = await createCost(context, { systemId }, { ...cost, amountFen: '700', fromOn: '2026-03-01' })
    const machines = await createCost(context, { systemId }, { ...cost, kind: 'machines' })
    const edit = (id: number, more: object) =>
      refusalOf(editCost(context, id, { ...cost, version: 1, ...more }))
    expect(await edit(old, { fromOn: '2026-03-01' })).toEqual(['fromOn: cost.taken_day'])
    expect(await edit(later, {})).toEqual(['fromOn: cost.taken_day'])
    expect(await edit(machines, {})).toEqual(['fromOn: cost.taken_day'])
    await withdraw(context, 'monthly_cost', later, { reason: '重复', version: 1 })
    expect(await edit(old, { fromOn: '2026-03-01' })).toEqual([])
  })

  test('only people are saved in person-months, and a saving says how much', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (more: object) =>
      refusalOf(createExpectedSaving(context, systemId, { kind: 'machines', currency: 'CNY', ...more }))
    expect(await add({})).toEqual(['amountFen: saving.no_amount'])
    expect(await add({ personMonths: '2' })).toEqual(['personMonths: saving.people_alone'])
    expect(await add({ kind: 'people', amountFen: '1', personMonths: '2' })).toEqual([
      'amountFen: saving.one_unit',
    ])
    expect(await add({ kind: 'people', personMonths: '2' })).toEqual([])
  })

  test('the same saving, and another cost of one day, are taken a second time only after asking', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const amount = { kind: 'machines', amountFen: '500', currency: 'CNY' }
    const save = (more = {}) => createExpectedSaving(context, systemId, { ...amount, ...more })
    await save()
    const [question] = await save().catch(refused => refused.questions)
    expect(question).toMatchObject({ path: 'amountFen', code: 'saving.same' })
    await save({ answers: [question.answer] })
    await save({ currency: 'USD' })
    const months = { kind: 'people', personMonths: '2', amountFen: '' }
    await save(months)
    expect(await refusalOf(save(months))).toEqual(['personMonths: saving.same'])
    await createCost(context, { systemId }, amount)
    const again = { ...amount, currency: 'USD' }
    expect(await refusalOf(createCost(context, { systemId }, again))).toEqual(['amountFen: cost.same_day'])
  })

  test('the very same cost is not asked about: it is recorded already', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (more = {}) =>
      createCost(context, { systemId }, { kind: 'people', amountFen: '100', currency: 'CNY', ...more })
    await add()
    const refused = await add({ note: '重复' }).catch(error => error)
    expect(refused.problems).toMatchObject([{ path: 'amountFen', code: 'cost.same' }])
    const said = (['zh', 'en'] as const).map(one => sayProblem(translator(one), one, refused.problems[0]))
    expect(said).toEqual([expect.stringContaining('100 CNY'), expect.stringContaining('recorded')])
    expect(said.join()).not.toMatch(/Replace|改按/)
    expect(await listCosts(context.db, { systemId })).toHaveLength(1)
    const [question] = await add({ currency: 'USD' }).catch(error => error.questions)
    const asked = await add({ currency: 'EUR', answers: [question.answer] }).catch(error => error.questions)
    expect(asked).toMatchObject([{ code: 'cost.same_day', values: { typedCurrency: 'EUR' } }])
  })

  test('a cost in another currency that would take the place of the one before is asked about', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (amountFen: string, currency: string, more = {}) =>
      createCost(
        context,
        { systemId },
        { kind: 'machines', amountFen, currency, fromOn: '2026-03-01', ...more },
      )
    await add('46000', 'CNY', { fromOn: null })
    await add('10', 'EUR', { kind: 'people' })
    const [asked] = await add('1000', 'USD').catch(error => error.questions)
    expect(asked).toMatchObject({
      path: 'currency',
      code: 'cost.other_currency',
      values: { knownFen: 4_600_000 },
    })
    expect(sayProblem(translator('en'), 'en', asked)).toContain('1,000 USD takes the place of 46,000 CNY')
    await add('1000', 'USD', { answers: [asked.answer] })
    expect(await refusalOf(add('2000', 'USD', { fromOn: '2026-03-02' }))).toEqual([])
    expect(await refusalOf(add('0', 'CNY', { fromOn: '2026-03-03' }))).toEqual([])
  })

  test('changing the currency of a cost, or its day, asks the same, of the one before and of the one after', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (amountFen: string, more = {}) =>
      createCost(context, { systemId }, { kind: 'machines', amountFen, currency: 'CNY', ...more })
    await add('64000')
    const id = await add('500', { fromOn: '2026-03-01' })
    await add('20', { fromOn: '2026-03-20' })
    const cost = { kind: 'machines', amountFen: '500', currency: 'CNY', fromOn: '2026-03-01' }
    const edit = (more: object) => editCost(context, id, { ...cost, version: 1, ...more })
    const asked = await edit({ currency: 'USD' }).catch(error => error.questions)
    expect(asked.map((one: Question) => sayProblem(translator('en'), 'en', one))).toEqual([
      expect.stringContaining('From 2026-03-01 on 500 USD takes the place of 64,000 CNY'),
      expect.stringContaining('From 2026-03-20 on 20 CNY takes the place of 500 USD'),
    ])
    const answers = asked.map(({ answer }: Question) => answer)
    await edit({ currency: 'USD', answers })
    const usd = { ...cost, currency: 'USD', version: 2 }
    expect(await refusalOf(editCost(context, id, { ...usd, note: '云主机' }))).toEqual([])
    const moved = { ...usd, version: 3, note: '云主机', fromOn: '2026-03-21' }
    const [again] = await editCost(context, id, moved).catch(error => error.questions)
    expect(again.values).toMatchObject({ day: '2026-03-21', knownFen: 2000, typedCurrency: 'USD' })
  })

  test('the history of an amount says of which currency it is', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const cost = { kind: 'machines', amountFen: '100', currency: 'USD' }
    const id = await createCost(context, { systemId }, cost)
    await editCost(context, id, { ...cost, amountFen: '12.99', version: 1 })
    const site = await serve(createApp(context))
    const { text } = await site.get('/history')
    expect(text.replace(/<[^>]*>/g, '')).toMatch(/100 USD\/月\s*→\s*12\.99 USD\/月/)
    expect(text).not.toContain('<del>USD</del>')
  })

  test('a cost of 0 beside others that nobody knows is no bound', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    await createCost(context, { systemId }, { kind: 'machines', amountFen: '0', currency: 'CNY' })
    const { get } = await serve(createApp(context))
    expect((await get('/')).text).toContain('>已知 0 CNY/月，其余不清楚<')
    await createCost(context, { systemId }, { kind: 'people', amountFen: '500', currency: 'CNY' })
    expect((await get('/')).text).toContain('>至少 500 CNY/月<')
  })
})
