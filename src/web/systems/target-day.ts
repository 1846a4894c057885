import type { Day } from '../../domain/calendar.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { System } from '../../store/nouns.ts'
import { sayOutlookChance } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'

type Aimed = Partial<Pick<System, 'targetOn'>>

/** After a change of the target day: the old and the new one, and how likely either is met. Nothing after any other change. */
export async function sayTargetDay(
  visit: Visit,
  { noun, nounId, before, after }: AuditEntry,
): Promise<string[]> {
  if (noun !== 'system' || before === null || after === null) return []
  const { targetOn: was = null } = JSON.parse(before) as Aimed
  const { targetOn: is } = JSON.parse(after) as Aimed
  if (is === undefined) return []
  const { t } = visit
  if (is === null) return [t('done.targetGone', { was })]
  const moved = was ? t('done.targetMoved', { day: is, was }) : t('done.targetOn', { day: is })
  return [moved, ...(await sayChances(visit, nounId, was, is))]
}

async function sayChances(visit: Visit, id: number, was: Day | null, is: Day): Promise<string[]> {
  const { t, context, today } = visit
  const outlook = (await loadOutlookSoFar(context.db, today)).outlooks.get(id)
  if (!outlook) return []
  const chanceBy = (targetOn: Day | null) =>
    sayOutlookChance(visit, { ...outlook, system: { ...outlook.system, targetOn } })
  const [from, to] = [chanceBy(was), chanceBy(is)]
  if (!to) return []
  return [from ? t('done.targetChances', { from, to, was }) : t('done.targetChance', { to })]
}
