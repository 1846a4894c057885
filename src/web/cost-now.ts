import { costOfMonth } from '../domain/monthly-cost.ts'
import { sayCost } from '../http/words.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import { listCosts } from '../store/money.ts'
import type { Visit } from './visit.ts'

/** After a change of one cost of a system or a service: what all of them come to. Nothing after any other change. */
export async function sayCostNow(visit: Visit, { noun, systemId, serviceId }: AuditEntry): Promise<string[]> {
  if (noun !== 'monthly_cost') return []
  const { t, language, today, context } = visit
  const owner = systemId ? { systemId } : { serviceId: serviceId! }
  const costs = (await listCosts(context.db, owner)).filter(({ withdrawnOn }) => !withdrawnOn)
  const ofMonth = costOfMonth(costs, today)
  if (ofMonth.known.length === 0) return [t('done.costUnknown')]
  return [t('done.costNow', { money: sayCost(t, language, ofMonth) })]
}
