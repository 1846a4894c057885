import { startOfDay } from '../context.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import { listInForce } from '../store/readings.ts'
import { readRevision } from '../store/workspace.ts'
import type { Asking } from './judged.ts'

/** A round of counts as it stands now: its address lives on, and the register moves on. */
export type RoundNow = {
  /** Its counts that are still in force. */
  standing: AuditEntry[]
  /** How many were corrected or withdrawn since. */
  overtaken: number
  /**
   * Whether anything was changed since, or another day has come. The answers of that moment are then gone, and an
   * effect compares what is known now with these counts and without them.
   */
  isRecomputed: boolean
}

/** `readings` are the entries of one revision about readings, at least one. */
export async function roundNow(
  { context, today }: Asking,
  readings: readonly AuditEntry[],
): Promise<RoundNow> {
  const kept = readings.filter(({ after }) => after !== null)
  const inForce = await listInForce(
    context.db,
    kept.map(({ nounId }) => nounId),
  )
  const standing = kept.filter(({ nounId }) => inForce.has(nounId))
  const isRecomputed = !(await isLastOfToday({ context, today }, readings[0]!))
  return { standing, overtaken: kept.length - standing.length, isRecomputed }
}

/** Whether the register still stands as a change left it, and on the day of the change. */
export async function isLastOfToday(
  { context, today }: Asking,
  { revision, at }: AuditEntry,
): Promise<boolean> {
  return revision === (await readRevision(context.db)) && at >= startOfDay(context, today)
}
