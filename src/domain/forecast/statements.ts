import { addDays, type Day, daysBetween } from '../calendar.ts'
import { type Arrival, arrivalOf, daysWithinTwoYears } from './arrival.ts'
import { TWO_YEARS } from './constants.ts'
import type { Law } from './law.ts'

/** A chance as it is shown: never 0 % and never 100 %. */
export type Said = { kind: 'below' | 'about' | 'above'; percent: number }

type Chance = { chance: number; said: Said }

/** The three statements that hold on real run-offs. */
export type Statements = {
  /** Chance to be there by the target day; null without one. */
  byTarget: (Chance & { day: Day }) | null
  /** Chance to be there within two years. */
  within: Chance
  /** By when half and 85 of 100 of those that get there within two years have got there. */
  arrival: { kind: 'dates'; p50: Day; p85: Day } | { kind: 'not_in_sight' }
}

/** What is said about one residual. */
export function statementsOf(law: Law, asOf: Day, target: Day | null): Statements {
  return statementsAbout(arrivalOf(law), asOf, target)
}

/** The same about anything that arrives: a level, a system, all systems that a service waits for. */
export function statementsAbout(arrival: Arrival, asOf: Day, target: Day | null): Statements {
  const within = chanceOf(arrival.chance(TWO_YEARS))
  return {
    byTarget:
      target === null ? null : { day: target, ...chanceOf(arrival.chance(daysBetween(asOf, target))) },
    within,
    arrival:
      within.said.kind === 'below' ? { kind: 'not_in_sight' } : { kind: 'dates', ...datesOf(arrival, asOf) },
  }
}

/** Rounded to whole percent; below 5 and above 95 only that it is. */
export function sayChance(chance: number): Said {
  if (chance < 0.05) return { kind: 'below', percent: 5 }
  return chance > 0.95 ? { kind: 'above', percent: 95 } : { kind: 'about', percent: Math.round(100 * chance) }
}

function chanceOf(chance: number): Chance {
  return { chance, said: sayChance(chance) }
}

/** Given that it gets there within two years, however unlikely that is. */
export function datesOf(arrival: Arrival, asOf: Day): { p50: Day; p85: Day } {
  const day = (prob: number): Day => addDays(asOf, Math.ceil(daysWithinTwoYears(arrival, prob)))
  return { p50: day(0.5), p85: day(0.85) }
}
