import type { Judgement } from '../../domain/shutdown/judge.ts'
import { findService } from '../../domain/shutdown/service.ts'
import { byWeight, sayBlockersAt } from '../../http/blockers/blocker-words.ts'
import { goingOn } from '../services/service-headline.ts'
import type { Visit } from '../visit.ts'

const NAMED = 3

/**
 * Where nothing holds a system, its services may be held all the same, by who uses them: each with its weightiest
 * reason. Null when nothing holds those that run.
 */
export async function sayHeldServices(
  visit: Visit,
  judgement: Judgement,
  system: string,
): Promise<string | null> {
  const { t } = visit
  const held = heldServices(judgement, system)
  if (held.length === 0) return null
  const reasons = held.slice(0, NAMED).map(key => {
    const [first] = byWeight(findService(judgement, key)!.blockers)
    return { service: key, blocker: first! }
  })
  const said = await sayBlockersAt(visit, reasons)
  const named = reasons
    .map(({ service }, at) =>
      t('system.serviceHeld', { service, reason: goingOn(said[at]!.name ?? said[at]!.text) }),
    )
    .join(t('service.stays.and'))
  const count = held.length - reasons.length
  return t('system.servicesHeld', {
    services: count > 0 ? t('service.headline.among', { named, count }) : named,
  })
}

function heldServices({ graph, verdicts }: Judgement, system: string): string[] {
  return graph.ids.filter((_, number) => {
    const isHeld = verdicts[number] === 'BLOCKED' || verdicts[number] === 'NEEDS_REPOINT'
    return isHeld && graph.services[number]!.systems.includes(system)
  })
}
