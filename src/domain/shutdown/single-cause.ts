import type { Graph } from './graph.ts'
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
export function singleCausesOf(
  graph: Graph,
  holds: Holds,
  earliest: Int32Array,
  today: Moment,
): SingleCauses {
  const { start, target, until } = graph.providers
  const cause = new Int32Array(earliest.length).fill(NOBODY)
  const causes = new Int32Array(earliest.length).fill(SEVERAL)
  const steps = stepsOf(graph, holds, today)
  const dated = [...earliest.keys()].filter(service => earliest[service]! > today)
  dated.sort((a, b) => earliest[b]! - earliest[a]!)
  const stack: number[] = []
  let settled = 0
  for (let at = 0; at < steps.length; ) {
    const { day } = steps[at]!
    for (; at < steps.length && steps[at]!.day === day; at++) {
      const { service, blocker, use } = steps[at]!
      if (use < 0) reach(service, blocker)
      else if (cause[service] !== NOBODY) reach(target[use]!, cause[service]!)
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

/** What begins to count when the days are gone down: a blocker of a service, or a use. */
type Step = { day: Moment; service: number; blocker: number; use: number }

function stepsOf({ ids, providers }: Graph, holds: Holds, today: Moment): Step[] {
  const steps: Step[] = []
  for (let service = 0; service < ids.length; service++) {
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      const number = holds.blocker[at]!
      // What stays is never ended, so whoever it reaches has a cause that lasts.
      const blocker = number === holds.permanent ? SEVERAL : number
      steps.push({ day: holds.end[at]!, service, blocker, use: -1 })
    }
    for (let use = providers.start[service]!; use < providers.start[service + 1]!; use++) {
      const day = providers.until[use]!
      if (day > today && day < NEVER) steps.push({ day, service, blocker: SEVERAL, use })
    }
  }
  return steps.filter(({ day }) => day > today).sort((a, b) => b.day - a.day)
}
