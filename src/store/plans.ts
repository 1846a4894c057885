import { type Db, insertRow, type RowOf, selectRows, type Trx } from './columns.ts'
import type { Plan } from './nouns.ts'
import { PLAN, WHOLE_PLAN } from './plan-columns.ts'

export type WholePlan = RowOf<typeof WHOLE_PLAN>

/** The newest first, withdrawn ones included. */
export async function listPlans(db: Db): Promise<Plan[]> {
  return selectRows(db, PLAN).orderBy('plan.id', 'desc').execute()
}

export async function findWholePlan(db: Db, id: number): Promise<WholePlan | undefined> {
  return selectRows(db, WHOLE_PLAN).where('plan.id', '=', id).executeTakeFirst()
}

/** Gives the id. */
export async function savePlan(trx: Trx, plan: Omit<WholePlan, 'id' | 'version'>): Promise<number> {
  return insertRow(trx, WHOLE_PLAN, plan)
}
