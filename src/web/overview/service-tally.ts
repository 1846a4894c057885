import type { GateState } from '../../domain/landscape.ts'
import { isGateOfStatus } from '../../domain/register.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { judgedFor } from '../../http/judged.ts'
import type { Visit } from '../visit.ts'

/** How many services each system has, how many of them run, and how many can go now. */
export type Tally = { ready: number; bySystem: Map<string, SystemTally> }
export type SystemTally = { services: number; on: number; ready: number }

export async function loadServiceTally(visit: Visit): Promise<Tally> {
  return tallyOf((await judgedFor(visit)).judgement)
}

const tallies = new WeakMap<Judgement['verdicts'], Tally>()

/** Counted once as long as no verdict can have changed. */
function tallyOf({ verdicts, graph }: Judgement): Tally {
  const known = tallies.get(verdicts)
  if (known) return known
  const tally: Tally = { ready: 0, bySystem: new Map() }
  for (const [number, service] of graph.services.entries()) {
    const ready = verdicts[number] === 'READY' ? 1 : 0
    tally.ready += ready
    for (const key of service.systems) {
      const own = tally.bySystem.get(key)
      tally.bySystem.set(key, {
        services: (own?.services ?? 0) + 1,
        on: (own?.on ?? 0) + (service.state === 'on' ? 1 : 0),
        ready: (own?.ready ?? 0) + ready,
      })
    }
  }
  tallies.set(verdicts, tally)
  return tally
}

/** How many gates of some systems are open, by the keys of the systems. A status has a column of its own. */
export async function loadOpenGates(visit: Visit, keys: readonly string[]): Promise<Map<string, number>> {
  const wanted = new Set(keys)
  const { landscape } = await judgedFor(visit)
  const open = new Map<string, number>()
  for (const { id, gates } of landscape.systems) {
    if (open.size === wanted.size) break
    if (wanted.has(id)) open.set(id, gates.filter(isHolding).length)
  }
  return open

  function isHolding({ id, state }: GateState): boolean {
    return state !== 'closed' && !isGateOfStatus(id)
  }
}
