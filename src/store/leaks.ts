import type { Day } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import { hasOpenLeak } from '../domain/forecast/residual.ts'
import { withLeaks } from '../domain/readings.ts'
import { listRisen, type NotedResidual } from './attention.ts'
import type { Db } from './columns.ts'
import { loadClosedIntakes } from './intake.ts'
import { listBoundsBefore, listReadingsInto } from './readings.ts'

/** The residuals that rose since a day, after the intake was closed, until what came in is worked off and there is a forecast again. */
export async function listLeaking(db: Db, since: Day, limit: number): Promise<NotedResidual[]> {
  const risen = await listRisen(db, since, limit)
  const ids = risen.map(({ id }) => id)
  const intakes = await loadClosedIntakes(
    db,
    risen.map(({ system }) => system),
  )
  const readingsOf = Map.groupBy(await listReadingsInto(db, ids, since), one => one.residualId)
  const leaking: NotedResidual[] = []
  for (const residual of risen) {
    const { id, risenOn, system } = residual
    const readings = await fromCeiling(db, id, readingsOf.get(id) ?? [])
    const intake = intakes.get(system.id) ?? null
    if (hasOpenLeak(withLeaks(readings, { risenOn, intake }))) leaking.push(residual)
  }
  return leaking
}

/** Readings that begin with a lower bound, led by the count before them that a rise is measured against. */
async function fromCeiling(
  db: Db,
  residualId: number,
  readings: readonly CountReading[],
): Promise<readonly CountReading[]> {
  const [first] = readings
  if (first?.qualifier !== 'at_least') return readings
  return [...(await listBoundsBefore(db, residualId, first.day)), ...readings]
}
