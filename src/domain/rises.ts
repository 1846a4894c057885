import type { ChangeReason, Count } from './vocabulary.ts'

/** When counts rise for certain, although some of them are only lower bounds. */

type Counted = Count & { reason: ChangeReason | null }

/** `ceiling` is the count that bounds from above what there was: "at least 200" after 90 rose. A recount is no new work. */
export function isRiseOver(reading: Counted, ceiling: Count | null | undefined): boolean {
  return ceiling != null && reading.reason !== 'recount' && reading.count > ceiling.count
}

/**
 * The count that bounds from above what there is after this reading; null when nobody can say. After 90, "at least
 * 80" leaves the 90 as it is; after "at least 300" nobody knows how many there are, nor after a recount that gives
 * only a lower bound.
 */
export function ceilingAfter<R extends Counted>(ceiling: R | null, reading: R): R | null {
  if (reading.qualifier !== 'at_least') return reading
  return reading.reason === 'recount' || isRiseOver(reading, ceiling) ? null : ceiling
}

/** The same after readings in order, oldest first. */
export function ceilingOf<R extends Counted>(readings: readonly R[], ceiling: R | null = null): R | null {
  return readings.reduce(ceilingAfter<R>, ceiling)
}

/** For each reading, oldest first, the one that it rose over for certain; null where it did not, or nobody can say. */
export function risesOf<R extends Counted>(
  readings: readonly R[],
  before: R | null = null,
): readonly (R | null)[] {
  let ceiling = before
  return readings.map(reading => {
    const risenOver = isRiseOver(reading, ceiling) ? ceiling : null
    ceiling = ceilingAfter(ceiling, reading)
    return risenOver
  })
}

/** The last reading that rose. */
export function lastRise<R extends Counted>(readings: readonly R[]): R | undefined {
  const rises = risesOf(readings)
  return readings.findLast((_, index) => rises[index])
}
