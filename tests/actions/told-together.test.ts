import { describe, expect, test } from 'vitest'
import { extendHold } from '../../src/actions/holds.ts'
import { createResidual, editResidual } from '../../src/actions/residuals.ts'
import { createService, editService } from '../../src/actions/services.ts'
import { createSystem, editSystem } from '../../src/actions/systems.ts'
import { addResidual, addService, addSystem, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const LONG = '名'.repeat(201)

describe.each(databases)('what is wrong is told at once, on $name', ({ open }) => {
  test('a key that is taken beside a name that is too long', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const other = await addSystem(context, { key: 'OP', name: 'OP' })
    await addService(context, 'till')
    const bank = await addService(context, 'bank')
    await addResidual(context, systemId)
    const second = await addResidual(context, systemId, { key: '装贝', name: '装贝' })
    const [key, tooLong] = ['key: input.duplicate_key', 'name: input.too_long']
    const named = (key: string, more = {}) => ({ key, name: LONG, role: 'legacy', version: 1, ...more })
    const { version: _, ...added } = named('账户1.0', { status: 'draining' })
    for (const action of [
      () => createSystem(context, added),
      () => editSystem(context, other, named('账户1.0')),
      () => createService(context, { key: 'till', name: LONG }),
      () => editService(context, bank, named('till')),
      () => createResidual(context, systemId, { key: '上海德祐', name: LONG, unit: 'order' }),
    ])
      expect((await refusalOf(action())).sort()).toEqual([key, tooLong])
    const kept = { key: '装贝', name: LONG, unit: 'order', version: 1 }
    expect(await refusalOf(editResidual(context, second, kept))).toEqual([tooLong])
    expect(await refusalOf(editSystem(context, other, named('OP')))).toEqual([tooLong])
  })

  test('a review day that is past beside a reason that is missing', async () => {
    const context = contextOn('2026-03-31', await open())
    const held = { status: 'on_hold', statusReason: '等预算', reviewOn: '2026-05-01' }
    const id = await addSystem(context, held)
    expect(await refusalOf(extendHold(context, id, { reviewOn: '2026-03-01', version: 1 }))).toEqual([
      'reason: input.missing',
      'reviewOn: day.not_future',
    ])
  })

  test('every wrong day of a residual, and its key', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const residual = { key: '上海德祐', name: '上海德祐', unit: 'order' }
    await createResidual(context, systemId, residual)
    const wrong = { baselineOn: '2027-01-01', declaredZeroOn: '2026-01-01' }
    expect(await refusalOf(createResidual(context, systemId, { ...residual, ...wrong }))).toEqual([
      'baselineOn: day.future',
      'baseline: residual.baseline_missing',
      'declaredZeroOn: day.not_future',
      'key: input.duplicate_key',
    ])
  })
})
