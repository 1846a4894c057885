import { type Db, selectRows } from './columns.ts'
import { NOUNS, type Reading } from './nouns.ts'

/** Whose readings: of one residual, or of all residuals of a system, closed ones too. */
export type ReadingsOf = { residualId: number } | { systemId: number }

/** All readings, the newest day first, superseded and withdrawn ones too, each after the one in force of its day. */
export async function listAllReadings(db: Db, of: ReadingsOf, limit: number): Promise<Reading[]> {
  // Each half has an index of its own.
  return select(db, of)
    .where('reading.superseded_at', 'is', null)
    .unionAll(select(db, of).where('reading.superseded_at', 'is not', null))
    .orderBy('day', 'desc')
    .orderBy('residualId')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function select(db: Db, of: ReadingsOf) {
  const readings = selectRows(db, NOUNS.reading)
  if ('residualId' in of) return readings.where('reading.residual_id', '=', of.residualId)
  const residuals = db.selectFrom('residual').select('residual.id').where('system_id', '=', of.systemId)
  return readings.where('reading.residual_id', 'in', residuals)
}
