import { describe, expect, test } from 'vitest'
import { createCost, createExpectedSaving } from '../../src/actions/money.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { type Answer, serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  /** What has an amount, and two people with its form before them. */
  async function twoPeople() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const amount = { kind: 'people', amountFen: '7', currency: 'CNY' }
    const residualId = await addResidual(context, systemId)
    const edits = {
      cost: `/costs/${await createCost(context, { systemId }, amount)}/edit`,
      saving: `/savings/${await createExpectedSaving(context, systemId, amount)}/edit`,
      residual: `/residuals/${residualId}/edit`,
    }
    const site = await serve(createApp(context))
    const send = async (path: string, form: Answer, changed: Record<string, string>) =>
      site.post(path, { ...fieldsOf(form.text), ...changed })
    const countIt = async () => count(context, residualId, '2026-03-30', '40')
    return { site, edits, send, countIt }
  }

  test('an amount and its currency are one value: who changed either chooses between both', async () => {
    const { site, edits, send } = await twoPeople()
    for (const [theirs, yours, rows] of [
      [{ currency: 'EUR' }, { amountFen: '300' }, ['<td>7</td><td>300</td>', '<td>EUR</td><td>CNY</td>']],
      [{ amountFen: '80' }, { currency: 'USD' }, ['<td>80</td><td>300</td>', '<td>CNY</td><td>USD</td>']],
    ] as const) {
      const [first, second] = [await site.get(edits.cost), await site.get(edits.cost)]
      expect((await send(edits.cost, first, { ...theirs, source: '合同' })).status).toBe(303)
      const late = await send(edits.cost, second, yours)
      expect(late.status).toBe(409)
      for (const row of rows) expect(late.text).toContain(row)
      expect(late.text).toContain('<p>每月金额、币种合起来才是一个值：')
      expect(late.text).not.toContain('只有你改了')
      const typed = { amountFen: '300', currency: 'CNY', ...yours }
      expect(fieldsOf(late.text)).toMatchObject({ ...typed, source: '合同' })
      expect((await send(edits.cost, late, {})).status).toBe(303)
      expect(fieldsOf((await site.get(edits.cost)).text)).toMatchObject({ ...typed, source: '合同' })
    }
  })

  test('an amount is compared as it stands on pages', async () => {
    const { site, edits, send } = await twoPeople()
    const [first, second] = [await site.get(edits.cost), await site.get(edits.cost)]
    await send(edits.cost, first, { amountFen: '38500' })
    const late = await send(edits.cost, second, { amountFen: '40000.50' })
    expect(late.text).toContain('<td>38,500</td><td>40,000.50</td>')
    expect(fieldsOf(late.text)).toMatchObject({ amountFen: '40000.50' })
  })

  test('an expected saving is one value with its currency, or is person-months instead', async () => {
    const { site, edits, send } = await twoPeople()
    const path = edits.saving
    const others: Record<string, string>[] = [{ currency: 'EUR' }, { amountFen: '', personMonths: '2' }]
    for (const theirs of others) {
      const [first, second] = [await site.get(path), await site.get(path)]
      expect((await send(path, first, theirs)).status).toBe(303)
      const late = await send(path, second, { amountFen: '300' })
      const mine = { amountFen: '300', currency: 'CNY', personMonths: '' }
      expect([late.status, fieldsOf(late.text)]).toEqual([409, expect.objectContaining(mine)])
      expect((await send(path, late, {})).status).toBe(303)
      expect((await send(path, await site.get(path), { amountFen: '7' })).status).toBe(303)
    }
  })

  test('a baseline and a rate are read in the unit that the other changes, and only then', async () => {
    const { site, edits, send } = await twoPeople()
    const [first, second] = [await site.get(edits.residual), await site.get(edits.residual)]
    const third = await site.get(edits.residual)
    await send(edits.residual, first, { unit: 'account', declaredRate: '5' })
    const late = await send(edits.residual, second, { baseline: '500' })
    expect(late.text).toContain('<th scope="row">单位</th>')
    expect(late.text).toContain('<th scope="row">起始存量</th><td>–</td><td>500</td>')
    expect(fieldsOf(late.text)).toMatchObject({ unit: 'order', baseline: '500', declaredRate: '' })
    const far = await send(edits.residual, third, { segment: '上海' })
    expect(far.text).toContain('只有你改了')
    expect(fieldsOf(far.text)).toMatchObject({ unit: 'account', declaredRate: '5', segment: '上海' })
    const [one, other] = [await site.get(edits.residual), await site.get(edits.residual)]
    await send(edits.residual, one, { declaredRate: '7' })
    expect((await send(edits.residual, other, { baseline: '900' })).text).toContain('只有你改了：起始存量。')
  })
  test('the unit of what is counted cannot change, and asking for it drops nobody’s rate', async () => {
    const { site, edits, send, countIt } = await twoPeople()
    await countIt()
    const [first, second] = [await site.get(edits.residual), await site.get(edits.residual)]
    await send(edits.residual, first, { declaredRate: '5' })
    const late = await send(edits.residual, second, { unit: 'account', note: '乙写的' })
    const mine = await send(edits.residual, late, {})
    expect([mine.status, mine.text.includes('id="changed"')]).toEqual([422, true])
    expect(late.text).toContain('只有你改了：单位、备注。')
    expect(mine.text).toContain('只有你改了：备注。')
    const kept = { declaredRate: '5', declaredRateOn: '2026-03-31', note: '乙写的' }
    expect(fieldsOf(mine.text)).toMatchObject({ unit: 'account', ...kept })
    expect((await send(edits.residual, mine, { unit: 'order' })).status).toBe(303)
    expect(fieldsOf((await site.get(edits.residual)).text)).toMatchObject({ unit: 'order', ...kept })
  })

  test('a unit refused because it was counted meanwhile brings back what its choice had dropped', async () => {
    const { site, edits, send, countIt } = await twoPeople()
    const [first, second] = [await site.get(edits.residual), await site.get(edits.residual)]
    await send(edits.residual, first, { declaredRate: '5', baseline: '70' })
    const late = await send(edits.residual, second, { unit: 'account', baseline: '900' })
    expect(fieldsOf(late.text)).toMatchObject({ unit: 'account', declaredRate: '' })
    await countIt()
    const mine = await send(edits.residual, late, {})
    expect(mine.status).toBe(422)
    expect(mine.text).toContain('<th scope="row">起始存量</th><td>70</td><td>900</td>')
    expect(fieldsOf(mine.text)).toMatchObject({ unit: 'account', baseline: '900', declaredRate: '5' })
    const cleared = await send(edits.residual, mine, { declaredRate: '' })
    expect(fieldsOf(cleared.text)).toMatchObject({ baseline: '900', declaredRate: '' })
  })
})
