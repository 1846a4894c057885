import type { Day } from '../domain/calendar.ts'
import type { Switch } from '../domain/register.ts'
import type { Db } from './columns.ts'
import type { GateRow } from './nouns.ts'

/** Why a gate that was closed is open again: by a use that came on record, or because somebody said so. */
export type Reopening = { why: string | null; use: ReopeningUse | null }

/** `consumer` is null where it is outside the estate. */
type ReopeningUse = { withdrawnOn: Day | null; consumer: ({ key: string } & Switch) | null }

/** The last reopening of each of some gates of services, by the gate's id. The history knows. */
export async function listReopenings(
  db: Db,
  gates: readonly Pick<GateRow, 'id' | 'serviceId'>[],
): Promise<Map<number, Reopening>> {
  if (gates.length === 0) return new Map()
  const rows = await db
    .selectFrom('audit_log')
    .select(['noun_id', 'revision', 'why'])
    .where('noun', '=', 'gate')
    .where(
      'noun_id',
      'in',
      gates.map(({ id }) => id),
    )
    .where('before', 'like', '%"state":"closed"%')
    .orderBy('id')
    .execute()
  const last = new Map(rows.map(row => [row.noun_id, row]))
  const uses = await findUses(db, [...new Set([...last.values()].map(({ revision }) => revision))])
  return new Map(
    gates.flatMap(({ id, serviceId }) => {
      const row = last.get(id)
      return row ? [[id, { why: row.why, use: uses.get(`${row.revision} ${serviceId}`) ?? null }]] : []
    }),
  )
}

/** The uses that some changes of the register told of, by the revision and the provider. */
async function findUses(db: Db, revisions: readonly number[]): Promise<Map<string, ReopeningUse>> {
  if (revisions.length === 0) return new Map()
  const inside = await db
    .selectFrom('audit_log')
    .innerJoin('dependency', 'dependency.id', 'audit_log.noun_id')
    .innerJoin('service', 'service.id', 'dependency.consumer_id')
    .select(['revision', 'provider_id', 'withdrawn_on', 'service.key', 'service.state', 'service.off_since'])
    .where('noun', '=', 'dependency')
    .where('revision', 'in', revisions)
    .execute()
  const outside = await db
    .selectFrom('audit_log')
    .innerJoin('external_consumer', 'external_consumer.id', 'audit_log.noun_id')
    .select(['revision', 'provider_id', 'withdrawn_on'])
    .where('noun', '=', 'external_consumer')
    .where('revision', 'in', revisions)
    .execute()
  return new Map([
    ...outside.map(row => useOf(row, null)),
    ...inside.map(({ key, state, off_since, ...row }) => useOf(row, { key, state, offSince: off_since })),
  ])
}

function useOf(
  row: { revision: number; provider_id: number; withdrawn_on: Day | null },
  consumer: ReopeningUse['consumer'],
) {
  return [`${row.revision} ${row.provider_id}`, { withdrawnOn: row.withdrawn_on, consumer }] as const
}
