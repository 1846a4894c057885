import { type Day, daysBetween } from '../calendar.ts'
import type { Count } from '../vocabulary.ts'
import { SCHEDULE } from './constants.ts'

/** How many of the contracts end on a day; those without an end day under null. */
export type Maturity = { endsOn: Day | null; count: number }

/** How many contracts these are, whether they have an end day or not. */
export function totalOf(ends: readonly Maturity[]): number {
  return ends.reduce((sum, { count }) => sum + count, 0)
}

/** The contracts that were open on `day`, by the day they end. */
export type MaturityProfile = { day: Day; ends: readonly Maturity[] }

/** The profile that a day knows: the last of the latest day; null when there is none. `profiles` ascend by day. */
export function profileOn(profiles: readonly MaturityProfile[], asOf: Day): MaturityProfile | null {
  return profiles.findLast(({ day }) => day <= asOf) ?? null
}

/** Contract ends as remaining counts over days from now. */
export type Schedule = {
  /** Ascending; `remaining[i]` contracts run beyond `days[i]`. */
  days: number[]
  remaining: number[]
  /** So many have no end day, or have outrun it: below this level nothing is scheduled. */
  open: number
  /** Chance that the contracts end as they say; otherwise the law alone holds. */
  weight: number
  spread: number
}

/**
 * `profile` contracts should be left, `withoutEnd` of them without an end day; `open` of the count have no day ahead. `above_bound`:
 * the count says "at least", and the contracts are more.
 */
export type ProfileNote = {
  kind: 'adds_up' | 'above_bound' | 'mismatch' | 'set_aside'
  profile: number
  count: number
  withoutEnd: number
  open: number
}

/**
 * The schedule of a maturity profile, and how it fits the count. More left than should be: some have outrun their day, and nobody knows
 * when those end. Fewer: all are scaled down. Either way it is believed less; too far apart, or with no end day ahead, not at all.
 * "At least 2,850" contradicts no larger profile: then there are as many as that says.
 */
export function scheduleOf(
  { ends }: MaturityProfile,
  counted: Count,
  asOf: Day,
): { schedule: Schedule | null; note: ProfileNote } {
  const ahead = ends
    .flatMap(({ endsOn, count }) =>
      endsOn !== null && endsOn > asOf && count > 0 ? [{ endsOn, count }] : [],
    )
    .sort((one, other) => (one.endsOn < other.endsOn ? -1 : 1))
  const withoutEnd = totalOf(ends.filter(({ endsOn }) => endsOn === null))
  const profile = totalOf(ahead) + withoutEnd
  const isAbove = counted.qualifier === 'at_least' && profile > counted.count
  const count = isAbove ? profile : counted.count
  const share = profile / count
  const scale = Math.min(1, 1 / share)
  const undated = count - scale * totalOf(ahead)
  const open = undated < 1e-9 ? 0 : undated
  const note = { profile, count: counted.count, withoutEnd, open: Math.round(open) }
  if (ahead.length === 0 || share < SCHEDULE.minShare || share > SCHEDULE.maxShare)
    return { schedule: null, note: { kind: 'set_aside', ...note } }
  const weight = SCHEDULE.trusted * Math.min(share, 1 / share)
  const schedule: Schedule = { days: [], remaining: [], open, weight, spread: SCHEDULE.spread }
  let left = count
  for (const maturity of ahead) {
    left -= scale * maturity.count
    schedule.days.push(daysBetween(asOf, maturity.endsOn))
    schedule.remaining.push(left)
  }
  const agrees = isAbove ? 'above_bound' : 'adds_up'
  return { schedule, note: { kind: profile === count ? agrees : 'mismatch', ...note } }
}

/** Log of the days until the contracts leave no more than `level`, or, where nothing is scheduled, until the last of them ends. */
export function scheduledLogDays({ days, remaining }: Schedule, level: number): number {
  const index = remaining.findIndex(left => left <= level + 1e-9)
  return Math.log(days.at(index)!)
}
