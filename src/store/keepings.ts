import type { Db } from './columns.ts'

const timesKept = new WeakMap<Db, number>()

/**
 * How often this process has looked whether forecasts have to be kept: whoever remembers what it made of kept ones
 * remembers this too, as they come after the change and without a revision. Every process that answers pages keeps
 * forecasts itself, so what another one wrote is noticed as well.
 */
export function countKeepings(db: Db): number {
  return timesKept.get(db) ?? 0
}

export function noteKeeping(db: Db): void {
  timesKept.set(db, countKeepings(db) + 1)
}
