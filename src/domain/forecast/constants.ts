/**
 * The numbers of the forecast. The two laws came with the method, which was developed on 37 recorded run-offs of 13 public projects;
 * the original fit is not at hand. `npm run forecast:fit` fits them again, by likelihood, on series that it reads, and prints both;
 * what was tried, and why it was not kept, is in tests/bench/README.md. What is an assumption and not a fit says so.
 */
export type LawConstants = {
  /** Log hazard at speed 1. */
  a: number
  /** How much of the measured speed to believe. */
  b: number
  /** Days against distance: below 1 the last items are slower than the first. */
  g: number
  /** Spread of the log days at the usual speed. */
  spread: number
  /** How the spread grows with speed. */
  spreadBySpeed: number
}

/** Knows the count and the speed: what past checks of a residual are compared with. */
export const FIRST_LAW: LawConstants = { a: -4.72, b: 0.64, g: 0.68, spread: 1.65, spreadBySpeed: 0.2 }
/** Knows the residual's own past as well. */
export const SECOND_LAW: LawConstants = { a: -5.92, b: 0.4, g: 0.7, spread: 1.64, spreadBySpeed: 0.18 }

/** Speed is looked at over these days, and shrunk to 0.2 % a day by 30 days' worth of evidence. */
export const SPEED_WINDOW = 120
export const USUAL_SPEED = 0.002
export const USUAL_SPEED_DAYS = 30
export const SPREAD_SPEED = 0.003
export const DECLARED_RATE_DAYS = 60
export const DECLARED_RATE_READINGS = 2

/** A residual's own factor on time: how far its past checks may move the median, and which are checked. */
export const OWN_PACE = { believed: 0.59, prior: 0.8, apart: 14, minAge: 7, minCount: 4, losses: [0.2, 0.5] }

/** Chance that a count is higher later: prior successes and trials, the ceiling, and how far it then rises. */
export const RISE = { seen: 0.61, of: 10, atMost: 0.3, by: 0.1 }

export const TWO_YEARS = 730

/** No fall in the next 60 days: 53 % of those flagged, 59 % of the hard ones, 20 % of the others. */
export const STALLED = { readings: 3, days: 30, hardDays: 60 }
export const REBOUND = { items: 2, share: 0.02, days: 60 }
export const STALE_DAYS = 30
/** A fall so long after a leak says that it is closed; one a few days later may be two leaks and a busy week. An assumption. */
export const LEAK_DAYS = 28
/** 5 of 33 that reached zero came back within a year. */
export const SECOND_ZERO_DAYS = 14

/** Half width of a count that is "about": an assumption. */
export const ABOUT_SHARE = 0.05
/**
 * Contracts end about on their end day (`spread` of the log days) in `trusted` of all cases; otherwise, extended or in arrears, they
 * run off as others do. Beyond these shares of the count a profile is set aside. Assumptions.
 */
export const SCHEDULE = { spread: 0.35, trusted: 0.85, minShare: 0.5, maxShare: 2 }
/** Share of straight lines, at the pace of 90 days, whose date was met. */
export const STRAIGHT_LINE_MET = 0.25
