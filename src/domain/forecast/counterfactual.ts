import type { Day } from '../calendar.ts'
import type { CountReading } from './history.ts'

/** The readings as if no recount had come after `since`: later counts are scaled back to the old baseline. */
export function withoutRecounts(readings: readonly CountReading[], since: Day): CountReading[] {
  let ratio = 1
  return inOrder(readings).map((reading, index, all) => {
    const before = all[index - 1]
    if (isNew(reading, 'recount', since) && before) ratio *= (1 + before.count) / (1 + reading.count)
    return {
      ...reading,
      count: stillThere(reading, (1 + reading.count) * ratio - 1),
      reason: kept(reading, 'recount', since),
    }
  })
}

/** The readings as if nothing had come in after `since`: what a leak brought is taken off from then on. */
export function withoutInflow(readings: readonly CountReading[], since: Day): CountReading[] {
  let cameIn = 0
  return inOrder(readings).map((reading, index, all) => {
    const before = all[index - 1]
    if (isNew(reading, 'inflow', since) && before) cameIn += Math.max(0, reading.count - before.count)
    return {
      ...reading,
      count: stillThere(reading, reading.count - cameIn),
      reason: kept(reading, 'inflow', since),
    }
  })
}

function inOrder(readings: readonly CountReading[]): CountReading[] {
  return readings.toSorted((one, other) => Number(one.day > other.day) - Number(one.day < other.day))
}

function isNew(reading: CountReading, reason: CountReading['reason'], since: Day): boolean {
  return reading.reason === reason && reading.day > since
}

function kept(reading: CountReading, reason: CountReading['reason'], since: Day): CountReading['reason'] {
  return isNew(reading, reason, since) ? null : reading.reason
}

/** Only a zero that was counted is a zero. */
function stillThere(reading: CountReading, count: number): number {
  return reading.count === 0 ? 0 : Math.max(1, count)
}
