import { toGateState } from '../domain/gates.ts'
import type { GateState, Landscape } from '../domain/landscape.ts'
import { isTelling, NO_CONSUMERS_GATE, toUse } from '../domain/register.ts'
import { type Effect, effectOf } from '../domain/shutdown/effect.ts'
import { judge } from '../domain/shutdown/judge.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import type { Db } from '../store/columns.ts'
import { listGates } from '../store/gates.ts'
import type { Dependency, ExternalUse, GateRow, Service } from '../store/nouns.ts'
import { findPlace, findThing } from '../store/places.ts'
import { type Asking, judgedFor } from './judged.ts'

/**
 * What switches of services, closed and reopened gates, and waivers and withdrawals of gates and uses change in the
 * shutdown analysis: the estate as it is now beside the same estate without them. `switched` are the services that went off or came back, about which
 * the effect says nothing.
 */
export async function effectOfChange(
  asking: Asking,
  entries: readonly AuditEntry[],
): Promise<{ effect: Effect; switched: string[] }> {
  const { landscape, judgement, today } = await judgedFor(asking)
  const switched: string[] = []
  let before = landscape
  for (const entry of entries) before = await without(entry)
  const effect = effectOf(judge(before, today), judgement)
  const others = (ids: readonly string[]) => ids.filter(id => !switched.includes(id))
  return {
    switched,
    effect: {
      ...effect,
      nowReady: others(effect.nowReady),
      nowFree: others(effect.nowFree),
      noLongerReady: others(effect.noLongerReady),
    },
  }

  async function without({ noun, nounId, before: was }: AuditEntry): Promise<Landscape> {
    const { db } = asking.context
    const earlier = JSON.parse(was ?? '{}')
    // A gate is never added closed but by confirming that nobody calls, where the register itself had asked before.
    const isAdded = was === null
    if (noun === 'service') {
      const service = await findThing(db, noun, nounId)
      if (service) switched.push(service.key)
      return service ? withService(before, { ...service, ...earlier }) : before
    }
    if (noun === 'gate') {
      const gate = await findThing(db, noun, nounId)
      const then = isAdded ? { state: 'open' } : earlier
      return gate ? withGate(db, before, toGateState({ ...gate, ...then }, today), gate) : before
    }
    if (noun !== 'dependency' && noun !== 'external_consumer') return before
    const use = await findThing(db, noun, nounId)
    return use ? withUse(db, before, { ...use, ...earlier }, today) : before
  }
}

function withService(landscape: Landscape, { key, state, offSince }: Service): Landscape {
  const services = landscape.services.map(one => (one.id === key ? { ...one, state, offSince } : one))
  return { ...landscape, services }
}

async function withGate(db: Db, landscape: Landscape, state: GateState | null, gate: GateRow) {
  const place = await findPlace(db, gate)
  if (!place || !state) return landscape
  const changed = <T extends { id: string; gates: GateState[] }>(things: readonly T[]) =>
    things.map(thing =>
      thing.id === place.key
        ? { ...thing, gates: [...thing.gates.filter(({ id }) => id !== state.id), state] }
        : thing,
    )
  return place.kind === 'system'
    ? { ...landscape, systems: changed(landscape.systems) }
    : { ...landscape, services: changed(landscape.services) }
}

/** A use that is waived now holds nothing, so the one before the waiver just comes to it. */
async function withUse(db: Db, landscape: Landscape, use: Dependency | ExternalUse, today: string) {
  const ends = 'consumerId' in use ? [use.providerId, use.consumerId] : [use.providerId]
  const services = isTelling(use) ? await withoutSilence(db, landscape, ends) : landscape.services
  const to = (await findPlace(db, { serviceId: use.providerId }))!.key
  const told = toUse(use, today)
  if ('name' in use)
    return { ...landscape, services, externals: [...landscape.externals, { ...told, name: use.name, to }] }
  const from = (await findPlace(db, { serviceId: use.consumerId }))!.key
  return { ...landscape, services, edges: [...landscape.edges, { ...told, from, to }] }
}

/** Whoever was known by a use was not asked whether anybody calls it, unless a gate of its own asks. */
async function withoutSilence(db: Db, { services }: Landscape, serviceIds: readonly number[]) {
  const known = new Set<string>()
  for (const serviceId of serviceIds) {
    const gates = await listGates(db, { serviceId })
    if (gates.some(gate => gate.kind === 'no_consumers' && !gate.withdrawnOn)) continue
    known.add((await findPlace(db, { serviceId }))!.key)
  }
  return services.map(service =>
    known.has(service.id)
      ? { ...service, gates: service.gates.filter(({ id }) => id !== NO_CONSUMERS_GATE) }
      : service,
  )
}
