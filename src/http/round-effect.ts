import { addDays } from '../domain/calendar.ts'
import { openOrders, residualOf } from '../domain/open-orders.ts'
import { type Effect, effectOf } from '../domain/shutdown/effect.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import type { Count } from '../domain/vocabulary.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import type { Db } from '../store/columns.ts'
import { findReadingBy } from '../store/readings.ts'
import { listResiduals, type ResidualState } from '../store/residuals.ts'
import { findSystemsById } from '../store/systems.ts'
import { type Asking, judgedFor } from './judged.ts'

/** What counts that are in force change in the shutdown analysis; null when they change no answer. */
export async function effectOfRound(asking: Asking, entries: readonly AuditEntry[]): Promise<Effect | null> {
  const judged = await judgedAround(asking, entries)
  return judged && effectOf(judged.before, judged.after)
}

type Around = { before: Judgement; after: Judgement }

/**
 * The estate as it is now beside the same estate without the counts; null when they change no answer. When a system would have
 * been empty without them is not worked out: of the days before, only those that wait for none of their systems are right.
 */
export async function judgedAround(asking: Asking, entries: readonly AuditEntry[]): Promise<Around | null> {
  const { landscape, judgement, today } = await judgedFor(asking)
  const before = await residualsBefore(asking, entries)
  const isMoved = landscape.systems.some(
    system => before.has(system.id) && isBlocking(before.get(system.id)!) !== isBlocking(system.residual),
  )
  if (!isMoved) return null
  const systems = landscape.systems.map(system =>
    before.has(system.id) ? { ...system, residual: before.get(system.id)! } : system,
  )
  return { before: judge({ ...landscape, systems }, today), after: judgement }
}

/** Unknown blocks as any open order does. */
function isBlocking(residual: number | null): boolean {
  return residual !== 0
}

/** By system key, what the residual of each touched system came to with the counts before. */
async function residualsBefore(
  { context }: Asking,
  entries: readonly AuditEntry[],
): Promise<Map<string, number | null>> {
  const ids = [
    ...new Set(
      entries.flatMap(entry => (entry.noun === 'reading' && entry.systemId ? [entry.systemId] : [])),
    ),
  ]
  if (ids.length === 0) return new Map()
  const earlier = new Map(await Promise.all(entries.flatMap(entry => earlierCount(context.db, entry))))
  const residuals = (await listResiduals(context.db, ids)).filter(residual => !residual.closedOn)
  const bySystem = Map.groupBy(residuals, residual => residual.systemId)
  const systems = await findSystemsById(context.db, ids)
  return new Map(
    systems.map(({ id, key }) => [
      key,
      residualOf(openOrders((bySystem.get(id) ?? []).map(asBefore(earlier)))),
    ]),
  )
}

type Kept = Count & { residualId?: number; day: string }

type Earlier = { day: string; count: Count | null }

/** What a count took the place of, or what is in force before its day: that may have come in later than the count. */
function earlierCount(db: Db, { noun, before, after }: AuditEntry): Promise<[number, Earlier]>[] {
  const now = noun === 'reading' && after ? (JSON.parse(after) as Kept) : null
  const id = now?.residualId
  if (!now || !id) return []
  const then = before ? (JSON.parse(before) as Kept) : null
  if (then?.day === now.day) return [Promise.resolve([id, { day: now.day, count: then }])]
  const inForce = findReadingBy(db, id, addDays(now.day, -1))
  return [inForce.then(count => [id, { day: now.day, count: count ?? null }])]
}

/** A day that is not the latest changes nothing of what stands now. */
function asBefore(earlier: ReadonlyMap<number, Earlier>) {
  return (residual: ResidualState) => {
    const change = earlier.get(residual.id)
    return change && residual.latest?.day === change.day ? { ...residual, latest: change.count } : residual
  }
}
