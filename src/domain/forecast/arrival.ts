import { TWO_YEARS } from './constants.ts'
import { chanceToReach, daysToReach, type Law } from './law.ts'

/** The day something gets there, as a distribution over days from now. */
export type Arrival = {
  /** Chance to be there within `days`: 0 to 1, never falling. */
  chance: (days: number) => number
  /** Days by which a share `prob` is there. */
  daysFor: (prob: number) => number
}

/** Of one residual to a level, zero unless said. */
export function arrivalOf(law: Law, level = 0): Arrival {
  return {
    chance: days => chanceToReach(law, level, days),
    daysFor: prob => daysToReach(law, level, prob),
  }
}

/** Days by which a share `prob` of those that get there within two years has got there: 0 to 730. */
export function daysWithinTwoYears(arrival: Arrival, prob: number): number {
  const within = arrival.chance(TWO_YEARS)
  return within > 0 ? Math.min(TWO_YEARS, arrival.daysFor(prob * within)) : TWO_YEARS
}
