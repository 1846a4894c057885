import type { AuditEntry } from '../../store/audit-log.ts'
import type { System } from '../../store/nouns.ts'
import type { Visit } from '../visit.ts'

/** After a change that sets the review day of a hold, or moves it: which one. Nothing after any other change. */
export function sayReviewDay({ t }: Visit, { noun, before, after }: AuditEntry): string[] {
  if (noun !== 'system') return []
  const [was, is] = [before, after].map(text => (JSON.parse(text ?? '{}') as Partial<System>).reviewOn)
  if (!is) return []
  return [was ? t('done.reviewMoved', { day: is, was }) : t('done.reviewOn', { day: is })]
}
