import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/**
 * "At least 200" after 90 is a rise, and so is 200 after 90 and "at least 80": residuals with such counts are told
 * the day of their last rise once more. After each count that is no lower bound a stretch begins; it lasts until a
 * count above that one, or a recount.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`update residual set risen_on = rise.day
    from (
      select residual_id, max(day) as day from (
        select residual_id, day, count, reason, ceiling, stretch,
          sum(case when count > ceiling or reason = 'recount' then 1 else 0 end)
            over (partition by residual_id, stretch order by day) as turns
        from (
          select residual_id, day, count, reason,
            lag(stretch) over (partition by residual_id order by day) as stretch,
            lag(ceiling) over (partition by residual_id order by day) as ceiling
          from (
            select residual_id, day, count, reason, stretch,
              first_value(count) over (partition by residual_id, stretch order by day) as ceiling
            from (
              select residual_id, day, count, reason,
                sum(case when qualifier <> 'at_least' then 1 else 0 end) over (partition by residual_id order by day) as stretch
              from reading
              where superseded_at is null and residual_id in (
                select residual_id from reading where qualifier = 'at_least' and superseded_at is null
              )
            ) as stretches
          ) as bounded
        ) as beside
      ) as turning
      where count > ceiling and coalesce(reason, '') <> 'recount' and stretch > 0 and turns = 1
      group by residual_id
    ) as rise
    where rise.residual_id = residual.id`.execute(db)
}
