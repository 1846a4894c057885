import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { changeStatus, createSystem, editSystem } from '../../src/actions/systems.ts'
import { createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-03-31'
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('a system retires with services that still run only after they were named', async () => {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context)
    await count(context, await addResidual(context, id), TODAY, '0')
    await addService(context, 'core', ['账户1.0'])
    const retire = (answers: string[]) =>
      changeStatus(context, id, { to: 'retired', on: TODAY, version: 1, answers })
    await expect(retire([])).rejects.toMatchObject({
      questions: [{ code: 'status.still_running', values: { services: 'core', count: 1 } }],
    })
    expect(await retire(['status.still_running:core'])).toMatchObject({ status: 'retired' })
  })

  test('who outside the estate still uses its services is named where it is said to be ready, and when it retires', async () => {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context)
    await count(context, await addResidual(context, id), TODAY, '0')
    for (const key of ['core', 'web']) await addService(context, key, ['账户1.0'])
    const use = { strength: 'hard', needs: 'from', declaredOn: TODAY, name: 'Blue Bank', provider: 'core' }
    await createExternal(context, use)
    const move = { to: 'retired', on: TODAY, version: 1 }
    const answers = ['status.still_running:core,web']
    await expect(changeStatus(context, id, { ...move, answers })).rejects.toMatchObject({
      questions: [
        { code: 'status.still_running' },
        { code: 'status.still_used', values: { consumers: 'Blue Bank', count: 1 } },
      ],
    })
    const site = await serve(createApp(context))
    const said =
      'Not all its services can go yet: core (the external consumer “Blue Bank” still uses core); web (nobody has confirmed that no one calls web).'
    for (const path of ['', '/status?to=retired'])
      expect((await site.get(`/systems/账户1.0${path}`, ENGLISH)).text).toContain(said)
    expect((await site.get('/systems/账户1.0')).text).toContain('它的服务还不能全部停：core（')
    answers.push('status.still_used:Blue Bank')
    expect(await changeStatus(context, id, { ...move, answers })).toMatchObject({ status: 'retired' })
  })

  test('a system that is to stay is retired by nobody, whichever comes first', async () => {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context, { role: 'stay' })
    const retire = (system: number, version: number) =>
      changeStatus(context, system, { to: 'retired', on: TODAY, overrideReason: '例外', version })
    expect(await refusalOf(retire(id, 1))).toEqual(['to: status.stays'])
    const typed = { key: 'OP', name: 'OP', role: 'legacy', status: 'draining' }
    const other = await addSystem(context, typed)
    await retire(other, 1)
    const kept = { key: 'OP', name: 'OP', role: 'stay', roleReason: '还要用', version: 2 }
    expect(await refusalOf(editSystem(context, other, kept))).toEqual(['role: system.retired_role'])
    const standing = { ...typed, key: 'till', role: 'stay', status: 'retired', statusReason: '文档' }
    expect(await refusalOf(createSystem(context, standing))).toEqual(['status: status.stays'])
  })

  /** Retired, when its 900 CNY a month ended; then moved to and fro, each answer given with the move. */
  async function openSaving(statusOn: string) {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context, { status: 'retired', statusOn, statusReason: '作业都已迁走' })
    const cost = { kind: 'machines', currency: 'CNY' }
    await createCost(context, { systemId: id }, { ...cost, amountFen: '900' })
    await createCost(context, { systemId: id }, { ...cost, amountFen: '0', fromOn: '2023-12-01' })
    return (version: number, to: string, on: string, answers: string[] = []) => {
      const why = { reason: '点错了', overrideReason: '例外' }
      return changeStatus(context, id, { to, on, ...why, version, answers })
    }
  }

  test('a second mistaken turn asks what it does to the saving, and the older day stays open', async () => {
    const move = await openSaving('2023-11-30')
    await move(1, 'draining', TODAY)
    const question = { path: 'on', code: 'status.other_day', values: { knownFen: 90000, typedFen: 0 } }
    const answer = `status.other_day:2023-11-30:${TODAY}:90000:0:CNY`
    await expect(move(2, 'retired', TODAY)).rejects.toMatchObject({ questions: [{ ...question, answer }] })
    await move(2, 'retired', TODAY, [answer])
    await move(3, 'draining', TODAY)
    expect(await refusalOf(move(4, 'retired', '2023-11-30'))).toEqual(['on: status.other_day'])
    expect(await refusalOf(move(4, 'retired', '2023-12-01'))).toEqual(['on: status.before_reopening'])
    const back = `status.other_day:${TODAY}:2023-11-30:0:90000:CNY`
    expect(await move(4, 'retired', '2023-11-30', [back])).toMatchObject({ statusOn: '2023-11-30' })
  })

  test('a day in place of an unknown one is asked about, and so is the way back to none', async () => {
    const move = await openSaving('')
    await move(1, 'draining', TODAY)
    expect(await refusalOf(move(2, 'retired', TODAY))).toEqual(['on: status.day_of_undated'])
    await move(2, 'retired', TODAY, [`status.other_day::${TODAY}:90000:0:CNY`])
    await move(3, 'draining', TODAY)
    expect(await refusalOf(move(4, 'retired', ''))).toEqual(['on: status.without_day'])
    const back = `status.other_day:${TODAY}::0:90000:CNY`
    expect(await move(4, 'retired', '', [back])).toMatchObject({ statusOn: null })
  })

  test('a system that saved nothing is retired as of another day without a question', async () => {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context, { status: 'retired', statusReason: '作业都已迁走' })
    await changeStatus(context, id, { to: 'draining', on: TODAY, reason: '又有单', version: 1 })
    const move = { to: 'retired', on: TODAY, overrideReason: '例外', version: 2 }
    expect(await changeStatus(context, id, move)).toMatchObject({ statusOn: TODAY })
  })
})
