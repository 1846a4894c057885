import { listBlockers } from '../../domain/shutdown/estate.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { sayBlockers } from '../../http/blockers/blocker-words.ts'
import type { ChangeEffect } from '../../http/change-effect.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import type { Visit } from '../visit.ts'

/** Another status is a blocker that went or came, also where no verdict turns because something else still holds. */
export async function sayBlockersTurned(
  visit: Visit,
  { effect, before, after }: ChangeEffect,
  entries: readonly AuditEntry[],
): Promise<string[]> {
  if (!entries.some(({ action }) => action === 'change-status')) return []
  return [
    ...(await say(visit, 'effect.blockersGone', before, effect.blockersGone)),
    ...(await say(visit, 'effect.blockersNew', after, effect.blockersNew)),
  ]
}

async function say(visit: Visit, key: string, judgement: Judgement, ids: readonly string[]) {
  const { t } = visit
  const blockers = listBlockers(judgement).filter(({ id }) => ids.includes(id))
  if (blockers.length === 0) return []
  const said = await sayBlockers(visit, blockers)
  return [t(key, { ids: said.map(({ text }) => t('effect.quoted', { text })).join(t('effect.comma')) })]
}
