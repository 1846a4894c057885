import { describe, expect, test } from 'vitest'
import { changeStatus, createSystem, editSystem } from '../../src/actions/systems.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

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
