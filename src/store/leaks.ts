import type { Day } from '../domain/calendar.ts'
import { hasOpenLeak } from '../domain/forecast/residual.ts'
import { withLeaks } from '../domain/readings.ts'
import { listRisen, type NotedResidual } from './attention.ts'
import type { Db } from './columns.ts'
import { listReadingsInto } from './readings.ts'

/** The residuals that rose since a day, after the intake was closed, until what came in is worked off and there is a forecast again. */
export async function listLeaking(db: Db, since: Day, limit: number): Promise<NotedResidual[]> {
  const risen = await listRisen(db, since, limit)
  const ids = risen.map(({ id }) => id)
  const readingsOf = Map.groupBy(await listReadingsInto(db, ids, since), one => one.residualId)
  return risen.filter(({ id, risenOn, system }) =>
    hasOpenLeak(withLeaks(readingsOf.get(id) ?? [], { risenOn, closedOn: system.statusOn })),
  )
}
