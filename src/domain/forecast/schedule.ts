import { type Day, daysBetween } from '../calendar.ts'
import { SCHEDULE } from './constants.ts'

/** How many of the contracts end on a day; those without an end day under null. */
export type Maturity = { endsOn: Day | null; count: number }

/** The contracts that were open on `day`, by the day they end. */
export type MaturityProfile = { day: Day; ends: readonly Maturity[] }

/** The profile that a day knows: the last of the latest day; null when there is none. `profiles` ascend by day. */
export function profileOn(profiles: readonly MaturityProfile[], asOf: Day): MaturityProfile | null {
  return profiles.findLast(({ day }) => day <= asOf) ?? null
}

/** Contract ends as remaining counts over days from now, scaled to the present count. */
export type Schedule = {
  /** Ascending; `remaining[i]` contracts run beyond `days[i]`. */
  days: number[]
  remaining: number[]
  /** Share of the log median that the schedule decides; the rest stays with the law. */
  weight: number
}

export type ProfileNote =
  | { kind: 'adds_up' }
  /** The contracts are not as many as the count: scaled, and believed less. */
  | { kind: 'mismatch'; profile: number; count: number }
  /** Too far apart, or every end day has passed: not used. */
  | { kind: 'set_aside'; profile: number; count: number }

/**
 * The schedule of a maturity profile, the spread that is left with it, and whether the contracts that still run add up to the count.
 * Those without an end day are taken to end as the others do, and everything is believed less for it.
 */
export function scheduleOf(
  { ends }: MaturityProfile,
  count: number,
  asOf: Day,
  spread: number,
): { schedule: Schedule | null; spread: number; note: ProfileNote } {
  const ahead = ends
    .flatMap(({ endsOn, count }) =>
      endsOn !== null && endsOn > asOf && count > 0 ? [{ endsOn, count }] : [],
    )
    .sort((one, other) => (one.endsOn < other.endsOn ? -1 : 1))
  const total = ahead.reduce((sum, maturity) => sum + maturity.count, 0)
  const share = total / count
  if (share < SCHEDULE.minShare || share > SCHEDULE.maxShare) {
    return { schedule: null, spread, note: { kind: 'set_aside', profile: total, count } }
  }
  const evidence = Math.min(share, 1 / share) ** 2 / SCHEDULE.spread ** 2
  const precision = evidence + 1 / spread ** 2
  let left = total
  const schedule: Schedule = { days: [], remaining: [], weight: evidence / precision }
  for (const maturity of ahead) {
    left -= maturity.count
    schedule.days.push(daysBetween(asOf, maturity.endsOn))
    schedule.remaining.push(left / share)
  }
  const note: ProfileNote =
    total === count ? { kind: 'adds_up' } : { kind: 'mismatch', profile: total, count }
  return { schedule, spread: 1 / Math.sqrt(precision), note }
}

/** Log of the days until the contracts leave no more than `level`. */
export function scheduledLogDays(schedule: Schedule, level: number): number {
  const index = schedule.remaining.findIndex(remaining => remaining <= level + 1e-9)
  return Math.log(schedule.days[index]!)
}
