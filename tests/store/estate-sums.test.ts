import { expect, test } from 'vitest'
import { STATUSES } from '../../src/domain/vocabulary.ts'
import type { Db } from '../../src/store/columns.ts'
import { readSums, renewSums, sumOfBlocks } from '../../src/store/estate-sums.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'
const SYSTEMS = 250

test.each(databases)(
  'what many systems come to is the same however it came about, on $name',
  async ({ open }) => {
    const db = await open()
    await fill(db)
    let sums = await readSums(db, TODAY)
    for (const [round, ids] of [[7], [99, 100, 101], [200, 250], [], [7, 201]].entries()) {
      for (const id of ids)
        await db
          .updateTable('system')
          .set(drawn(id + round))
          .where('id', '=', id)
          .execute()
      sums = await renewSums(db, TODAY, sums, ids)
      expect(sumOfBlocks(sums)).toEqual(sumOfBlocks(await readSums(db, TODAY)))
    }
    const { systems, byStatus } = sumOfBlocks(sums)
    const left = await db.selectFrom('system').select('id').where('role', '=', 'legacy').execute()
    expect(systems).toBe(left.length)
    expect(Object.values(byStatus).reduce((sum, count) => sum + count, 0)).toBe(left.length)
  },
)

async function fill(db: Db): Promise<void> {
  const systems = Array.from({ length: SYSTEMS }, (_, at) => ({
    id: at + 1,
    key: `s${at}`,
    name: `S${at}`,
    ...drawn(at),
  }))
  await db.insertInto('system').values(systems).execute()
  const costs = systems.map(({ id }) => ({
    system_id: id,
    kind: 'machines' as const,
    amount_fen: id % 4,
    currency: id % 3 === 0 ? 'USD' : 'CNY',
  }))
  await db.insertInto('monthly_cost').values(costs).execute()
}

/** Every status, two units, and here and there one that stays or is overdue. */
function drawn(seed: number) {
  const unit = seed % 2 === 0 ? 'order' : 'contract'
  const open = { unit, counted: seed, atLeast: seed % 5, bounds: seed % 2, abouts: seed % 3, uncounted: 1 }
  return {
    role: seed % 9 === 0 ? ('stay' as const) : ('legacy' as const),
    status: STATUSES[seed % STATUSES.length]!,
    target_on: seed % 4 === 0 ? '2026-03-01' : null,
    open_by_unit: JSON.stringify(seed % 7 === 0 ? [] : [open]),
  }
}
