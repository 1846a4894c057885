import type { Trx } from './columns.ts'
import { addToDays, type DaySums, daysIn, deriveAll } from './derived.ts'

const WRITTEN_AT_ONCE = 100

/** Works out every derived column of a register whose derived columns are still empty. */
export async function rebuildDerived(trx: Trx): Promise<void> {
  const estate: DaySums = new Map()
  for await (const { systemId, residuals, totals, days } of deriveAll(trx)) {
    for (const { id, ...columns } of residuals) {
      if (columns.latest_on) await trx.updateTable('residual').set(columns).where('id', '=', id).execute()
    }
    await trx.updateTable('system').set(totals).where('id', '=', systemId).execute()
    for (const some of inParts(days)) {
      const rows = some.map(day => ({ system_id: systemId, ...day }))
      await trx.insertInto('system_day').values(rows).execute()
    }
    addToDays(estate, days)
  }
  for (const some of inParts(daysIn(estate))) await trx.insertInto('estate_day').values(some).execute()
}

function inParts<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / WRITTEN_AT_ONCE) }, (_, part) =>
    rows.slice(part * WRITTEN_AT_ONCE, (part + 1) * WRITTEN_AT_ONCE),
  )
}
