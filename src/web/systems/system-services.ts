import { findService } from '../../domain/shutdown/service.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayNumber } from '../../http/words.ts'
import { countServices, listServices } from '../../store/services.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

const SHOWN = 50

/** The services that belong to a system, each with its verdict. */
export async function servicesOfSystem(visit: Visit, { id, key }: SystemState) {
  const { context, t, language } = visit
  const { judgement } = await judgedFor(visit)
  const total = await countServices(context.db, { systemId: id })
  const services = await listServices(context.db, { systemId: id }, { limit: SHOWN, offset: 0 })
  return {
    rows: services.map(service => {
      const judged = findService(judgement, service.key)
      const holds = judged?.blockers.length ?? 0
      return {
        key: service.key,
        name: service.name === service.key ? null : service.name,
        href: servicePath(service.key),
        verdict: judged && { code: judged.verdict, label: t(`verdict.${judged.verdict}`) },
        holds: holds > 0 ? t('system.heldBy', { number: sayNumber(language, holds) }) : '',
      }
    }),
    add: pageWith('/services/new', { system: key }),
    more: total > SHOWN ? pageWith('/services', { system: key }) : null,
  }
}
