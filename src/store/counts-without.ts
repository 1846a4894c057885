import { addDays, type Day } from '../domain/calendar.ts'
import type { Count } from '../domain/vocabulary.ts'
import type { AuditEntry } from './audit-log.ts'
import type { Db } from './columns.ts'
import { findThing } from './places.ts'
import { findReadingBy } from './readings.ts'
import type { ResidualState } from './residuals.ts'

/** What would be the latest count of a residual, as of which day, without one that was recorded or withdrawn. */
type Earlier = { residualId: number; day: Day; count: Count | null; isLeft: boolean }

/** A residual with the count that it had. */
export type ThenCounted = Omit<ResidualState, 'latest'> & { latest: Count | null }

/** Residuals as they would stand without what entries of the history say of their readings. */
export async function countsWithout(
  db: Db,
  readings: readonly AuditEntry[],
): Promise<(residual: ResidualState) => ThenCounted> {
  const earlier = (await Promise.all(readings.map(entry => earlierCount(db, entry)))).flat()
  const of = new Map(earlier.map(one => [one.residualId, one]))
  return residual => {
    const change = of.get(residual.id)
    return change && isLatest(change, residual) ? { ...residual, latest: change.count } : residual
  }
}

/** Of a day that is not the latest nothing changes what stands now. */
function isLatest({ day, isLeft }: Earlier, { latest }: ResidualState): boolean {
  return isLeft ? latest?.day === day : !latest || latest.day <= day
}

type Kept = Count & { residualId?: number; day: Day }

/** What a count took the place of, or what is in force before its day: that may have come in later than the count. */
async function earlierCount(db: Db, { before, after, nounId }: AuditEntry): Promise<Earlier[]> {
  if (!after) return withdrawnCount(db, nounId)
  const { residualId, day } = JSON.parse(after) as Kept
  if (!residualId) return []
  const then = before ? (JSON.parse(before) as Kept) : null
  const count = then?.day === day ? then : ((await findReadingBy(db, residualId, addDays(day, -1))) ?? null)
  return [{ residualId, day, count, isLeft: true }]
}

async function withdrawnCount(db: Db, id: number): Promise<Earlier[]> {
  const reading = await findThing(db, 'reading', id)
  if (!reading) return []
  return [{ residualId: reading.residualId, day: reading.day, count: reading, isLeft: false }]
}
