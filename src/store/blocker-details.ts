import type { Day } from '../domain/calendar.ts'
import type { Blocker } from '../domain/shutdown/blockers.ts'
import { type Db, selectRows } from './columns.ts'
import { loadLastUses } from './last-uses.ts'
import { type GateRow, NOUNS, type Service } from './nouns.ts'
import { listReopenings, type Reopening } from './reopenings.ts'
import { findServicesByKey } from './services.ts'
import { findSystemsByKey, type SystemState } from './systems.ts'
import {
  type NamedDependency,
  type NamedExternal,
  selectNamedDependencies,
  selectNamedExternals,
} from './uses.ts'

/** What the register knows about the owners of some blockers, each found by the key that the blocker names. */
export type BlockerDetails = {
  systems: Map<string, SystemState>
  services: Map<string, Service>
  gates: Map<string, GateRow>
  serviceGates: Map<string, GateRow>
  /** The last day on which a confirmed service was used after all, by its id. */
  lastUses: Map<number, Day>
  /** Why a confirmation does not stand any more, by the gate's id. */
  reopenings: Map<number, Reopening>
  /** The uses of outside consumers that stand, by name. */
  externals: Map<string, NamedExternal[]>
  /** The last standing report of a pair, by `consumer>provider`. */
  uses: Map<string, NamedDependency>
}

/** One query for each kind of owner among the blockers, however many blockers there are. */
export async function loadBlockerDetails(
  db: Db,
  blockers: readonly Pick<Blocker, 'owner'>[],
): Promise<BlockerDetails> {
  const owners = blockers.map(blocker => blocker.owner)
  const gates = owners.filter(owner => owner.kind === 'system-gate')
  const serviceGates = owners.filter(owner => owner.kind === 'service-gate')
  const pairs = owners.filter(owner => owner.kind === 'edge')
  const systems = owners.flatMap(owner => ('system' in owner ? [owner.system] : []))
  const services = owners.flatMap(owner =>
    owner.kind === 'edge' ? [owner.consumer, owner.provider] : 'service' in owner ? [owner.service] : [],
  )
  const keptServiceGates = await findServiceGates(db, serviceGates)
  const confirmations = [...keptServiceGates.values()].filter(gate => gate.kind === 'no_consumers')
  const isConfirmed = confirmations.some(({ state }) => state === 'closed')
  const reopened = confirmations.filter(({ state, evidence }) => state !== 'closed' && evidence)
  return {
    systems: byKey(await findSystemsByKey(db, [...new Set(systems)])),
    services: byKey(await findServicesByKey(db, [...new Set(services)])),
    gates: await findSystemGates(db, gates),
    serviceGates: keptServiceGates,
    lastUses: isConfirmed ? await loadLastUses(db) : new Map(),
    reopenings: await listReopenings(db, reopened),
    externals: await findExternals(
      db,
      owners.flatMap(owner => (owner.kind === 'external' ? [owner.name] : [])),
    ),
    uses: await findPairs(db, pairs),
  }
}

async function findSystemGates(db: Db, wanted: readonly { system: string; gate: string }[]) {
  if (wanted.length === 0) return new Map<string, GateRow>()
  const rows = await selectRows(db, NOUNS.gate)
    .innerJoin('system', 'system.id', 'gate.system_id')
    .select('system.key as at')
    .where('gate.withdrawn_on', 'is', null)
    .where('system.key', 'in', unique(wanted.map(one => one.system)))
    .where('gate.key', 'in', unique(wanted.map(one => one.gate)))
    .execute()
  return new Map(rows.map(({ at, ...gate }) => [`${at}/${gate.key}`, gate]))
}

async function findServiceGates(db: Db, wanted: readonly { service: string; gate: string }[]) {
  if (wanted.length === 0) return new Map<string, GateRow>()
  const rows = await selectRows(db, NOUNS.gate)
    .innerJoin('service', 'service.id', 'gate.service_id')
    .select('service.key as at')
    .where('gate.withdrawn_on', 'is', null)
    .where('service.key', 'in', unique(wanted.map(one => one.service)))
    .where('gate.key', 'in', unique(wanted.map(one => one.gate)))
    .execute()
  return new Map(rows.map(({ at, ...gate }) => [`${at}/${gate.key}`, gate]))
}

async function findExternals(db: Db, names: readonly string[]) {
  if (names.length === 0) return new Map<string, NamedExternal[]>()
  const rows = await selectNamedExternals(db)
    .where('external_consumer.withdrawn_on', 'is', null)
    .where('external_consumer.name', 'in', unique(names))
    .execute()
  return Map.groupBy(rows, row => row.name)
}

async function findPairs(db: Db, wanted: readonly { consumer: string; provider: string }[]) {
  if (wanted.length === 0) return new Map<string, NamedDependency>()
  const rows = await selectNamedDependencies(db)
    .where('dependency.withdrawn_on', 'is', null)
    .where('consumer.key', 'in', unique(wanted.map(one => one.consumer)))
    .where('provider.key', 'in', unique(wanted.map(one => one.provider)))
    .execute()
  const bySight = rows.sort((a, b) => ((a.lastSeenOn ?? '') < (b.lastSeenOn ?? '') ? -1 : 1))
  return new Map(bySight.map(row => [`${row.consumer}>${row.provider}`, row]))
}

function byKey<T extends { key: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map(row => [row.key, row]))
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)]
}
