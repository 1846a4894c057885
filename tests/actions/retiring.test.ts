import { describe, expect, test } from 'vitest'
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
})
