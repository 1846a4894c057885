import { listLiveConsumers } from '../../domain/shutdown/uses-of-service.ts'
import { servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import type { Service } from '../../store/nouns.ts'
import { listOpenComplaints } from '../../store/trials.ts'
import type { Form } from '../form.ts'
import type { Visit } from '../visit.ts'

const NAMED = 10

/** Somebody calls it, or missed it in a trial: first that is settled. */
export async function whyNotConfirmed(
  visit: Visit,
  { id, key }: Pick<Service, 'id' | 'key'>,
): Promise<Pick<Form, 'instead'>> {
  const { context, t } = visit
  const callers = listLiveConsumers((await judgedFor(visit)).judgement, key)
  if (callers.length > 0) {
    const values = {
      count: callers.length,
      consumers: callers.slice(0, NAMED).join(t('service.headline.comma')),
    }
    const way = { text: t('service.noConsumers.consumers'), href: `${servicePath(key)}#consumers` }
    return { instead: { text: t('problem.shutdown.still_called', values), ways: [way] } }
  }
  const [first, ...others] = await listOpenComplaints(context.db, { serviceIds: [id] })
  if (!first) return {}
  const values = { ...first, count: others.length + 1 }
  return {
    instead: {
      text: t('problem.shutdown.unsettled_complaint', values),
      ways: [
        { text: t('trial.makeUse'), href: `/complaints/${first.id}/use` },
        { text: t('withdrawal.submit'), href: `/complaints/${first.id}/withdraw` },
      ],
    },
  }
}
