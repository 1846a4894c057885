import type { BurndownReading } from '../domain/burndown-level.ts'
import type { Day } from '../domain/calendar.ts'
import type { Unit } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import { listReadingsInto } from './readings.ts'

/** A residual that was counted, as the burn-down of its system draws it. */
export type CountedPart = {
  systemId: number
  closedOn: Day | null
  /** Its system is off since then: nothing is left to count. */
  retiredOn: Day | null
  readings: BurndownReading[]
}

/**
 * All that was ever counted in a unit, with the counts from a day on, each led by the last one before. Null when there
 * are more than `most` of them.
 */
export async function listCountedParts(
  db: Db,
  unit: Unit,
  from: Day,
  most: number,
): Promise<CountedPart[] | null> {
  const residuals = await db
    .selectFrom('residual')
    .innerJoin('system', 'system.id', 'residual.system_id')
    .select([
      'residual.id',
      'system_id as systemId',
      'closed_on as closedOn',
      'status',
      'status_on as statusOn',
    ])
    .where('unit', '=', unit)
    .where('latest_on', 'is not', null)
    .orderBy('residual.id')
    .limit(most + 1)
    .execute()
  if (residuals.length > most) return null
  const ids = residuals.map(({ id }) => id)
  const ofResidual = Map.groupBy(await listReadingsInto(db, ids, from), reading => reading.residualId)
  return residuals.map(({ id, systemId, closedOn, status, statusOn }) => ({
    systemId,
    closedOn,
    retiredOn: status === 'retired' ? statusOn : null,
    readings: ofResidual.get(id) ?? [],
  }))
}
