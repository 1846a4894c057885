import type { Owner } from '../actions/places.ts'
import { NotFound } from '../actions/refusal.ts'
import { readId } from '../domain/id.ts'
import { servicePath, systemPath } from '../http/addresses.ts'
import { sayName } from '../http/words.ts'
import { findPlace, findThing, type Place } from '../store/places.ts'
import { getService } from './services/service-forms.ts'
import { getSystem } from './systems/system-forms.ts'
import type { Section, Visit } from './visit.ts'

/** Whose a gate, a cost or an event is, as its forms name it and go back to it. */
export type OwnerOnPage = { owner: Owner; name: string; back: string; section: Section }

export async function systemOwner(visit: Visit): Promise<OwnerOnPage & { owner: { systemId: number } }> {
  const system = await getSystem(visit)
  const name = sayName(visit.language, system)
  return { owner: { systemId: system.id }, name, back: systemPath(system.key), section: 'overview' }
}

async function serviceOwner(visit: Visit): Promise<OwnerOnPage> {
  const service = await getService(visit)
  return {
    owner: { serviceId: service.id },
    name: service.name,
    back: servicePath(service.key),
    section: 'services',
  }
}

/** Who is to own a new gate or cost. Throws NotFound. */
export const OWNERS = { system: systemOwner, service: serviceOwner }

type OwnedNoun = 'gate' | 'monthly_cost' | 'expected_saving' | 'event'

/** The thing that the address names, and whose it is. Throws NotFound. */
export async function getOwned<N extends OwnedNoun>(visit: Visit, noun: N) {
  const { context, request, language } = visit
  const text = String(request.params.id)
  const id = readId(text)
  const row = id === null ? undefined : await findThing(context.db, noun, id)
  const place = row && (await findPlace(context.db, { serviceId: null, ...row }))
  if (!row || !place) throw new NotFound(noun, text)
  return { row, name: sayName(language, place), ...placeOnPage(place) }
}

function placeOnPage({ kind, key }: Place): Pick<OwnerOnPage, 'back' | 'section'> {
  return kind === 'system'
    ? { back: systemPath(key), section: 'overview' }
    : { back: servicePath(key), section: 'services' }
}
