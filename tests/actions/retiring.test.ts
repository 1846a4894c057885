import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
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
})
