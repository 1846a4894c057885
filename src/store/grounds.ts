import type { Day } from '../domain/calendar.ts'
import { type Ground, groundsOf } from '../domain/evidence.ts'
import type { Switch } from '../domain/register.ts'
import { type Db, selectRows } from './columns.ts'
import { type GateRow, NOUNS } from './nouns.ts'
import { listResiduals, type ResidualState } from './residuals.ts'
import { listServedSystems } from './services.ts'
import { listOpenComplaints, type OpenComplaint } from './trials.ts'
import {
  type NamedDependency,
  type NamedExternal,
  selectNamedDependencies,
  selectNamedExternals,
} from './uses.ts'

/** The system that it belongs to, or the service. */
type Placed = { place: { name: string; nameEn: string | null } }
type ProvenUse = (NamedDependency | NamedExternal) & { consumer: string; consumerSwitch: Switch | null }
export type KeptGround = Ground<ResidualState & Placed, GateRow & Placed, ProvenUse, OpenComplaint>
type Usual = { cadenceDays: number; quietDays: number }

/** What it rests on that nothing holds these services themselves, by the id of each: a few queries for all of them. */
export async function loadGrounds(
  db: Db,
  services: readonly { id: number; key: string }[],
  today: Day,
  usual: Usual,
): Promise<Map<number, KeptGround[]>> {
  if (services.length === 0) return new Map()
  const ids = services.map(({ id }) => id)
  const served = await listServedSystems(db, ids)
  const systemIds = [...new Set(served.map(({ systemId }) => systemId))]
  const residuals = systemIds.length > 0 ? await listResiduals(db, systemIds) : []
  const gates = await findGates(db, systemIds, ids)
  const [uses, fed] = [await findUses(db, ids), await findFed(db, ids)]
  const complaints = await listOpenComplaints(db, { serviceIds: ids })
  const needed = await findNeeded(db, ids)
  return new Map(
    services.map(({ id, key }) => {
      const systems = new Map(
        served.filter(({ serviceId }) => serviceId === id).map(system => [system.systemId, system]),
      )
      const proofs = {
        residuals: residuals
          .filter(({ systemId }) => systems.has(systemId))
          .map(one => ({ ...one, place: systems.get(one.systemId)! })),
        gates: gates
          .filter(gate => gate.serviceId === id || systems.has(gate.systemId ?? 0))
          .map(gate => ({ ...gate, place: systems.get(gate.systemId ?? 0) ?? { name: key, nameEn: null } })),
        uses: uses.filter(use => use.providerId === id),
        fed: fed.filter(use => use.consumerId === id),
        complaints: complaints.filter(({ serviceId }) => serviceId === id),
        service: { key, isNeeded: needed.has(id) },
      }
      return [id, groundsOf(proofs, today, usual)]
    }),
  )
}

async function findGates(db: Db, systemIds: readonly number[], serviceIds: readonly number[]) {
  return selectRows(db, NOUNS.gate)
    .where('gate.withdrawn_on', 'is', null)
    .where(eb =>
      eb.or([
        eb('gate.service_id', 'in', serviceIds),
        ...(systemIds.length > 0 ? [eb('gate.system_id', 'in', systemIds)] : []),
      ]),
    )
    .orderBy('gate.id')
    .execute()
}

/** Those which somebody that they call cannot live without. */
async function findNeeded(db: Db, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('dependency')
    .select('consumer_id as id')
    .distinct()
    .where('withdrawn_on', 'is', null)
    .where('needs', '<>', 'from')
    .where('consumer_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Uses that they make of services that run and cannot live without them. */
async function findFed(db: Db, ids: readonly number[]): Promise<(ProvenUse & NamedDependency)[]> {
  const rows = await selectNamedDependencies(db)
    .where('dependency.withdrawn_on', 'is', null)
    .whereRef('dependency.consumer_id', '<>', 'dependency.provider_id')
    .where('dependency.consumer_id', 'in', ids)
    .where('dependency.needs', '<>', 'from')
    .where('provider.state', '=', 'on')
    .execute()
  return rows.map(use => ({ ...use, consumerSwitch: null }))
}

async function findUses(db: Db, ids: readonly number[]): Promise<ProvenUse[]> {
  const inside = await selectNamedDependencies(db)
    .select(['consumer.state as consumerState', 'consumer.off_since as consumerOffSince'])
    .where('dependency.withdrawn_on', 'is', null)
    .whereRef('dependency.consumer_id', '<>', 'dependency.provider_id')
    .where('dependency.provider_id', 'in', ids)
    .execute()
  const outside = await selectNamedExternals(db)
    .where('external_consumer.withdrawn_on', 'is', null)
    .where('external_consumer.provider_id', 'in', ids)
    .execute()
  return [
    ...inside.map(({ consumerState: state, consumerOffSince: offSince, ...use }) => ({
      ...use,
      consumerSwitch: { state, offSince },
    })),
    ...outside.map(use => ({ ...use, consumer: use.name, consumerSwitch: null })),
  ]
}
