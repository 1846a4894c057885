import { sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { AtZero, Outcomes } from '../domain/forecast/record.ts'
import type { Db } from './columns.ts'
import { subjectOf } from './kept-forecasts.ts'

/** When the residuals stood at zero, by the readings in force: each reading of 0 holds until the next one. */
export async function loadOutcomes(db: Db): Promise<Outcomes> {
  const { rows } = await sql<Zero>`
    select zero.residual_id as "residualId", residual.system_id as "systemId", zero.day as "from",
      (select min(later.day) from reading as later
        where later.residual_id = zero.residual_id and later.day > zero.day and later.superseded_at is null) as "until"
    from reading as zero join residual on residual.id = zero.residual_id
    where zero.count = 0 and zero.superseded_at is null and zero.qualifier = 'exact'
    order by zero.residual_id, zero.day`.execute(db)
  const outcomes = new Map<string, AtZero[]>()
  for (const row of rows) {
    const spans = outcomes.getOrInsertComputed(subjectOf(row), () => [])
    const last = spans.at(-1)
    if (last?.until === row.from) last.until = row.until
    else spans.push({ from: row.from, until: row.until })
  }
  return outcomes
}

/** `until` is the day of the next reading, whatever it says. */
type Zero = AtZero & { residualId: number; systemId: number; from: Day }
