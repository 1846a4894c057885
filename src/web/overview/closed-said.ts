import type { Day } from '../../domain/calendar.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { sayCount, sayName } from '../../http/words.ts'
import { listClosedWithRest } from '../../store/closed-with-rest.ts'
import type { Visit } from '../visit.ts'

const NAMED = 5

/** What residuals still had when they were closed is in no sum any more; those that the picture has till then are named. */
export async function sayClosedWithRest(
  { context, t, language, today }: Visit,
  unit: Unit,
  from: Day,
): Promise<string[]> {
  const closed = (await listClosedWithRest(context.db, unit, today)).filter(one => one.closedOn >= from)
  if (closed.length === 0) return []
  const named = closed.slice(0, NAMED).map(({ system, closedOn: day, count, ...residual }) =>
    t('overview.closedOne', {
      system: sayName(language, system),
      residual: sayName(language, residual),
      count: sayCount(t, language, count),
      day,
    }),
  )
  const residuals = named.join(t('attention.comma')) + (closed.length > NAMED ? '…' : '')
  return [t('overview.closed', { residuals, count: closed.length })]
}
