import type { Day } from '../domain/calendar.ts'
import { openLeak } from '../domain/forecast/leaks.ts'
import { hasRisenAfter, withLeaks } from '../domain/readings.ts'
import { listRisen, type NotedResidual } from './attention.ts'
import type { Db } from './columns.ts'
import { loadAllReadings, parseReadings } from './forecast-readings.ts'
import { loadClosedIntakes } from './intake.ts'

/** The residuals that rose since a day, after the intake was closed, as long as a leak is open: each as risen when that one began. */
export async function listLeaking(db: Db, since: Day, limit: number): Promise<NotedResidual[]> {
  const risen = await listRisen(db, since, limit)
  const intakes = await loadClosedIntakes(
    db,
    risen.map(({ system }) => system),
  )
  const intakeOf = ({ system }: NotedResidual) => intakes.get(system.id) ?? null
  const suspects = risen.filter(residual => hasRisenAfter(residual.risenOn, intakeOf(residual)))
  const written = await loadAllReadings(
    db,
    suspects.map(({ id }) => id),
  )
  return suspects.flatMap(residual => {
    const readings = parseReadings(written.get(residual.id) ?? '')
    const leak = openLeak(withLeaks(readings, { risenOn: residual.risenOn, intake: intakeOf(residual) }))
    return leak ? [{ ...residual, risenOn: leak.since }] : []
  })
}
