import type { Landscape, SystemState } from '../domain/landscape.ts'
import { toLandscape } from '../domain/register.ts'
import { type Effect, effectOf } from '../domain/shutdown/effect.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import type { Outlook } from '../store/forecasts.ts'
import type { Judged } from '../store/judged.ts'
import { zeroDayOf } from '../store/landscape.ts'
import type { RegisterRows } from '../store/landscape-rows.ts'
import { rowsWithout } from '../store/rows-without.ts'
import { outlooksOfChange } from './change-outlooks.ts'
import { type Asking, judgedFor } from './judged.ts'
import { outlooksAround } from './round-outlooks.ts'

export type ChangeEffect = {
  /** It says nothing about the services that went off or came back themselves. */
  effect: Effect
  before: Judgement
  after: Judgement
  /** The forecasts without the change, by the id of the system, where it moves any. */
  outlooks: Map<number, Outlook>
}

/**
 * What changes of systems, services, gates, residuals, counts and uses do in the shutdown analysis: the estate as it is now
 * beside the same estate without them.
 */
export async function effectOfChange(asking: Asking, entries: readonly AuditEntry[]): Promise<ChangeEffect> {
  const then = await landscapeWithout(asking, entries)
  return effectWithout(asking, entries, then)
}

/** The same of a round of counts; null where no system holds, or ends, another way than without them. */
export async function effectOfRound(
  asking: Asking,
  entries: readonly AuditEntry[],
): Promise<ChangeEffect | null> {
  const { landscape } = await judgedFor(asking)
  const then = await landscapeWithout(asking, entries)
  const isMoved = landscape.systems.some((now, at) => isOtherwise(now, then.landscape.systems[at]!))
  return isMoved ? effectWithout(asking, entries, then) : null
}

/** Unknown blocks as any open order does. */
function isOtherwise(now: SystemState, then: SystemState): boolean {
  return (now.residual !== 0) !== (then.residual !== 0) || now.residualZeroOn !== then.residualZeroOn
}

type Without = Pick<ChangeEffect, 'outlooks'> & { landscape: Landscape }

async function landscapeWithout(asking: Asking, entries: readonly AuditEntry[]): Promise<Without> {
  const judged = await judgedFor(asking)
  const outlooks = new Map(
    [...(await outlooksAround(asking, entries)), ...(await outlooksOfChange(asking, entries))].map(
      ({ before }) => [before.system.id, before],
    ),
  )
  const without = await rowsWithout(asking.context.db, judged.rows, entries)
  return { outlooks, landscape: landscapeOf(without, judged, outlooks) }
}

async function effectWithout(
  asking: Asking,
  entries: readonly AuditEntry[],
  { landscape, outlooks }: Without,
): Promise<ChangeEffect> {
  const { judgement: after, today } = await judgedFor(asking)
  const before = judge(landscape, today)
  const switched = new Set(await switchedBy(asking, entries))
  return { effect: effectOf(before, after, switched), before, after, outlooks }
}

/** The services that went off or came back, in the order it was done. */
export async function switchedBy(asking: Asking, entries: readonly AuditEntry[]): Promise<string[]> {
  const { rows } = await judgedFor(asking)
  const keys = new Map(rows.services.map(({ id, row }) => [id, row.key]))
  return entries.filter(isSwitch).map(({ nounId }) => keys.get(nounId)!)
}

function isSwitch({ noun, before }: AuditEntry): boolean {
  return noun === 'service' && before !== null && 'state' in JSON.parse(before)
}

/** Other rows of the same estate, with the days on which their systems are empty. */
function landscapeOf(
  { systems, ...others }: RegisterRows,
  { landscape, rows, today }: Judged,
  outlooks: ReadonlyMap<number, Outlook>,
): Landscape {
  const zeroOn = new Map(landscape.systems.map(({ id, residualZeroOn }) => [id, residualZeroOn]))
  const declared = new Map(rows.systems.map(({ id, row }) => [id, row.declaredZeroOn]))
  const register = {
    systems: systems.map(({ id, row }) => ({ ...row, residualZeroOn: zeroDay(id, row) })),
    services: others.services.map(({ row }) => row),
    dependencies: others.dependencies.map(({ row }) => row),
    externals: others.externals.map(({ row }) => row),
  }
  return toLandscape(register, today, landscape)

  function zeroDay(id: number, { key, declaredZeroOn }: RegisterRows['systems'][number]['row']) {
    const outlook = outlooks.get(id)
    if (!outlook && declaredZeroOn === declared.get(id)) return zeroOn.get(key) ?? null
    return zeroDayOf(outlook, declaredZeroOn, today)
  }
}
