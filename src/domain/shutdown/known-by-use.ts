import type { Day } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { outsideStandingOf, type Standing, standingOf, watchOn } from './uses.ts'

/**
 * The services of which a use on record says something about who needs them: one that holds, one that was waived, or
 * one that fell quiet because one of its ends is off. A soft use holds nobody, and one that only fell quiet leaves open
 * who else there is: neither answers for all the consumers that nobody has looked for.
 */
export function knownByUse(
  { edges, externals, quietDays }: Pick<Landscape, 'edges' | 'externals' | 'quietDays'>,
  off: ReadonlySet<string>,
  today: Day,
): Set<string> {
  const isFresh = watchOn({ quietDays }, today)
  const known = new Set<string>()
  for (const edge of edges) {
    const isEndOff = off.has(edge.from) || off.has(edge.to)
    if (isTelling(standingOf(edge, isFresh), isEndOff)) known.add(edge.from).add(edge.to)
  }
  for (const use of externals)
    if (isTelling(outsideStandingOf(use, isFresh), off.has(use.to))) known.add(use.to)
  return known
}

/** What one use says by its standing, given whether one of its ends is off. */
export function isTelling(standing: Standing, isEndOff: boolean): boolean {
  return standing === 'live' || standing === 'waived' || (standing === 'quiet' && isEndOff)
}
