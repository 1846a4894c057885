import type { Landscape } from '../domain/landscape.ts'
import { toLandscape } from '../domain/register.ts'
import { type Effect, effectOf } from '../domain/shutdown/effect.ts'
import { judge } from '../domain/shutdown/judge.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import type { Judged } from '../store/judged.ts'
import type { RegisterRows } from '../store/landscape-rows.ts'
import { rowsWithout } from '../store/rows-without.ts'
import { type Asking, judgedFor } from './judged.ts'

/**
 * What changes of systems, services, gates, residuals and uses do in the shutdown analysis: the estate as it is now beside the
 * same estate without them. It says nothing about the services that went off or came back themselves.
 */
export async function effectOfChange(asking: Asking, entries: readonly AuditEntry[]): Promise<Effect> {
  const judged = await judgedFor(asking)
  const { rows, judgement, today } = judged
  const before = landscapeOf(await rowsWithout(asking.context.db, rows, entries), judged)
  return effectOf(judge(before, today), judgement, new Set(await switchedBy(asking, entries)))
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

/** Other rows of the same estate; how long what is left takes plays no part in a verdict. */
function landscapeOf({ systems, ...others }: RegisterRows, { landscape, today }: Judged): Landscape {
  const zeroOn = new Map(landscape.systems.map(({ id, residualZeroOn }) => [id, residualZeroOn]))
  const register = {
    systems: systems.map(({ row }) => ({ ...row, residualZeroOn: zeroOn.get(row.key) ?? null })),
    services: others.services.map(({ row }) => row),
    dependencies: others.dependencies.map(({ row }) => row),
    externals: others.externals.map(({ row }) => row),
  }
  return toLandscape(register, today, landscape)
}
