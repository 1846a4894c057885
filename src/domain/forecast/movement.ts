import { type Day, dayFromNumber, dayNumber, daysBetween } from '../calendar.ts'
import { daysWithinTwoYears } from './arrival.ts'
import { TWO_YEARS } from './constants.ts'
import { withoutInflow, withoutRecounts } from './counterfactual.ts'
import { type JointForecast, jointArrival, systemForecast } from './joint.ts'
import { forecastResidual, type ResidualInput } from './residual.ts'
import { statementsAbout } from './statements.ts'

/** A system as it was known on a day. */
export type SystemOn = {
  id: string
  day: Day
  target: Day | null
  residuals: readonly { id: string; input: ResidualInput }[]
}

/**
 * In the order in which they are applied. *time*: what was said, said anew on the later day, for the two years run from the day it
 * is said. *drain*: what was counted since, silence and late entries with it.
 */
export const CAUSES = ['time', 'drain', 'terms', 'recount', 'leak', 'residuals', 'target'] as const
export type Cause = (typeof CAUSES)[number]

/** Days by which P50 moved (later is positive), and change of the chance to be there by the target (without one: within two years). */
type Move = { days: number; chance: number }

export type Movement =
  /** P50 then and now, null where it is not in sight. The parts add up to `whole`. */
  | { kind: 'moved'; from: Day | null; to: Day | null; whole: Move; parts: ({ cause: Cause } & Move)[] }
  | { kind: 'became_unknown' | 'became_known'; cause: Cause }
  | { kind: 'still_unknown' }

/**
 * Why did the date move between two days? The later system is built from the earlier one cause by cause: first time passes,
 * ordinary readings come in, then what was declared changes, then recounts, leaks, new and gone residuals, and the target.
 * Each cause answers for the step it makes, so the order is part of the method.
 */
export function whyMoved(before: SystemOn, after: SystemOn): Movement {
  const marks = [
    markOf(before, before.day),
    markOf(before, after.day),
    ...stepsBetween(before, after).map(step => markOf(step, step.day)),
  ]
  const first = marks[0]!
  const last = marks.at(-1)!
  if (first === null && last === null) return { kind: 'still_unknown' }
  if (last === null)
    return { kind: 'became_unknown', cause: CAUSES[marks.findLastIndex(mark => mark !== null)]! }
  if (first === null) {
    return { kind: 'became_known', cause: CAUSES[marks.lastIndexOf(null)]! }
  }
  let known = first
  const parts = CAUSES.map((cause, index) => {
    const mark = marks[index + 1] ?? known
    const part = { cause, ...difference(known, mark) }
    known = mark
    return part
  })
  return { kind: 'moved', from: dayOf(first), to: dayOf(last), whole: difference(first, last), parts }
}

/** The P50 of a system as it was known on its day: null where it is not in sight, undefined where there is no forecast. */
export function p50On(system: SystemOn): Day | null | undefined {
  const mark = markOf(system, system.day)
  return mark ? dayOf(mark) : undefined
}

function dayOf({ p50, isInSight }: Mark): Day | null {
  return isInSight ? dayFromNumber(p50) : null
}

/** The system after each of the causes but time. */
function stepsBetween(before: SystemOn, after: SystemOn): SystemOn[] {
  const now = new Map(after.residuals.map(({ id, input }) => [id, input]))
  const asNow = (edit: (then: ResidualInput, now: ResidualInput) => ResidualInput): SystemOn => ({
    ...before,
    day: after.day,
    residuals: before.residuals.map(({ id, input }) => ({ id, input: edit(input, now.get(id) ?? input) })),
  })
  const unmoved = (input: ResidualInput) =>
    withoutInflow(withoutRecounts(input.readings, before.day), before.day)
  return [
    asNow((then, now) => ({ ...then, readings: unmoved(now) })),
    asNow((_, now) => ({ ...now, readings: unmoved(now) })),
    asNow((_, now) => ({ ...now, readings: withoutInflow(now.readings, before.day) })),
    asNow((_, now) => now),
    { ...after, target: before.target },
    after,
  ]
}

/** Whole days, so that the parts of a sum are what is printed. */
type Mark = { p50: number; chance: number; isInSight: boolean }

/** What was known on the day of the system, as it is said on `saidOn`. */
function markOf({ id, day, target, residuals }: SystemOn, saidOn: Day): Mark | null {
  const forecasts = residuals.map(residual => ({
    id: residual.id,
    forecast: forecastResidual(residual.input, day),
  }))
  const joint: JointForecast = systemForecast(id, forecasts)
  if (joint.kind === 'unknown') return null
  if (joint.kind === 'done') {
    const zeros = forecasts.map(({ forecast }) => (forecast.kind === 'done' ? forecast.since : day))
    return { p50: dayNumber(zeros.sort().at(-1)!), chance: 1, isInSight: true }
  }
  const arrival = jointArrival(joint.parts, 'independent')
  const said = statementsAbout(arrival, saidOn, null)
  return {
    p50: dayNumber(saidOn) + Math.ceil(daysWithinTwoYears(arrival, 0.5)),
    chance: arrival.chance(target === null ? TWO_YEARS : daysBetween(saidOn, target)),
    isInSight: said.arrival.kind === 'dates',
  }
}

function difference(from: Mark, to: Mark): Move {
  return { days: to.p50 - from.p50, chance: to.chance - from.chance }
}
