import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** "At least 200" after 90 is a rise: residuals with such a count are told the day of their last rise once more. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`update residual set risen_on = rise.day
    from (
      select residual_id, max(day) as day from (
        select residual_id, day, count, reason,
          lag(count) over (partition by residual_id order by day) as previous_count,
          lag(qualifier) over (partition by residual_id order by day) as previous_qualifier
        from reading
        where superseded_at is null and residual_id in (
          select residual_id from reading where qualifier = 'at_least' and superseded_at is null
        )
      ) as beside
      where count > previous_count and coalesce(reason, '') <> 'recount' and previous_qualifier <> 'at_least'
      group by residual_id
    ) as rise
    where rise.residual_id = residual.id`.execute(db)
}
