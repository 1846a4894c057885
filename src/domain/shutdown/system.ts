import { type Day, dayFromNumber, dayNumber } from '../calendar.ts'
import type { SystemState } from '../landscape.ts'
import type { Blocker } from './blockers.ts'
import { stillAhead, whenOf } from './moments.ts'
import { reasonsOfSystem } from './reasons.ts'

/**
 * What holds a system itself as of `today`, also when no service that is on belongs to it and the estate's own
 * list of blockers therefore does not name it: its residual first, then its gates.
 */
export function blockersOfSystem(system: SystemState, today: Day): Blocker[] {
  const now = dayNumber(today)
  return reasonsOfSystem(system).map(({ reason, end }) => ({
    ...reason,
    date: whenOf(stillAhead(end, now)),
    overdueSince: end <= now ? dayFromNumber(end) : null,
  }))
}
