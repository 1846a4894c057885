import type { Maturity, MaturityProfile } from '../domain/forecast/schedule.ts'
import { type Db, selectRows } from './columns.ts'
import { isOpenOr } from './forecast-readings.ts'
import { NOUNS, type ProfileRow } from './nouns.ts'

/** A maturity profile as it was recorded; the first of a list that is not withdrawn is the one in force. */
export type RecordedProfile = Omit<ProfileRow, 'ends'> & { ends: readonly Maturity[] }

/** Every profile of a residual, the newest day first, withdrawn ones too. */
export async function listProfiles(db: Db, residualId: number): Promise<RecordedProfile[]> {
  const rows = await selectRows(db, NOUNS.maturity_profile)
    .where('maturity_profile.residual_id', '=', residualId)
    .orderBy('maturity_profile.day', 'desc')
    .orderBy('maturity_profile.id', 'desc')
    .execute()
  return rows.map(row => ({ ...row, ends: endsOf(row) }))
}

/** The profile that counts; undefined where none was given, or all were taken back. */
export async function findProfileInForce(db: Db, residualId: number): Promise<RecordedProfile | undefined> {
  const profiles = await listProfiles(db, residualId)
  return profiles.find(({ withdrawnOn }) => !withdrawnOn)
}

/** What the forecasts of some systems look at, by residual: the days ascend, and of one day the last entry comes last. */
export async function loadProfiles(
  db: Db,
  systemIds: readonly number[],
  closedIds: readonly number[] = [],
): Promise<Map<number, MaturityProfile[]>> {
  if (systemIds.length === 0) return new Map()
  const rows = await selectRows(db, NOUNS.maturity_profile)
    .innerJoin('residual', 'residual.id', 'maturity_profile.residual_id')
    .where('residual.system_id', 'in', systemIds)
    .where(eb => isOpenOr(eb, closedIds))
    .where('maturity_profile.withdrawn_on', 'is', null)
    .orderBy('maturity_profile.day')
    .orderBy('maturity_profile.id')
    .execute()
  const profiles = new Map<number, MaturityProfile[]>()
  for (const row of rows) {
    const known = profiles.get(row.residualId) ?? []
    profiles.set(row.residualId, [...known, { day: row.day, ends: endsOf(row) }])
  }
  return profiles
}

export function endsOf({ ends }: Pick<ProfileRow, 'ends'>): Maturity[] {
  return JSON.parse(ends) as Maturity[]
}
