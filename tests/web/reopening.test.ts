import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const STATUS = '/systems/Azkaban/status'
const SAVED = '90,000 CNY/month'

describe.each(databases)('on $name', ({ open }) => {
  /** Retired in 2023, when its 90,000 CNY a month ended. */
  async function openRetired(statusOn = '2023-11-30') {
    const context = contextOn('2026-03-31', await open())
    const retired = { status: 'retired', statusOn, statusReason: '作业都已迁走' }
    const systemId = await addSystem(context, { key: 'Azkaban', name: 'Azkaban', ...retired })
    const cost = { kind: 'machines', currency: 'CNY' }
    await createCost(context, { systemId }, { ...cost, amountFen: '90000' })
    await createCost(context, { systemId }, { ...cost, amountFen: '0', fromOn: '2023-12-01' })
    await count(context, await addResidual(context, systemId), '2023-11-30', '0')
    const site = await serve(createApp(context))
    const move = (version: number, typed: Record<string, string>) =>
      site.post(STATUS, { version: String(version), ...typed }, ENGLISH)
    const read = async (path: string) => (await site.get(path, ENGLISH)).text
    return { move, read, site }
  }
  const reopen = { to: 'draining', on: '2026-03-31', reason: '点错了' }

  test('taking a retired system up again says which saving ends, before and after', async () => {
    const { move, read, site } = await openRetired()
    expect(await read('/')).toContain(SAVED)
    const form = await read(`${STATUS}?to=draining`)
    expect(form).toContain(`Taking it up again ends its realised saving of ${SAVED}.`)
    expect((await site.get(STATUS)).text).toContain('一旦恢复，已实现的节省（90,000 CNY/月）就到此为止。')
    const { headers } = await move(1, reopen)
    const answer = await read(headers.get('location')!)
    expect(answer).toContain(`Its realised saving of ${SAVED} has ended.`)
    expect(answer).toContain('It had been retired on 2023-11-30. If it was taken up again by mistake')
    expect(await read('/')).not.toContain(SAVED)
  })

  test('one that was taken up again by mistake is retired again as of its former day, and saves what it saved', async () => {
    const { move, read } = await openRetired()
    await move(1, reopen)
    expect(await read(STATUS)).toContain('It had been retired on 2023-11-30.')
    const refused = await move(2, { to: 'retired', on: '2023-11-29' })
    expect([refused.status, refused.text.includes('had been retired: 2023-11-30')]).toEqual([422, true])
    const { status, headers } = await move(2, { to: 'retired', on: '2023-11-30' })
    expect(status).toBe(303)
    expect(await read(headers.get('location')!)).toContain(`Its realised saving is now ${SAVED}.`)
    expect(await read('/')).toContain(SAVED)
    const history = await read('/history')
    for (const move of ['<del>retired</del>', '<del>draining</del>'])
      expect(history.toLowerCase()).toContain(move)
  })

  test('where nobody knows when it had been retired, it is retired again without a day', async () => {
    const { move, read } = await openRetired('')
    const { headers } = await move(1, reopen)
    for (const path of [headers.get('location')!, STATUS])
      expect(await read(path)).toContain('retire it again and leave the day empty')
    const refused = await move(2, { to: 'retired', on: '2023-11-30' })
    expect([refused.status, refused.text.includes('leave the day empty: when')]).toEqual([422, true])
    const missing = await move(2, { to: 'on_hold', on: '', reason: '等预算', reviewOn: '2026-12-31' })
    expect(missing.status).toBe(422)
    expect(await read(`${STATUS}?to=retired`)).toContain('name="on" value=""')
    const again = await move(2, { to: 'retired', on: '' })
    expect(await read(again.headers.get('location')!)).toContain(`Its realised saving is now ${SAVED}.`)
    expect(await read('/systems/Azkaban')).toContain('since when is unknown')
  })

  test('the form proposes the former day, and asks before another one ends the saving', async () => {
    const { move, read, site } = await openRetired()
    await move(1, reopen)
    expect(await read(`${STATUS}?to=retired`)).toContain('name="on" value="2023-11-30"')
    expect(await read(`${STATUS}?to=cancelled`)).toContain('name="on" value="2026-03-31"')
    const typed = { to: 'retired', on: '2026-03-31' }
    const { status, text } = await move(2, typed)
    expect(status).toBe(422)
    expect(text).toContain(
      'Its retirement had been on 2023-11-30. As of 2026-03-31, its realised saving is 0 CNY a month instead of 90,000 CNY. Retire it as of 2026-03-31?',
    )
    expect((await site.post(STATUS, { version: '2', ...typed })).text).toContain(
      '改填 2026-03-31，已实现的节省就从每月 90,000 CNY 变为每月 0 CNY。确定填 2026-03-31？',
    )
  })

  test('whatever came between, the former day stays open, and the form says by which way', async () => {
    const { move, read } = await openRetired()
    await move(1, reopen)
    await move(2, { to: 'on_hold', on: '2026-03-31', reason: '等预算', reviewOn: '2026-12-31' })
    expect(await read(STATUS)).toContain('“Retired” can be chosen after “Draining”.')
    await move(3, { to: 'cancelled', on: '2026-03-31', reason: '业务保留' })
    expect(await read(STATUS)).toContain('retire it again with that day')
    expect(await read(STATUS)).toContain('“Retired” can be chosen after “Migrating → Draining”.')
    await move(4, { to: 'migrating', on: '2026-03-31', reason: '还是要下线' })
    await move(5, { to: 'draining', on: '2026-03-31' })
    expect(await read(`${STATUS}?to=retired`)).toContain('name="on" value="2023-11-30"')
    const again = await move(6, { to: 'retired', on: '2023-11-30' })
    expect(await read(again.headers.get('location')!)).toContain(`Its realised saving is now ${SAVED}.`)
  })

  test('who went although not ready is offered that reason again, and another choice keeps its own', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context, { key: 'Azkaban', name: 'Azkaban' })
    const site = await serve(createApp(context))
    const form = async (to: string) => (await site.get(`${STATUS}?to=${to}`, ENGLISH)).text
    expect(await form('retired')).toContain('name="overrideReason"')
    const retired = { to: 'retired', on: '2026-03-01', overrideReason: '机房搬迁' }
    await changeStatus(context, id, { ...retired, version: 1 })
    await changeStatus(context, id, { ...reopen, version: 2 })
    expect(await form('retired')).toMatch(/name="overrideReason"[^>]*>机房搬迁</)
    expect(await form('cancelled')).not.toContain('机房搬迁')
    const stays = { to: 'cancelled', on: '2026-03-31', reason: '业务保留', overrideReason: '机房搬迁' }
    await changeStatus(context, id, { ...stays, version: 3 })
    expect((await listHistory(context.db, {}, 1))[0]).toMatchObject({ why: '业务保留' })
  })
  test('the other days of its retirements are named whichever of them is the latest', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addSystem(context, { key: 'Azkaban', name: 'Azkaban' })
    const site = await serve(createApp(context))
    const days = ['2025-01-10', '2025-06-20', '2025-01-10']
    for (const [at, on] of days.entries()) {
      await changeStatus(context, id, { to: 'retired', on, overrideReason: '机房搬迁', version: 2 * at + 1 })
      await changeStatus(context, id, { ...reopen, on, version: 2 * at + 2 })
    }
    const english = (await site.get(`${STATUS}?to=retired`, ENGLISH)).text
    expect(english).toContain('name="on" value="2025-01-10"')
    expect(english).toContain('Its retirement has had other days, which may be given, too: 2025-06-20.')
    expect((await site.get(STATUS)).text).toContain('它还登记过别的下线日：2025-06-20，也可以填。')
  })
})
