import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { loadEstateOutlook } from '../../src/store/estate-forecasts.ts'
import { loadForecastSystems } from '../../src/store/forecasts.ts'
import { listKept } from '../../src/store/kept-forecasts.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('what is said about a system is kept, once a day and only when it changes', async () => {
    const db = await open()
    const systemId = await addSystem(contextOn('2026-03-01', db), { targetOn: '2026-12-31' })
    const residualId = await addResidual(contextOn('2026-03-01', db), systemId)
    for (const [day, counted] of [
      ['2026-03-01', '968'],
      ['2026-04-01', '700'],
      ['2026-04-01', '650'],
    ] as const) {
      await count(contextOn(day, db), residualId, day, counted)
      await publishForecasts(contextOn(day, db))
      await publishForecasts(contextOn(day, db))
    }
    const ofSystem = (await listKept(db, systemId)).filter(kept => kept.residualId === null)
    expect(ofSystem.map(({ madeOn, state }) => `${madeOn} ${state}`)).toEqual([
      '2026-03-01 running',
      '2026-04-01 running',
    ])
    const ofResidual = (await listKept(db, systemId)).filter(kept => kept.residualId === residualId)
    expect(ofResidual.map(kept => kept.count)).toEqual([968, 650])
    expect(ofResidual[1]!.targetChance).toBeGreaterThan(ofResidual[0]!.targetChance!)
  })

  test('a change works out anew what it touches, and leaves the rest as it was', async () => {
    const db = await open()
    const context = contextOn('2026-04-01', db)
    const [touched, untouched] = [
      await addSystem(context),
      await addSystem(context, { key: '履约0.5', name: '履约0.5' }),
    ]
    const [first, second] = [await addResidual(context, touched), await addResidual(context, untouched)]
    await count(context, first, '2026-04-01', '54')
    await count(context, second, '2026-04-01', '95')
    const before = await loadEstateOutlook(db, '2026-04-01')
    await count(context, first, '2026-04-01', '50')
    const after = await loadEstateOutlook(db, '2026-04-01')
    expect(after.get(untouched)).toBe(before.get(untouched))
    expect(after.get(touched)!.residuals[0]!.forecast.last).toMatchObject({ count: 50 })
  })

  test('a forecast is handed every count as it was kept, and of long ago only the turns', async () => {
    const db = await open()
    const context = contextOn('2026-04-01', db)
    const systemId = await addSystem(context)
    const residualId = await addResidual(context, systemId)
    for (const [day, counted, more] of [
      ['2024-02-01', '3000', {}],
      ['2026-03-01', '~900', {}],
      ['2024-03-01', '2000', {}],
      ['2026-04-01', '800+', {}],
      ['2026-03-15', '1200', { reason: 'recount' }],
    ] as const)
      await count(context, residualId, day, counted, more)
    const [system] = await loadForecastSystems(db, [systemId], '2026-04-01', 1)
    expect(system!.residuals[0]!.input.readings).toEqual([
      { day: '2024-02-01', count: 3000, qualifier: 'exact', reason: null },
      { day: '2026-03-01', count: 900, qualifier: 'about', reason: null },
      { day: '2026-03-15', count: 1200, qualifier: 'exact', reason: 'recount' },
      { day: '2026-04-01', count: 800, qualifier: 'at_least', reason: null },
    ])
  })

  test('before a lower bound it is handed the last count that is none and the bounds since, however old', async () => {
    const db = await open()
    const context = contextOn('2026-04-01', db)
    const systemId = await addSystem(context)
    const residualId = await addResidual(context, systemId)
    const daysKnown = async () => {
      const [system] = await loadForecastSystems(db, [systemId], '2026-04-01', 1)
      return system!.residuals[0]!.input.readings.map(({ day }) => day)
    }
    for (const [day, counted] of [
      ['2024-02-01', '3000'],
      ['2024-03-01', '2000'],
      ['2024-04-01', '1900+'],
      ['2026-03-01', '1800+'],
    ] as const)
      await count(context, residualId, day, counted)
    expect(await daysKnown()).toEqual(['2024-02-01', '2024-03-01', '2024-04-01', '2026-03-01'])
    await count(context, residualId, '2026-02-01', '1850')
    expect(await daysKnown()).toEqual(['2024-02-01', '2026-02-01', '2026-03-01'])
    const never = await addResidual(context, systemId, { key: '北京', name: '北京' })
    for (const [day, counted] of [
      ['2024-01-01', '10+'],
      ['2024-06-01', '3500+'],
      ['2026-03-01', '15+'],
    ] as const)
      await count(context, never, day, counted)
    const [system] = await loadForecastSystems(db, [systemId], '2026-04-01', 1)
    const bounds = system!.residuals[1]!.input.readings.map(({ count: bound }) => bound)
    expect(bounds).toEqual([10, 3500, 15])
  })

  test('a residual that nobody ever counted leaves its system without a date, and is named', async () => {
    const db = await open()
    const context = contextOn('2026-04-01', db)
    const systemId = await addSystem(context)
    const counted = await addResidual(context, systemId)
    const uncounted = await addResidual(context, systemId, { key: '北京', name: '北京' })
    await count(context, counted, '2026-04-01', '54')
    const { joint } = (await loadEstateOutlook(db, '2026-04-01')).get(systemId)!
    expect(joint).toMatchObject({ kind: 'unknown', because: [{ residual: String(uncounted) }] })
  })
})
