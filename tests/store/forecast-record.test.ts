import { describe, expect, test } from 'vitest'
import { loadRecord } from '../../src/store/forecast-record.ts'
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
    await db
      .insertInto('kept_forecast')
      .values({
        ...{ system_id: systemId, residual_id: residualId, made_on: '2026-02-01', method: 'a method' },
        ...{ status: 'draining', state: 'running', within_two_years: 0.9 },
        ...{ p50_on: '2026-04-15', p85_on: '2026-12-01' },
      })
      .execute()
    return { db, enter: (day: string, counted: string) => count(context, residualId, day, counted) }
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
})
