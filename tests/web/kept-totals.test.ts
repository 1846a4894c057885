import { beforeEach, describe, expect, test } from 'vitest'
import { closeResidual } from '../../src/actions/residuals.ts'
import type { Context } from '../../src/context.ts'
import { listEstateDays } from '../../src/store/days.ts'
import { loadOldCounts } from '../../src/store/old-counts.ts'
import { listSystems } from '../../src/store/systems.ts'
import { countedSums } from '../../src/web/overview/counted-sums.ts'
import { keptSums } from '../../src/web/overview/kept-sums.ts'
import { addResidual, type Counted, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { addCountedSystem, addLargeSystems } from '../support/estate-burndown.ts'

const TODAY = '2026-07-01'
const WEEKS = ['2026-06-03', '2026-06-10', '2026-06-17', '2026-06-24', TODAY]
const EXACT = { unit: 'order', counted: 63_172, atLeast: 0, bounds: 0, abouts: 0, uncounted: 0 } as const

describe.each(databases)('the kept daily totals, on $name', ({ open }) => {
  let context: Context

  beforeEach(async () => {
    context = contextOn(TODAY, await open())
  })

  const addCounted = (key: string, readings: readonly Counted[]) => addCountedSystem(context, key, readings)
  const addLarge = () => addLargeSystems(context, WEEKS)

  test('the kept totals of full rounds draw the same as the counts themselves', async () => {
    await addLarge()
    for (const key of ['gamma', 'delta'])
      await addCounted(
        key,
        WEEKS.map((day, at) => [day, String(90 - at)]),
      )
    const days = await listEstateDays(context.db, 'order')
    const shown = await listSystems(context.db, {}, 'open', { limit: 7, offset: 0 })
    const asked = { context, today: TODAY }
    const kept = await keptSums(asked, 'order', shown, { days, open: EXACT, old: new Map() })
    const counted = await countedSums(asked, 'order', shown, { days, from: '2026-01-01' })
    expect(counted!.rest.readings).toMatchObject(kept.rest.readings)
    for (const [id, sum] of kept.own) expect(counted!.own.get(id)!.readings).toMatchObject(sum.readings)
  })

  test('the kept totals leave out what is too old, and end with what was closed, as the counts do', async () => {
    const small = await addCounted('small', [['2026-06-24', '17']])
    const stale = await addResidual(context, small, { key: '装贝', name: '装贝' })
    await count(context, stale, '2026-01-10', '54')
    const [old, days] = [
      await loadOldCounts(context.db, 'order', TODAY),
      await listEstateDays(context.db, 'order'),
    ]
    const shown = await listSystems(context.db, {}, 'open', { limit: 7, offset: 0 })
    const asked = { context, today: TODAY }
    const ends = async () => {
      const days = await listEstateDays(context.db, 'order')
      const sums = [
        await keptSums(asked, 'order', [], { days, open: EXACT, old: new Map() }),
        (await countedSums(asked, 'order', [], { days, from: '2026-01-01' }))!,
      ]
      return sums.map(({ rest }) => rest.endedOn)
    }
    const kept = (await keptSums(asked, 'order', shown, { days, open: EXACT, old })).own.get(small)!
    const counted = (await countedSums(asked, 'order', shown, { days, from: '2026-01-01' }))!.own.get(small)!
    expect(kept.readings.at(-1)).toMatchObject({ count: 71, known: { count: 17, unknown: 1 } })
    expect(counted.readings.at(-1)).toMatchObject(kept.readings.at(-1)!)
    expect(await ends()).toEqual([null, null])
    for (const [id, left] of [
      [stale - 1, 17],
      [stale, 54],
    ])
      await closeResidual(context, id!, {
        on: TODAY,
        reason: '改由人工',
        version: 1,
        answers: [`close:${left}:exact`, `close:${left}:exact:last`],
      })
    expect(await ends()).toEqual([TODAY, TODAY])
  })
})
