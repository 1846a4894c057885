import { describe, expect, test } from 'vitest'
import { keepPlan } from '../../src/actions/plans.ts'
import { createExternal } from '../../src/actions/uses.ts'
import { type Context, usualDays } from '../../src/context.ts'
import { landscapeHash } from '../../src/exchange/landscape-hash.ts'
import { LONGEST_LANDSCAPE } from '../../src/exchange/workspace-plans.ts'
import { loadEstateOutlook } from '../../src/store/estate-forecasts.ts'
import { loadLandscape } from '../../src/store/landscape.ts'
import { listPlans } from '../../src/store/plans.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open }) => {
  async function draining(): Promise<{ context: Context; id: number }> {
    const context = contextOn('2026-03-31', await open())
    const id = await addResidual(context, await addSystem(context))
    await addService(context, 'uacc', ['账户1.0'])
    for (const [day, text] of [
      ['2026-01-31', '900'],
      ['2026-02-28', '600'],
      ['2026-03-30', '310'],
    ] as const)
      await count(context, id, day, text)
    return { context, id }
  }

  /** What a plan of that day would be kept as now. */
  async function hashOn(context: Context, day: string): Promise<string> {
    const outlooks = await loadEstateOutlook(context.db, day)
    return landscapeHash(await loadLandscape(context.db, day, usualDays(context), outlooks))
  }

  test('a plan rests on the forecasts of the register that it was kept from', async () => {
    const { context, id } = await draining()
    const before = await hashOn(context, '2026-03-31')
    const [, counted] = await Promise.all([
      keepPlan(context, { name: '月报' }),
      count(context, id, '2026-03-31', '30'),
    ])
    const [kept] = await listPlans(context.db)
    const isEarlier = kept!.revision < counted[0]!.revision
    expect(kept!.hash).toBe(isEarlier ? before : await hashOn(context, '2026-03-31'))
  })

  test('a plan is of the day on which it is kept, its forecasts too', async () => {
    const { context } = await draining()
    const clock = ['2026-03-31T23:59:59+08:00']
    const late = { ...context, now: () => new Date(clock.shift() ?? '2026-06-01T00:00:00+08:00') }
    await keepPlan(late, { name: '月报' })
    const [kept] = await listPlans(context.db)
    expect(kept!.madeOn).toBe('2026-06-01')
    expect(kept!.hash).toBe(await hashOn(context, '2026-06-01'))
    expect(kept!.hash).not.toBe(await hashOn(context, '2026-03-31'))
  })

  test('a landscape that no import would take back is not kept', async () => {
    const { context } = await draining()
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-03-01' }
    await createExternal(context, { ...use, name: '某银行', provider: 'uacc' })
    const name = 'x'.repeat(LONGEST_LANDSCAPE)
    await context.db.updateTable('external_consumer').set({ name }).execute()
    expect(await refusalOf(keepPlan(context, { name: '月报' }))).toEqual([': plan.too_large'])
    expect(await listPlans(context.db)).toEqual([])
  })
})
