import { openOrders, residualOf } from '../../domain/open-orders.ts'
import { type Effect, effectOf } from '../../domain/shutdown/effect.ts'
import { judge } from '../../domain/shutdown/judge.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { judgedFor } from '../../http/judged.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { listResiduals, type ResidualState } from '../../store/residuals.ts'
import { findSystemsById } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

/**
 * What a round of counts changed in the shutdown analysis, in sentences; empty when it changed no answer. The
 * estate as it is now is judged beside the same estate with the counts that stood before.
 */
export async function effectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const { landscape, judgement, today } = await judgedFor(visit)
  const before = await residualsBefore(visit, entries)
  const isMoved = landscape.systems.some(
    system => before.has(system.id) && isBlocking(before.get(system.id)!) !== isBlocking(system.residual),
  )
  if (!isMoved) return []
  const systems = landscape.systems.map(system =>
    before.has(system.id) ? { ...system, residual: before.get(system.id)! } : system,
  )
  return sayEffect(visit, effectOf(judge({ ...landscape, systems }, today), judgement))
}

/** Unknown blocks as any open order does. */
function isBlocking(residual: number | null): boolean {
  return residual !== 0
}

/** By system key, what the residual of each touched system came to with the counts before. */
async function residualsBefore(
  { context }: Visit,
  entries: readonly AuditEntry[],
): Promise<Map<string, number | null>> {
  const ids = [
    ...new Set(
      entries.flatMap(entry => (entry.noun === 'reading' && entry.systemId ? [entry.systemId] : [])),
    ),
  ]
  if (ids.length === 0) return new Map()
  const earlier = new Map(entries.flatMap(earlierCount))
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

function earlierCount({ noun, before, after }: AuditEntry): [number, { day: string; count: Count | null }][] {
  const now = noun === 'reading' && after ? (JSON.parse(after) as Kept) : null
  if (!now?.residualId) return []
  return [[now.residualId, { day: now.day, count: before ? (JSON.parse(before) as Kept) : null }]]
}

/** A day that is not the latest changes nothing of what stands now. */
function asBefore(earlier: Map<number, { day: string; count: Count | null }>) {
  return (residual: ResidualState) => {
    const change = earlier.get(residual.id)
    return change && residual.latest?.day === change.day ? { ...residual, latest: change.count } : residual
  }
}

const SHOWN = 10

function sayEffect({ t }: Visit, effect: Effect): string[] {
  const say = (name: keyof Effect) => {
    const ids = effect[name]
    if (ids.length === 0) return []
    const shown = ids.slice(0, SHOWN).map(id => sayId(t, id))
    const more = ids.length > SHOWN ? t('effect.more', { count: ids.length - SHOWN }) : ''
    return [t(`effect.${name}`, { count: ids.length, ids: shown.join(t('effect.comma')) + more })]
  }
  return [
    ...say('nowReady'),
    ...say('nowFree'),
    ...say('noLongerReady'),
    ...say('blockersGone'),
    ...say('blockersNew'),
  ]
}

/** A count lifts or sets only residual blockers; services are called by their keys. */
function sayId(t: Visit['t'], id: string): string {
  return id.startsWith('residual:') ? t('effect.residual', { system: id.slice('residual:'.length) }) : id
}
