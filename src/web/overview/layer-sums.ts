import type { Silence } from '../../domain/burndown-level.ts'
import type { SeriesSum } from '../../domain/burndown-sum.ts'

/**
 * What a layer comes to, day by day. `isAbout`: some latest count of it is approximate. `isUnproven`: nobody has looked
 * whether all of it was counted in time, so no earlier total of it is exact.
 */
export type Sum = SeriesSum & {
  silences: readonly Silence[]
  isAbout: boolean
  isUnproven: boolean
}

/** Of the systems with a layer of their own, by id, and of all others together; `ended` of these add nothing any more. */
export type EstateSums = { own: ReadonlyMap<number, Sum>; rest: Sum; ended: ReadonlySet<number> }
