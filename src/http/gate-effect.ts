import type { GateState } from '../domain/landscape.ts'
import { type Effect, effectOf } from '../domain/shutdown/effect.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { type Asking, judgedFor } from './judged.ts'

type Owner = { id: string; gates: GateState[] }

/**
 * What a gate that stands closed changes in the shutdown analysis: the estate as it is now beside the same estate with
 * the gate open. Null when it is not closed.
 */
export async function effectOfClosing(
  asking: Asking,
  { noun, key, gate }: { noun: 'systems' | 'services'; key: string; gate: string },
): Promise<Effect | null> {
  const { landscape, judgement, today } = await judgedFor(asking)
  const owner: Owner | undefined = landscape[noun].find(({ id }) => id === key)
  if (!owner?.gates.some(({ id, state }) => id === gate && state === 'closed')) return null
  const opened = <T extends Owner>(things: readonly T[]) =>
    things.map(thing => (thing.id === key ? { ...thing, gates: thing.gates.map(withOpen) } : thing))
  const before =
    noun === 'systems'
      ? { ...landscape, systems: opened(landscape.systems) }
      : { ...landscape, services: opened(landscape.services) }
  return effectOf(judge(before, today), judgement)

  function withOpen(one: GateState): GateState {
    return one.id === gate ? { ...one, state: 'open' } : one
  }
}
