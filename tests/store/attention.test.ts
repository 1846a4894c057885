import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { stalledDays } from '../../src/domain/attention.ts'
import { listRetiredUnready } from '../../src/store/after-retirement.ts'
import { listOldReadings, listSeenAfterRetirement, listUnmoved } from '../../src/store/attention.ts'
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

  test('counts that stood still for too few days, and standstills that are over, leave the room to stalls', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context)
    const counted = async (key: string, counts: Record<string, string>, declaredRate?: string) => {
      const id = await addResidual(context, system, { key, name: key, declaredRate })
      for (const [day, text] of Object.entries(counts)) await count(context, id, day, text)
    }
    await counted('later', { '2026-02-08': '50', '2026-02-20': '50', '2026-03-20': '50' })
    await counted('still', { '2026-02-01': '50', '2026-02-15': '50', '2026-03-15': '50' })
    await counted('few-days', { '2026-01-01': '50', '2026-01-05': '50', '2026-01-10': '50' })
    await counted('moved-again', { '2026-01-01': '50', '2026-01-10': '40' }, '0')
    await context.db.updateTable('residual').set({ declared_rate_on: '2026-01-01' }).execute()
    const names = async (limit: number) => (await listUnmoved(context.db, limit)).map(({ name }) => name)
    expect(await names(1)).toEqual(['still'])
    expect(await names(9)).toEqual(['still', 'later'])
  })

  test('what the database finds to stand still is what the rule says', async () => {
    const { db, ...context } = contextOn(TODAY, await open())
    const system_id = await addSystem({ db, ...context })
    const days = ['2026-01-10', '2026-03-01', '2026-03-02', null]
    const rows = [2, 3].flatMap(unchanged_readings =>
      ['2026-03-01', '2026-03-02'].flatMap(unchanged_since =>
        [null, 0, 10].flatMap(declared_rate =>
          days.flatMap(declared_rate_on =>
            days.map(first_on => ({
              ...{ unchanged_readings, unchanged_since, declared_rate, declared_rate_on, first_on },
            })),
          ),
        ),
      ),
    )
    const counted = { latest_on: TODAY, latest_count: 5, latest_qualifier: 'exact' } as const
    const values = rows.map((row, index) => {
      const named = { system_id, key: `${index}`, name: `${index}`, unit: 'order' } as const
      return { ...named, ...counted, ...row }
    })
    await db.insertInto('residual').values(values).execute()
    const expected = values.filter(
      row =>
        stalledDays(
          {
            ...{ latest: { day: TODAY, count: 5, qualifier: 'exact' }, cadenceDays: null },
            ...{ declaredRate: row.declared_rate, declaredRateOn: row.declared_rate_on },
            ...{ firstOn: row.first_on, unchangedSince: row.unchanged_since },
            unchangedReadings: row.unchanged_readings,
          },
          TODAY,
        ) !== null,
    )
    const found = (await listUnmoved(db, 1000)).map(({ name }) => name)
    expect(found.sort()).toEqual(expected.map(({ name }) => name).sort())
    expect(found.length).toBeGreaterThan(20)
  })

  test('of what was seen after a retirement the oldest comes first', async () => {
    const context = contextOn(TODAY, await open())
    for (const [key, seen] of [
      ['later', '2026-03-20'],
      ['first', '2026-03-10'],
      ['last', '2026-03-30'],
    ] as const) {
      const id = await addSystem(context, { key, name: key })
      const residual = await addResidual(context, id, { name: key })
      await count(context, residual, '2026-02-01', '5')
      await changeStatus(context, id, {
        to: 'retired',
        on: '2026-03-01',
        overrideReason: '机房搬迁',
        version: 1,
      })
      await count(context, residual, seen, '5')
    }
    const names = async (limit: number) =>
      (await listSeenAfterRetirement(context.db, limit)).map(({ name }) => name)
    expect(await names(1)).toEqual(['first'])
    expect(await names(3)).toEqual(['first', 'later', 'last'])
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
