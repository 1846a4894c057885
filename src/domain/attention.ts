import { addDays, type Day, daysBetween } from './calendar.ts'
import { isStalled, staleDays } from './readings.ts'
import type { Count } from './vocabulary.ts'

/** What needs somebody's attention, the gravest kind first. */
const ATTENTION_KINDS = [
  'seen_after_retirement',
  'retired_unready',
  'on_after_retirement',
  'seen_after_shutdown',
  'needs_off',
  'paid_after_retirement',
  'paid_after_shutdown',
  'open_complaint',
  'taken_back',
  'leak',
  'overdue_gate',
  'overdue_use',
  'ended',
  'overdue_target',
  'overdue_review',
  'target_at_risk',
  'long_trial',
  'ends_soon',
  'stalled',
  'stale',
  'uncounted',
] as const
export type AttentionKind = (typeof ATTENTION_KINDS)[number]

/** How long before its end a waiver, or evidence, is brought up. */
const ENDING_DAYS = 30

export function endsSoonBy(today: Day): Day {
  return addDays(today, ENDING_DAYS)
}

/** For how long a trial shutdown runs before it is brought up. */
const TRIAL_DAYS = 14

/** Running trials that began before that day are long ones. */
export function trialsBefore(today: Day): Day {
  return addDays(today, -TRIAL_DAYS)
}

export type Watched = {
  latest: (Count & { day: Day }) | null
  cadenceDays: number | null
  declaredRate: number | null
  declaredRateOn: Day | null
  firstOn: Day | null
  unchangedSince: Day | null
  unchangedReadings: number
}

/** Days over the cadence, 0 when fresh or never counted: that is another matter. */
export function overdueDays({ latest, cadenceDays }: Watched, usualCadence: number, today: Day): number {
  return latest ? staleDays(latest.day, cadenceDays ?? usualCadence, today) : 0
}

/** For how many days the count has stood still, by its readings or by declaration; null when it moves. */
export function stalledDays(
  { latest, unchangedSince, unchangedReadings, ...declared }: Watched,
  today: Day,
): number | null {
  if (!latest) return null
  const since = unchangedSince ?? latest.day
  const isStill = isStalled({ ...latest, unchangedSince: since, unchangedReadings }, declared)
  return isStill ? daysBetween(since, today) : null
}
