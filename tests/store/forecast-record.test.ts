import { describe, expect, test } from 'vitest'
import { loadRecord } from '../../src/store/forecast-record.ts'
import { listKept } from '../../src/store/kept-forecasts.ts'
import { loadOutcomes } from '../../src/store/outcomes.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-09-01'

describe.each(databases)('on $name', ({ open }) => {
  /** One date was given for 2026-04-15; the counts are as they come in. */
  async function given() {
    const db = await open()
    const context = contextOn(TODAY, db)
    const systemId = await addSystem(context)
    const residualId = await addResidual(context, systemId)
    const say = (p50: string) =>
      db
        .insertInto('kept_forecast')
        .values({
          ...{ system_id: systemId, residual_id: residualId, made_on: '2026-02-01', method: 'a method' },
          ...{ status: 'draining', state: 'running', within_two_years: 0.9 },
          ...{ p50_on: p50, p85_on: '2026-12-01' },
        })
        .execute()
    await say('2026-04-15')
    const enter = (day: string, counted: string) => count(context, residualId, day, counted)
    return { db, systemId, say, enter }
  }

  test('a date that held stays held after a later leak', async () => {
    const { db, enter } = await given()
    for (const [day, counted] of [
      ['2026-02-01', '7'],
      ['2026-04-01', '0'],
      ['2026-05-01', '0'],
    ] as const)
      await enter(day, counted)
    expect((await loadRecord(db, TODAY)).p50).toMatchObject({ judged: 1, held: 1 })
    await enter(TODAY, '4')
    expect((await loadRecord(db, TODAY)).p50).toMatchObject({ judged: 1, held: 1 })
    expect([...(await loadOutcomes(db)).values()]).toEqual([[{ from: '2026-04-01', until: TODAY }]])
  })

  test('a date on which it was back does not hold, and neither does one of which only a bound was known', async () => {
    const { db, enter } = await given()
    await enter('2026-02-01', '0+')
    expect((await loadRecord(db, TODAY)).p50).toMatchObject({ judged: 1, held: 0 })
    await enter('2026-03-01', '0')
    await enter('2026-04-01', '2')
    await enter('2026-05-01', '0')
    expect((await loadRecord(db, TODAY)).p50).toMatchObject({ judged: 1, held: 0 })
  })

  test('what is there twice for one day is one forecast, as it was said last', async () => {
    const { db, systemId, say, enter } = await given()
    await say('2026-04-01')
    await enter('2026-02-01', '7')
    await enter('2026-04-10', '0')
    expect(await loadRecord(db, TODAY)).toMatchObject({ given: 1, p50: { judged: 1, held: 0 } })
    expect((await listKept(db, systemId)).map(({ p50On }) => p50On)).toEqual(['2026-04-01'])
  })
})
