import type { Day } from '../domain/calendar.ts'
import type { Gate } from '../domain/gates.ts'
import { type Db, selectRows } from './columns.ts'
import { type GateRow, NOUNS } from './nouns.ts'
import type { Touched } from './touched.ts'

/** The gates of a system or of a service, withdrawn ones included. */
export async function listGates(
  db: Db,
  of: { systemId: number } | { serviceId: number },
): Promise<GateRow[]> {
  const query = selectRows(db, NOUNS.gate).orderBy('gate.id')
  return 'systemId' in of
    ? query.where('gate.system_id', '=', of.systemId).execute()
    : query.where('gate.service_id', '=', of.serviceId).execute()
}

export type KeptGate = Gate & {
  id: number
  name: string
  nameEn: string | null
  systemId: number | null
  serviceId: number | null
  owner: string | null
  closedOn: Day | null
}

/** Every gate of the estate, or of some systems and services, as far as the analysis needs it. */
export async function loadGates(db: Db, of?: Touched): Promise<KeptGate[]> {
  if (!of) return selectGates(db).execute()
  const { systemIds, serviceIds } = of
  return selectGates(db)
    .where(eb =>
      eb.or([
        ...(systemIds.length > 0 ? [eb('system_id', 'in', systemIds)] : []),
        ...(serviceIds.length > 0 ? [eb('service_id', 'in', serviceIds)] : []),
      ]),
    )
    .execute()
}

/** Those that were to close by a day, whether or not they did. */
export async function listGatesDue(db: Db, by: Day): Promise<KeptGate[]> {
  return selectGates(db).where('closes_on', '<=', by).execute()
}

function selectGates(db: Db) {
  return db
    .selectFrom('gate')
    .select([
      'id',
      'name',
      'name_en as nameEn',
      'system_id as systemId',
      'service_id as serviceId',
      'key',
      'kind',
      'state',
      'owner',
      'closes_on as closesOn',
      'closed_on as closedOn',
      'evidence_expires_on as evidenceExpiresOn',
      'waived_on as waivedOn',
      'waived_until as waivedUntil',
      'withdrawn_on as withdrawnOn',
    ])
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
}
