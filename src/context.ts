import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Day } from './domain/calendar.ts'
import type { Tables } from './store/schema.ts'

/** What everything outside the core is handed. */
export type Context = {
  db: Kysely<Tables>
  config: Config
  now: () => Date
  /** Told the revision of every change that is made, where a page is to tell of that very change afterwards. */
  changed?: (revision: number) => void
}

/** The periods that hold unless a residual or a use has its own, and the soak between two waves. */
export function usualDays({ config }: Pick<Context, 'config'>) {
  return { cadenceDays: config.CADENCE_DAYS, quietDays: config.QUIET_DAYS, soakDays: config.SOAK_DAYS }
}

/** Of the whole process, as every page asks several times: one moment in one zone is one day, whoever asks. */
let last = { quarter: Number.NaN, zone: '', day: '' }
const QUARTER_MS = 15 * 60 * 1000

/** The business day that it is now in the configured zone. Midnight falls on a quarter of an hour everywhere. */
export function today({ now, config: { TIME_ZONE: zone } }: Pick<Context, 'config' | 'now'>): Day {
  const moment = now().getTime()
  const quarter = Math.floor(moment / QUARTER_MS)
  if (last.quarter !== quarter || last.zone !== zone) {
    const instant = Temporal.Instant.fromEpochMilliseconds(moment)
    last = { quarter, zone, day: instant.toZonedDateTimeISO(zone).toPlainDate().toString() }
  }
  return last.day
}

/** The moment in UTC at which a business day begins in the configured zone. */
export function startOfDay({ config }: Pick<Context, 'config'>, day: Day): string {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(config.TIME_ZONE)
  return start.toInstant().toString({ smallestUnit: 'millisecond' })
}
