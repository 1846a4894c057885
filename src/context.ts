import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Day } from './domain/calendar.ts'
import type { Tables } from './store/schema.ts'

/** What everything outside the core is handed. */
export type Context = {
  db: Kysely<Tables>
  config: Config
  now: () => Date
}

/** The business day that it is now in the configured zone. */
export function today(context: Pick<Context, 'config' | 'now'>): Day {
  const instant = Temporal.Instant.fromEpochMilliseconds(context.now().getTime())
  return instant.toZonedDateTimeISO(context.config.TIME_ZONE).toPlainDate().toString()
}

/** The moment in UTC at which a business day begins in the configured zone. */
export function startOfDay({ config }: Pick<Context, 'config'>, day: Day): string {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(config.TIME_ZONE)
  return start.toInstant().toString({ smallestUnit: 'millisecond' })
}
