import type { Day } from '../domain/calendar.ts'
import { type Db, selectRows } from './columns.ts'
import { type Complaint, NOUNS, type Trial } from './nouns.ts'
import type { Page } from './systems.ts'

/** The trial shutdowns of a service, the newest first. */
export async function listTrials(db: Db, serviceId: number): Promise<Trial[]> {
  return selectRows(db, NOUNS.trial_shutdown)
    .where('trial_shutdown.service_id', '=', serviceId)
    .orderBy('trial_shutdown.started_on', 'desc')
    .orderBy('trial_shutdown.id', 'desc')
    .execute()
}

export type TrialFilter = { service?: string; standing?: 'running' | 'ended' }
type NamedTrial = Trial & { service: string }

/** The trials of all services, the newest first, a page at a time. */
export async function listTrialsOfAll(db: Db, filter: TrialFilter, page: Page): Promise<NamedTrial[]> {
  return whereTrials(selectNamedTrials(db), filter)
    .orderBy('trial_shutdown.started_on', 'desc')
    .orderBy('trial_shutdown.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

export async function countTrials(db: Db, filter: TrialFilter): Promise<number> {
  const query = whereTrials(selectNamedTrials(db), filter).clearSelect()
  return (await query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total
}

function selectNamedTrials(db: Db) {
  return selectRows(db, NOUNS.trial_shutdown)
    .innerJoin('service', 'service.id', 'trial_shutdown.service_id')
    .select('service.key as service')
}

function whereTrials(query: ReturnType<typeof selectNamedTrials>, { service, standing }: TrialFilter) {
  let chosen = query
  if (service) chosen = chosen.where('service.key', '=', service.normalize('NFC'))
  if (standing)
    chosen = chosen.where('trial_shutdown.ended_on', standing === 'running' ? 'is' : 'is not', null)
  return chosen
}

/** The trial of a service that has not ended. */
export async function findRunningTrial(db: Db, serviceId: number): Promise<Trial | undefined> {
  return selectRows(db, NOUNS.trial_shutdown)
    .where('trial_shutdown.service_id', '=', serviceId)
    .where('trial_shutdown.ended_on', 'is', null)
    .executeTakeFirst()
}

export type NamedComplaint = Complaint & {
  /** Key of the service that it turned out to be a use by. */
  consumer: string | null
  /** The same for somebody outside the estate. */
  external: string | null
}

/** Who missed a service during some trials, in the order it was noted, withdrawn complaints included. */
export async function listComplaints(db: Db, trialIds: readonly number[]): Promise<NamedComplaint[]> {
  if (trialIds.length === 0) return []
  return selectRows(db, NOUNS.trial_complaint)
    .leftJoin('dependency', 'dependency.id', 'trial_complaint.dependency_id')
    .leftJoin('service as consumer', 'consumer.id', 'dependency.consumer_id')
    .leftJoin('external_consumer', 'external_consumer.id', 'trial_complaint.external_consumer_id')
    .select(['consumer.key as consumer', 'external_consumer.name as external'])
    .where('trial_complaint.trial_id', 'in', trialIds)
    .orderBy('trial_complaint.id')
    .execute()
}

/** Somebody missed a service, and nobody has said yet whether that is a use of it or was a mistake. */
export type OpenComplaint = Pick<Complaint, 'id' | 'day' | 'complainant' | 'complaint' | 'trialId'> & {
  serviceId: number
  service: string
}

/** The complaints that neither became a use nor were withdrawn, the oldest first; of some services, or the first so many. */
export async function listOpenComplaints(
  db: Db,
  { serviceIds, limit }: { serviceIds?: readonly number[]; limit?: number },
): Promise<OpenComplaint[]> {
  let query = db
    .selectFrom('trial_complaint')
    .innerJoin('trial_shutdown', 'trial_shutdown.id', 'trial_complaint.trial_id')
    .innerJoin('service', 'service.id', 'trial_shutdown.service_id')
    .select(['trial_complaint.id', 'day', 'complainant', 'complaint', 'trial_id as trialId'])
    .select(['service.id as serviceId', 'service.key as service'])
    .where('trial_complaint.withdrawn_on', 'is', null)
    .where('dependency_id', 'is', null)
    .where('external_consumer_id', 'is', null)
    .orderBy('day')
    .orderBy('trial_complaint.id')
  if (serviceIds) query = query.where('service.id', 'in', serviceIds)
  if (limit) query = query.limit(limit)
  return query.execute()
}

export type LongTrial = { id: number; startedOn: Day; service: string }

/** Trials that still run although they started before a day, the oldest first. */
export async function listLongTrials(db: Db, before: Day, limit: number): Promise<LongTrial[]> {
  return db
    .selectFrom('trial_shutdown')
    .innerJoin('service', 'service.id', 'trial_shutdown.service_id')
    .select(['trial_shutdown.id', 'trial_shutdown.started_on as startedOn', 'service.key as service'])
    .where('trial_shutdown.ended_on', 'is', null)
    .where('trial_shutdown.started_on', '<', before)
    .orderBy('trial_shutdown.started_on')
    .orderBy('trial_shutdown.id')
    .limit(limit)
    .execute()
}
