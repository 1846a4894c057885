import { judgedFor } from '../../http/judged.ts'
import { oncePerRevision } from '../../store/per-revision.ts'
import type { Visit } from '../visit.ts'

/** How many services each system has, how many of them can go now, and how many of its gates are open. */
export type Tally = {
  ready: number
  bySystem: Map<string, { services: number; ready: number; openGates: number }>
}

export async function loadServiceTally(visit: Visit): Promise<Tally> {
  const { landscape, judgement } = await judgedFor(visit)
  return oncePerRevision(visit.context.db, 'service-tally', visit.today, async () => {
    const bySystem: Tally['bySystem'] = new Map()
    for (const { id, gates } of landscape.systems) {
      bySystem.set(id, {
        services: 0,
        ready: 0,
        openGates: gates.filter(gate => gate.state !== 'closed').length,
      })
    }
    let ready = 0
    for (const service of landscape.services) {
      const isReady = judgement.verdicts[judgement.graph.numbers.get(service.id) ?? -1] === 'READY'
      if (isReady) ready += 1
      for (const key of service.systems) {
        const tally = bySystem.get(key)
        if (!tally) continue
        tally.services += 1
        if (isReady) tally.ready += 1
      }
    }
    return { ready, bySystem }
  })
}
