import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { listEvents } from '../../src/store/events.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addService, addSystem, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  /** 账户1.0 is draining, and nothing is recorded of what remains. */
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const system = async () => (await findSystem(context.db, '账户1.0'))!
    return { context, db: context.db, system, site: await serve(createApp(context)) }
  }

  test('an address that asks for a move that is gone chooses nothing in its place', async () => {
    const { site } = await openSystem()
    const chosen = /<option value="[a-z_]+" selected/
    expect((await site.get(`${SYSTEM}/status?to=retired`)).text).toMatch(chosen)
    for (const [to, said] of [
      ['draining', '它已经是“待存量单完结”，不用再改。'],
      ['migrating', '不能改成它'],
      ['bogus', '网址里的状态不存在'],
    ] as const) {
      const { text } = await site.get(`${SYSTEM}/status?to=${to}`)
      expect(text).toContain(said)
      expect(text).not.toMatch(chosen)
    }
  })

  test('whoever asks for the hold that is there is led to its review day, and told once where it stands', async () => {
    const { site, system } = await openSystem()
    const version = String((await system()).version)
    const hold = { to: 'on_hold', on: '2026-03-01', reason: '等预算', reviewOn: '2026-06-01', version }
    await site.post(`${SYSTEM}/status`, hold)
    const { text } = await site.get(`${SYSTEM}/status?to=on_hold`)
    expect(text).toContain('它已经是“暂缓”，不用再改。')
    expect(text).toMatch(/现在暂缓，2026-06-01 复查：等预算<\/span> <a class="nowrap" href="[^"]+\/hold">/)
    expect(text).not.toContain('现在是“暂缓”。')
  })

  test('whoever decides on an old status sees the present one beside what they typed', async () => {
    const { site, system } = await openSystem()
    const version = String((await system()).version)
    const hold = { to: 'on_hold', on: '2026-03-01', reason: '等预算', reviewOn: '2026-06-01', version }
    expect((await site.post(`${SYSTEM}/status`, hold)).status).toBe(303)
    const late = { to: 'cancelled', on: '2026-03-31', reason: '业务保留', version }
    const { status, text } = await site.post(`${SYSTEM}/status`, late)
    expect(status).toBe(409)
    for (const row of [
      '<td>暂缓</td><td>取消下线</td>',
      '<td>2026-03-01</td><td>2026-03-31</td>',
      '<td>等预算</td><td>业务保留</td>',
    ])
      expect(text).toContain(row)
  })

  test('whether a system is to go at all is changed only with a reason', async () => {
    const { site, system, db } = await openSystem()
    const typed = { key: '账户1.0', name: '账户1.0', role: 'stay', version: String((await system()).version) }
    const refused = await site.post(`${SYSTEM}/edit`, typed)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('角色变了')
    expect((await site.post(`${SYSTEM}/edit`, { ...typed, roleReason: '二期还要用' })).status).toBe(303)
    expect(await system()).toMatchObject({ role: 'stay' })
    expect((await listHistory(db, {}, 1))[0]).toMatchObject({ why: '二期还要用' })
    const { text } = await site.get(SYSTEM)
    expect(text).toContain('2026-03-31 由 林晓 改定：二期还要用')
    expect(text).toContain('它要保留，不下线。')
    expect(text).not.toContain('仍在使用')
    expect(text).toContain('角色是“保留”的系统不下线')
    expect((await site.get('/')).text).toContain('<small>保留</small>')
  })

  test('a system that is added as on hold says why and until when', async () => {
    const { site, context } = await openSystem()
    const typed = { key: 'OP', name: 'OP', role: 'legacy', status: 'on_hold' }
    const refused = await site.post('/systems/new', typed)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('状态是“暂缓”要写明原因')
    expect(refused.text).toContain('暂缓要定一个复查日')
    const explained = { ...typed, statusReason: '等预算', reviewOn: '2026-06-01' }
    expect((await site.post('/systems/new', explained)).status).toBe(303)
    expect(await findSystem(context.db, 'OP')).toMatchObject({ reviewOn: '2026-06-01' })
  })

  test('keys that differ only in case, and the address of a form, are taken', async () => {
    const { context, system } = await openSystem()
    await addService(context, 'Wallet-Center')
    expect(await refusalOf(addService(context, 'wallet-center'))).toEqual(['key: input.similar_key'])
    expect(await refusalOf(addService(context, 'new'))).toEqual(['key: input.reserved_key'])
    expect(await refusalOf(addSystem(context, { key: 'new' }))).toEqual(['key: input.reserved_key'])
    await addSystem(context, { key: 'OP' })
    for (const key of ['op', 'ＯＰ'])
      expect(await refusalOf(addSystem(context, { key }))).toEqual(['key: input.similar_key'])
    const [one, other] = [(await system()).id, await addSystem(context, { key: 'till' })]
    await addResidual(context, one, { key: 'Till' })
    expect(await refusalOf(addResidual(context, one, { key: 'till' }))).toEqual(['key: input.similar_key'])
    expect(await refusalOf(addResidual(context, other, { key: 'till' }))).toEqual([])
  })

  test('a baseline lies behind and a declared zero ahead', async () => {
    const { context, system } = await openSystem()
    const add = async (days: Record<string, string>) =>
      refusalOf(addResidual(context, (await system()).id, days))
    expect(await add({ baseline: '5', baselineOn: '2027-01-01' })).toEqual(['baselineOn: day.future'])
    expect(await add({ declaredZeroOn: '2026-03-31' })).toEqual(['declaredZeroOn: day.not_future'])
    expect(await add({ baselineOn: '2026-03-31' })).toEqual(['baseline: residual.baseline_missing'])
    expect(await add({ baseline: '5', baselineOn: '2026-03-31', declaredZeroOn: '2026-04-01' })).toEqual([])
  })

  test('an event more than ten years away is asked about before it is marked', async () => {
    const { context, system } = await openSystem()
    const mark = async (day: string, answers: string[] = []) =>
      refusalOf(createEvent(context, (await system()).id, { day, kind: 'cutover', title: '切量', answers }))
    for (const day of ['1800-01-01', '2206-05-01']) {
      expect(await mark(day)).toEqual(['day: event.far_day'])
      expect(await mark(day, [`event.far_day:${day}`])).toEqual([])
    }
    expect(await mark('2019-05-01')).toEqual([])
  })

  test('what was withdrawn offers no form, and refuses one that is still open, with a way back', async () => {
    const { context, site, system } = await openSystem()
    const gate = { key: '切量', name: '切量', kind: 'cutover', state: 'open' }
    const id = await createGate(context, { systemId: (await system()).id }, gate)
    await withdraw(context, 'gate', id, { reason: '重复', version: 1 })
    for (const step of ['edit', 'withdraw', 'close', 'reopen', 'waive']) {
      const path = `/gates/${id}/${step}`
      for (const answer of [await site.get(path), await site.post(path, { reason: '再撤', version: '2' })]) {
        expect([answer.status, answer.text], step).toEqual([409, expect.stringContaining('不能再改')])
        expect(answer.text).toContain(`<a class="button quiet" href="${SYSTEM}">`)
      }
    }
    await changeStatus(context, (await system()).id, {
      to: 'cancelled',
      on: '2026-03-31',
      reason: '保留',
      version: 1,
    })
    const [mark] = await listEvents(context.db, { systemId: (await system()).id }, 1)
    expect((await site.get(`/events/${mark!.id}/edit`)).text).toContain('留下的标记')
  })

  test('a change of status stands in the history once, with its mark on the course', async () => {
    const { site, db, system } = await openSystem()
    const before = (await listHistory(db, {}, 100)).length
    const hold = { to: 'on_hold', on: '2026-03-01', reason: '等预算', reviewOn: '2026-06-01' }
    await site.post(`${SYSTEM}/status`, { ...hold, version: String((await system()).version) })
    expect(await listHistory(db, {}, 100)).toHaveLength(before + 1)
    expect((await site.get(SYSTEM)).text).toContain('待存量单完结 → 暂缓')
  })
})
