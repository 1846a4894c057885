import { describe, expect, test } from 'vitest'
import { listLeaking } from '../../src/store/leaks.ts'
import { up as findRises } from '../../src/store/migrations/0009-rises-to-bounds.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function isBroughtUp(...counts: [day: string, counted: string][]): Promise<boolean> {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    for (const [day, counted] of counts) await count(context, residual, day, counted)
    return (await listLeaking(context.db, '2026-02-01', 10)).length > 0
  }

  test('a leak is brought up until what came in is worked off, as long as it suspends the forecast', async () => {
    const rise = [
      ['2026-01-15', '5'],
      ['2026-03-08', '10'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise)).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '8'])).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '5'])).toBe(false)
    expect(await isBroughtUp(...rise, [TODAY, '0'])).toBe(false)
  })

  test('a lower bound above the count before begins one, and a lower bound ends none', async () => {
    const rise = [
      ['2026-01-15', '90'],
      ['2026-02-20', '200+'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise)).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '80+'])).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '80'])).toBe(false)
    expect(await isBroughtUp(['2026-01-15', '90'], ['2026-02-20', '90+'])).toBe(false)
  })

  test('the day of a rise to a lower bound is the same whether kept with the count or worked out anew', async () => {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    for (const [day, counted] of [
      ['2026-01-15', '90'],
      ['2026-02-20', '200+'],
      ['2026-02-01', '85'],
    ] as const)
      await count(context, residual, day, counted)
    expect(await findDifferences(context.db)).toEqual([])
    await context.db.updateTable('residual').set({ risen_on: null }).execute()
    await findRises(context.db)
    expect(await findDifferences(context.db)).toEqual([])
  })

  test('four weeks of lower counts end it too', async () => {
    expect(await isBroughtUp(['2026-01-15', '5'], ['2026-03-01', '10'], [TODAY, '8'])).toBe(false)
  })
})
