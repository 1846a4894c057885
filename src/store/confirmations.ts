import type { Day } from '../domain/calendar.ts'
import { isContradicted } from '../domain/register.ts'
import { type Db, selectRows } from './columns.ts'
import { loadLastUses } from './last-uses.ts'
import { type GateRow, NOUNS } from './nouns.ts'
import { carriedOn } from './per-revision.ts'

/** That nobody calls a service was confirmed, and a use has come on record since: reopened, or plainly later. */
export type TakenBack = {
  gate: Pick<GateRow, 'id' | 'serviceId'>
  service: string
  confirmedOn: Day | null
  usedOn: Day | null
  isReopened: boolean
}

/** Of services that run, until somebody confirms it anew or withdraws the gate; by key. */
export async function listTakenBack(db: Db, today: Day): Promise<TakenBack[]> {
  return carriedOn<TakenBack[]>(db, 'taken-back', today, async earlier =>
    earlier?.touched.serviceIds.length === 0 ? earlier.answer : readTakenBack(db),
  )
}

async function readTakenBack(db: Db): Promise<TakenBack[]> {
  const gates = await selectRows(db, NOUNS.gate)
    .innerJoin('service', 'service.id', 'gate.service_id')
    .select('service.key as service')
    .where('gate.kind', '=', 'no_consumers')
    .where('gate.evidence', 'is not', null)
    .where('gate.withdrawn_on', 'is', null)
    .where('service.state', '=', 'on')
    .orderBy('service.key')
    .execute()
  const lastUses = gates.some(({ state }) => state === 'closed') ? await loadLastUses(db) : new Map()
  return gates.flatMap(gate => {
    const usedOn: Day | null = lastUses.get(gate.serviceId!) ?? null
    const isReopened = gate.state !== 'closed'
    if (!isReopened && !isContradicted(gate, usedOn)) return []
    const { id, serviceId, service, closedOn } = gate
    return [{ gate: { id, serviceId }, service, confirmedOn: closedOn, usedOn, isReopened }]
  })
}
