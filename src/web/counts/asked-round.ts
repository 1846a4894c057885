import { STATUSES } from '../../domain/vocabulary.ts'
import type { RoundFilter } from '../../store/round.ts'
import { findSystem, listOwners } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

export const READINGS = ['counted', 'uncounted'] as const
const COUNTED = { counted: 'yes', uncounted: 'no' } as const

export type AskedRound = ReturnType<typeof askedOf>

/** The round that an address asks for, the same for the page and its file. */
export async function askedRound(visit: Visit) {
  const { db } = visit.context
  const owners = await listOwners(db)
  const asked = askedOf(visit, owners)
  const system = asked.system ? await findSystem(db, asked.system) : undefined
  // A system that is not there has no residuals, which is what the page then says.
  const filter: RoundFilter = {
    ...asked,
    systemId: asked.system ? (system?.id ?? 0) : undefined,
    counted: asked.readings && COUNTED[asked.readings],
  }
  const { owner, status, readings } = asked
  return { asked, filter, owners, system, understood: { owner, status, readings } }
}

/** The filters of the address; what means nothing is left out. */
function askedOf({ request }: Visit, owners: readonly string[]) {
  const text = (name: string) => {
    const value = request.query[name]
    return typeof value === 'string' ? value.trim().slice(0, 200) : ''
  }
  const [status, readings] = [text('status'), text('readings')]
  return {
    owner: owners.find(one => one === text('owner')),
    system: text('system'),
    status: STATUSES.find(code => code === status),
    text: text('text'),
    readings: READINGS.find(code => code === readings),
  }
}
