import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { listRetiredUnready } from '../../src/store/after-retirement.ts'
import { listOldReadings } from '../../src/store/attention.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  test('counts that are fresh by their own cadence leave the room to those that are not', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    const residual = async (key: string, cadenceDays: number | undefined, day: string) =>
      count(context, await addResidual(context, system, { key, name: key, cadenceDays }), day, '50')
    for (const key of ['yearly', 'yearly-2', 'yearly-3']) await residual(key, 365, '2025-10-01')
    await residual('usual', undefined, '2026-02-01')
    await residual('a-week-ago', 7, '2026-03-24')
    await residual('weekly', 7, '2026-03-23')
    const names = async (limit: number) =>
      (await listOldReadings(context.db, TODAY, 30, limit)).map(({ name }) => name)
    expect(await names(3)).toEqual(['usual', 'weekly'])
    expect(await names(1)).toEqual(['usual'])
  })

  test('overrides that were settled leave the room to those that were not', async () => {
    const context = contextOn(TODAY, await open())
    for (const [key, day, left] of [
      ['held', '2026-03-01', '5'],
      ['settled', '2026-03-02', '0'],
      ['settled-later', '2026-03-03', '0'],
    ] as const) {
      const id = await addSystem(context, { key, name: key })
      const residual = await addResidual(context, id)
      await count(context, residual, '2026-02-01', '5')
      await changeStatus(context, id, { to: 'retired', on: day, overrideReason: '机房搬迁', version: 1 })
      await count(context, residual, TODAY, left)
    }
    const found = await listRetiredUnready(context.db, TODAY, 1)
    expect(found.map(({ name }) => name)).toEqual(['held'])
  })
})
