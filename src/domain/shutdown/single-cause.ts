import { type Graph, reachedAlong } from './graph.ts'
import type { Holds } from './holds.ts'
import { type Moment, NEVER } from './moments.ts'

/** For each service the one blocker that alone gives it its date; -1 where none does, or several would. */
export type SingleCauses = Int32Array

const NOBODY = -2
const SEVERAL = -1

/**
 * A service has date D because a chain of uses that last until D leads to it from a blocker that ends on D or later.
 * Going down the days, more blockers and more uses count, so whoever has been reached by one blocker can only turn to
 * "by several": every service and every use is looked at a fixed number of times, however many blockers there are.
 */
export function singleCausesOf(dated: Dated): SingleCauses {
  const causes = new Int32Array(dated.earliest.length).fill(SEVERAL)
  return causesAmong(dated, dated.earliest.keys(), causes)
}

/** The same again where only days have moved, and those of `services` and of nobody else with them. */
export function singleCausesAgain(
  dated: Dated,
  before: SingleCauses,
  services: Iterable<number>,
): SingleCauses {
  const causes = Int32Array.from(before)
  // Whatever reaches them comes from somebody who needs them, directly or not.
  const among = reachedAlong(dated.graph.consumers, services)
  for (const service of among) causes[service] = SEVERAL
  return causesAmong(dated, among, causes)
}

/** Who uses whom, who is held, and the day that came of it; `today` is a day that needs no cause. */
export type Dated = { graph: Graph; holds: Holds; earliest: Int32Array; today: Moment }

/** Writes the causes of `services`, which nobody uses who is not one of them, and gives the list back. */
function causesAmong(
  { graph, holds, earliest, today }: Dated,
  services: Iterable<number>,
  causes: SingleCauses,
): SingleCauses {
  const { start, target, until } = graph.providers
  const cause = new Int32Array(earliest.length).fill(NOBODY)
  const dated: number[] = []
  for (const service of services) if (earliest[service]! > today) dated.push(service)
  // Whoever gives a date has one that is no earlier.
  const steps = stepsOf(graph, holds, dated, today)
  dated.sort((a, b) => earliest[b]! - earliest[a]!)
  const stack: number[] = []
  let settled = 0
  for (const day of [...steps.keys()].sort((a, b) => b - a)) {
    const { held, used } = steps.get(day)!
    for (let at = 0; at < held.length; at += 2) reach(held[at]!, held[at + 1]!)
    for (let at = 0; at < used.length; at += 2) {
      const by = cause[used[at]!]!
      if (by !== NOBODY) reach(target[used[at + 1]!]!, by)
    }
    while (stack.length > 0) passOn(stack.pop()!, day)
    for (; settled < dated.length && earliest[dated[settled]!]! >= day; settled++)
      causes[dated[settled]!] = cause[dated[settled]!]!
  }
  return causes

  function reach(service: number, by: number): void {
    const known = cause[service]!
    if (known === by || known === SEVERAL) return
    cause[service] = known === NOBODY ? by : SEVERAL
    stack.push(service)
  }

  function passOn(service: number, day: Moment): void {
    for (let use = start[service]!; use < start[service + 1]!; use++)
      if (until[use]! >= day) reach(target[use]!, cause[service]!)
  }
}

/** What begins to count on a day when the days are gone down, in pairs: service and blocker, service and use. */
type Step = { held: number[]; used: number[] }

function stepsOf(
  { providers }: Graph,
  holds: Holds,
  services: readonly number[],
  today: Moment,
): Map<Moment, Step> {
  const steps = new Map<Moment, Step>()
  for (const service of services) {
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      const number = holds.blocker[at]!
      // What stays is never ended, so whoever it reaches has a cause that lasts.
      if (holds.end[at]! > today)
        stepOn(holds.end[at]!).held.push(service, number === holds.permanent ? SEVERAL : number)
    }
    for (let use = providers.start[service]!; use < providers.start[service + 1]!; use++) {
      const day = providers.until[use]!
      if (day > today && day < NEVER) stepOn(day).used.push(service, use)
    }
  }
  return steps

  function stepOn(day: Moment): Step {
    let step = steps.get(day)
    if (!step) {
      step = { held: [], used: [] }
      steps.set(day, step)
    }
    return step
  }
}
