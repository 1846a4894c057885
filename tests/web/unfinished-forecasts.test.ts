import { describe, expect, test } from 'vitest'
import { keepPlan } from '../../src/actions/plans.ts'
import { landscapeHash } from '../../src/exchange/landscape-hash.ts'
import { inputHashFor, judgedFor } from '../../src/http/judged.ts'
import { comparisonFor } from '../../src/http/plan-comparison.ts'
import { shutdownFacts } from '../../src/http/shutdown-facts.ts'
import { openDatabase } from '../../src/store/database.ts'
import { loadEstateOutlook } from '../../src/store/estate-forecasts.ts'
import { addCounted, addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ newUrl }) => {
  test('what was said before the forecasts of the day were made is said anew after it, though nobody changed anything', async () => {
    const url = await newUrl()
    const [writer, context] = [contextOn(TODAY, openDatabase(url)), contextOn(TODAY, openDatabase(url))]
    const { id } = await addCounted(writer, [
      ['2026-01-01', '90'],
      ['2026-03-30', '10'],
    ])
    await addService(writer, 'uacc', ['账户1.0'])
    const plan = await keepPlan(writer, { name: '四月' })
    // Only a large register says something before its forecasts are made.
    await writer.db
      .updateTable('reading')
      .set({ id: 100_001 })
      .where('residual_id', '=', id)
      .where('day', '=', '2026-03-30')
      .execute()
    const asking = { context, today: TODAY }
    const said = async () => {
      const { judgement, blockers, tell } = await shutdownFacts(asking)
      const [first] = blockers
      const stamp = await inputHashFor(asking)
      expect(stamp).toBe(landscapeHash((await judgedFor(asking)).landscape))
      const { rows } = await comparisonFor(asking, plan)
      return { date: judgement.holds.blockers[first!]!.date, told: tell(first!), stamp, rows }
    }
    const early = await said()
    await loadEstateOutlook(context.db, TODAY)
    const late = await said()
    await Promise.all([writer.db.destroy(), context.db.destroy()])
    expect(early.date).toBe('unknown')
    expect(late.date).toMatch(/^202\d-/)
    expect(late.stamp).not.toBe(early.stamp)
    expect(late.told).not.toEqual(early.told)
    expect(late.rows).not.toEqual(early.rows)
  })
})
