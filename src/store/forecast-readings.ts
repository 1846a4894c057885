import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import type { ChangeReason, Qualifier } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'

/** The readings that forecasts look at, oldest first, by residual. A large estate has millions of them. */
export async function loadReadings(
  db: Db,
  systemIds: readonly number[],
  since: Day,
): Promise<Map<number, CountReading[]>> {
  const readings = new Map<number, CountReading[]>()
  if (systemIds.length === 0) return readings
  const query = db
    .selectFrom('residual')
    .innerJoin('reading', 'reading.residual_id', 'residual.id')
    .select(['residual_id as residualId', 'reading.day', 'reading.count', UNUSUAL.as('unusual')])
    .where('superseded_at', 'is', null)
    .where('residual.system_id', 'in', systemIds)
    .where('closed_on', 'is', null)
  const older = await query
    .where('reading.day', '<', since)
    .where(eb => eb('reading.day', 'in', [eb.ref('first_on'), eb.ref('latest_on'), eb.ref('risen_on')]))
    .execute()
  addTo(readings, older)
  addTo(readings, await query.where('reading.day', '>=', since).execute())
  for (const [id, some] of readings) if (!isInOrder(some)) readings.set(id, some.sort(byDay))
  return readings
}

/** How exact and why, where it is not simply exact: almost no reading has a text of its own for it. */
const UNUSUAL = sql<string | null>`case when qualifier = 'exact' and reason is null then null
  else qualifier || ' ' || coalesce(reason, '') end`

type Row = { residualId: number; day: Day; count: number; unusual: string | null }

function addTo(readings: Map<number, CountReading[]>, rows: readonly Row[]): void {
  let id = 0
  let own: CountReading[] = []
  for (const { residualId, day, count, unusual } of rows) {
    if (residualId !== id) {
      id = residualId
      own = readings.get(id) ?? []
      readings.set(id, own)
    }
    own.push(
      unusual === null
        ? { day, count, qualifier: 'exact', reason: null }
        : unusualReading(day, count, unusual),
    )
  }
}

function unusualReading(day: Day, count: number, unusual: string): CountReading {
  const [qualifier, reason] = unusual.split(' ')
  return { day, count, qualifier: qualifier as Qualifier, reason: (reason || null) as ChangeReason | null }
}

/** Asked for without an order they come in that of the index, mostly: sorting them all there took as long as reading them. */
function isInOrder(readings: readonly CountReading[]): boolean {
  return readings.every(({ day }, index) => index === 0 || readings[index - 1]!.day < day)
}

function byDay(one: CountReading, other: CountReading): number {
  return one.day < other.day ? -1 : 1
}
