import type { Landscape } from '../domain/landscape.ts'
import { NO_CONSUMERS_GATE } from '../domain/register.ts'
import type { GateRow } from '../store/nouns.ts'

/**
 * Whether the register itself keeps the gate `no-consumers-confirmed` before a service, as it does where no source
 * has told of one, but for soft uses. `gates` are those that people keep there.
 */
export function hasSilentGate(
  { services }: Landscape,
  service: string,
  gates: readonly Pick<GateRow, 'key' | 'withdrawnOn'>[],
): boolean {
  if (gates.some(gate => gate.key === NO_CONSUMERS_GATE && !gate.withdrawnOn)) return false
  const judged = services.find(({ id }) => id === service)
  return judged?.gates.some(({ id }) => id === NO_CONSUMERS_GATE) ?? false
}
