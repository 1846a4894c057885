import { listHistory } from '../store/audit-log.ts'
import type { Form, Instead } from './form.ts'
import { historyLines } from './history/history-lines.ts'
import { typedAgain } from './typed-again.ts'
import type { ViewAnswer, Visit } from './visit.ts'

/** What stands in the place of a form: why nothing can be done, who was faster, and what was typed all the same. */
export async function showInstead(
  visit: Visit,
  { heading, section, back }: Form,
  { text, ways = [], changed }: Instead,
): Promise<ViewAnswer> {
  const { context, request } = visit
  const entries = changed ? await listHistory(context.db, { noun: changed.noun, nounId: changed.id }, 1) : []
  const others = await historyLines(visit, entries)
  const again = typedAgain(visit, request)
  const typed = again && { ...again, sent: again.sent.filter(({ name }) => name !== 'lang') }
  const it = { heading, text, ways, back, others, typed }
  return { view: 'shared/no-form', title: heading, section, it, status: 409 }
}
