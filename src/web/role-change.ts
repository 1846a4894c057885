import { findRoleChange } from '../store/audit-log.ts'
import { localTime } from './history/history-lines.ts'
import type { Visit } from './visit.ts'

/** Since when a thing has its role, by whom and why; null while it has the one that it was added with. */
export async function sayRoleChange(
  { context, t }: Visit,
  noun: 'system' | 'service',
  id: number,
): Promise<string | null> {
  const change = await findRoleChange(context.db, noun, id)
  if (!change) return null
  const [day] = localTime(change.at, context.config.TIME_ZONE).split(' ')
  const { actor, why } = change
  return t(why ? 'roleChange.because' : 'roleChange.unexplained', { day, actor, why })
}
